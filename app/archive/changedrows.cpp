// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/changedrows.h"

#include "app/archive/chainindex.h"
#include "app/archive/evidencechain.h"
#include "app/archive/oldlinks.h"
#include "app/archive/rowseals.h"
#include "app/archive/sqliteconnection.h"

namespace slipway {

namespace {

constexpr qsizetype kFindings = 100;
constexpr qsizetype kNameLetters = 300;

// Which column of a table has the value whose units are compared; empty: the table has none of them.
using ColumnOf = QByteArray (*)(const SealedTable &table);

class Comparison {
public:
    explicit Comparison(SqliteConnection &database) : m_database(database), m_seals(database) {}

    /// Whether the links that `select` finds are enough: a row without a link is a stranger's only where all
    /// rows have one.
    Result<bool> readLinks(Statement &select) {
        const auto end = EvidenceChain::readLinks(m_database, select, m_links);
        if (!end)
            return end.error();
        return *end > 0 ? Result<bool>(true) : EvidenceChain::isBegun(m_database);
    }

    Result<void> compareTables(ColumnOf columnOf, const QString &value) {
        const auto tables = m_seals.tables();
        if (!tables)
            return tables.error();
        for (const SealedTable &table : *tables) {
            const QByteArray column = columnOf(table);
            if (column.isEmpty())
                continue;
            TRY(compareTable(table, {column, value}));
        }
        return sayMissing();
    }

    Result<void> compareOldObservations(const QString &campaign) {
        qint64 count = 0;
        const auto problems = oldObservationProblems(m_database, count, campaign);
        if (!problems)
            return problems.error();
        for (const QString &problem : *problems)
            say(problem, {});
        return {};
    }

    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }

private:
    void say(const QString &what, const QString &how) {
        const Finding finding{QStringLiteral("archive.changed"),
                              QStringLiteral("in the archive, %1%2; run slipwayctl archive check")
                                  .arg(what.left(kNameLetters), how)};
        if (m_findings.size() < kFindings && !m_findings.contains(finding))
            m_findings.append(finding);
    }

    Result<void> compareTable(const SealedTable &table, const RowSeals::Where &where) {
        const QString kind = RowSeals::linkKind(table);
        const QString name = QString::fromUtf8(table.name);
        const QString changed = QStringLiteral(" was changed by another program since it was recorded");
        const auto seen = [&](const UnitSeal &unit) -> Result<void> {
            const auto found = m_links.compare(unit.campaign, kind, unit.subject, unit.sha256);
            if (found == ChainIndex::Found::Other)
                say(unitText(name, unit.subject), changed);
            else if (found == ChainIndex::Found::Never)
                say(unitText(name, unit.subject),
                    QStringLiteral(" was added by another program and never recorded"));
            return {};
        };
        const auto wrongBlob = [&](const UnitSeal &unit) { say(unitText(name, unit.subject), changed); };
        return m_seals.forEachUnit(table, seen, wrongBlob, where);
    }

    Result<void> sayMissing() {
        auto select = m_database.prepare("SELECT kind, subject FROM event WHERE seq=?");
        if (!select)
            return select.error();
        for (const qint64 seq : m_links.unseen()) {
            select->reset();
            select->bind(1, seq);
            if (!select->next())
                return m_database.error(QStringLiteral("reading the chain"));
            say(unitText(select->text(0).mid(4), select->text(1)),
                QStringLiteral(" was removed by another program since it was recorded"));
        }
        return {};
    }

    SqliteConnection &m_database;
    RowSeals m_seals;
    ChainIndex m_links;
    QList<Finding> m_findings;
};

// Conditions as the indexes on links have them.
constexpr const char *kLinksOfCampaign =
    "SELECT seq, campaign, kind, subject, sha256 FROM event WHERE campaign=?1 AND campaign<>'' AND kind LIKE "
    "'row %' ORDER BY seq";
constexpr const char *kLinksOfDocument =
    "SELECT seq, campaign, kind, subject, sha256 FROM event WHERE kind='row document' AND subject>=?1 AND "
    "subject<?2 ORDER BY seq";

// The units whose column has `value`, with the links that `select` finds. `campaign`: with its observations
// of old archives, unless it is empty.
Result<QList<Finding>> compared(SqliteConnection &database, Statement &select, ColumnOf columnOf,
                                const QString &value, const QString &campaign) {
    Comparison comparison(database);
    const auto isComparable = comparison.readLinks(select);
    if (!isComparable)
        return isComparable.error();
    if (!*isComparable)
        return QList<Finding>();
    TRY(comparison.compareTables(columnOf, value));
    if (const auto done = campaign.isEmpty() ? Result<void>() : comparison.compareOldObservations(campaign);
        !done)
        return done.error();
    return comparison.findings();
}

} // namespace

Result<QList<Finding>> changedRowsOf(SqliteConnection &database, const QString &campaign) {
    auto select = database.prepare(kLinksOfCampaign);
    if (!select)
        return select.error();
    select->bind(1, campaign);
    return compared(
        database, *select, [](const SealedTable &table) { return table.campaign; }, campaign, campaign);
}

Result<QList<Finding>> changedRowsOfDocument(SqliteConnection &database, const QString &name) {
    auto select = database.prepare(kLinksOfDocument);
    if (!select)
        return select.error();
    // ["name",1] and so on: a hyphen comes after the comma.
    const QString subject = unitSubject({name}).chopped(1);
    select->bind(1, subject + QLatin1Char(',')).bind(2, subject + QLatin1Char('-'));
    const auto columnOf = [](const SealedTable &table) {
        return table.name == "document" ? QByteArray("name") : QByteArray();
    };
    return compared(database, *select, columnOf, name, {});
}

Error notAsRecorded(const QString &campaign, const QList<Finding> &findings, const Error &unread) {
    return {ErrorCode::Corrupt, QStringLiteral("Campaign %1 is not what was recorded: %2. (%3)")
                                    .arg(campaign, findings.constFirst().reason, unread.text)};
}

} // namespace slipway
