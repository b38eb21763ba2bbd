// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/evidencechain.h"

#include "app/archive/oldlinks.h"
#include "app/archive/sqliteconnection.h"
#include "app/core/outputfile.h"
#include "app/core/paths.h"
#include "app/core/sha256.h"

#include <QFile>
#include <QFileInfo>

namespace slipway {

QString headFileOf(const Paths &paths) {
    return paths.dataDir + QStringLiteral("/archive.head");
}

bool remembersLinks(const QString &headFile) {
    QFile file(headFile);
    return QFileInfo::exists(headFile) &&
           !(QFileInfo(headFile).isFile() && file.open(QIODevice::ReadOnly) && file.read(4) == "0 -\n");
}

EvidenceChain::EvidenceChain(SqliteConnection &database, QString headFile)
    : m_database(database), m_rows(database), m_watch(database), m_headFile(std::move(headFile)) {}

EvidenceChain::~EvidenceChain() = default;

QString EvidenceChain::hashOf(const QString &previous, const ChainEvent &event) {
    QByteArray text;
    for (const QString &part :
         {previous, QString::number(event.seq), event.campaign, event.kind, event.subject, event.sha256}) {
        // With its length, so that no two rows give the same bytes.
        const QByteArray bytes = part.toUtf8();
        text += QByteArray::number(bytes.size()) + ':' + bytes;
    }
    Sha256 hash;
    hash.add(text);
    return QString::fromLatin1(hash.hex());
}

Result<EvidenceChain::Head> EvidenceChain::last() {
    auto select = m_database.prepare("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
    if (!select)
        return select.error();
    if (select->next())
        return Head{select->integer(0), select->text(1)};
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the chain's end"));
    return Head{};
}

std::optional<EvidenceChain::Head> EvidenceChain::readHead() const {
    QFile file(m_headFile);
    if (!QFileInfo(m_headFile).isFile() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> words = file.read(200).simplified().split(' ');
    bool isNumber = false;
    const qint64 seq = words.constFirst().toLongLong(&isNumber);
    if (words.size() != 2 || !isNumber || seq < 0)
        return std::nullopt;
    return Head{seq, QString::fromLatin1(words.at(1))};
}

Result<void> EvidenceChain::verifyHead() {
    const auto end = last();
    if (!end)
        return end.error();
    const auto head = readHead();
    if (!head && end->seq == 0)
        return {};
    if (!head)
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("%1 is missing or not readable. It remembers the last of the archive's %2 "
                           "entries; without it nobody can know whether newer ones were lost. Nothing was "
                           "changed. Put the file back, or run slipwayctl archive recover.")
                .arg(m_headFile)
                .arg(end->seq)};
    if (head->seq == 0)
        return {};
    auto select = m_database.prepare("SELECT hash FROM event WHERE seq=?");
    if (!select)
        return select.error();
    select->bind(1, head->seq);
    if (select->next() && select->text(0) == head->hash)
        return {};
    return Error{
        ErrorCode::Corrupt,
        QStringLiteral("The archive has lost what was recorded in it: its last entry is number %1, %2 "
                       "remembers number %3. Nothing was changed. Run slipwayctl archive recover.")
            .arg(end->seq)
            .arg(m_headFile)
            .arg(head->seq)};
}

Result<void> EvidenceChain::sealNew() {
    TRY(m_database.execute("BEGIN"));
    auto sealed = sealAll();
    m_insert.reset(); // of the connection that is left now
    const auto ended = m_database.execute(sealed ? "COMMIT" : "ROLLBACK");
    return sealed ? ended : sealed;
}

Result<bool> EvidenceChain::isBegun(SqliteConnection &database) {
    auto begun = database.prepare("SELECT 1 FROM event WHERE kind='begin' LIMIT 1");
    if (!begun)
        return begun.error();
    const bool isBegun = begun->next();
    if (!isBegun && begun->status() != SQLITE_DONE)
        return database.error(QStringLiteral("reading the chain"));
    return isBegun;
}

Result<void> EvidenceChain::begin() {
    TRY(verifyHead());
    const auto begun = isBegun(m_database);
    if (!begun)
        return begun.error();
    if (*begun)
        return m_watch.begin();
    const auto problems = oldLinkProblems(m_database);
    if (!problems)
        return problems.error();
    if (!problems->isEmpty())
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("The archive is damaged: %1. Run slipwayctl archive recover, or restore a backup.")
                .arg(problems->constFirst())};
    auto sealed = sealAll();
    return sealed ? m_watch.begin() : sealed;
}

Result<void> EvidenceChain::sealAll() {
    // Before the first link: a chain without a head is never what a crash leaves behind.
    if (!readHead()) {
        TRY(write({0, QStringLiteral("-")}));
    }
    auto end = last();
    if (!end)
        return end.error();
    if (auto added = add(*end, {0, {}, QStringLiteral("begin"), {}, {}}); !added)
        return added;
    const auto tables = m_rows.tables();
    if (!tables)
        return tables.error();
    for (const SealedTable &table : *tables) {
        QString wrong;
        auto sealed = m_rows.forEachUnit(
            table,
            [&](const UnitSeal &seal) {
                return add(*end, {0, seal.campaign, RowSeals::linkKind(table), seal.subject, seal.sha256});
            },
            [&](const UnitSeal &seal) { wrong = seal.subject + QStringLiteral(" of ") + seal.campaign; });
        if (!sealed)
            return sealed;
        if (!wrong.isEmpty())
            return Error{ErrorCode::Corrupt,
                         QStringLiteral(
                             "The archive is damaged: %1 has other bytes than were recorded. Run slipwayctl "
                             "archive recover, or restore a backup.")
                             .arg(wrong)};
    }
    return {};
}

Result<void> EvidenceChain::add(Head &end, ChainEvent event) {
    event.seq = end.seq + 1;
    const QString hash = hashOf(end.hash, event);
    if (!m_insert) {
        auto insert = m_database.prepare(
            "INSERT INTO event(seq, campaign, kind, subject, sha256, hash) VALUES (?,?,?,?,?,?)");
        if (!insert)
            return insert.error();
        m_insert = std::make_unique<Statement>(std::move(*insert));
    }
    m_insert->reset();
    m_insert->bind(1, event.seq).bind(2, event.campaign).bind(3, event.kind).bind(4, event.subject);
    m_insert->bind(5, event.sha256).bind(6, hash);
    m_grew = true;
    if (auto done =
            m_database.run(*m_insert, QStringLiteral("linking %1 of %2").arg(event.kind, event.campaign));
        !done)
        return done;
    m_insert->reset();
    end = {event.seq, hash};
    return {};
}

Result<void> EvidenceChain::append(const ChainEvent &event) {
    auto end = last();
    return end ? add(*end, event) : end.error();
}

Result<qint64> EvidenceChain::readLinks(SqliteConnection &database, Statement &select, ChainIndex &links) {
    qint64 end = 0;
    while (select.next()) {
        end = select.integer(0);
        links.add(end, select.text(1), select.text(2), select.text(3), select.text(4));
    }
    if (select.status() != SQLITE_DONE)
        return database.error(QStringLiteral("reading the chain"));
    return end;
}

// Those of earlier transactions only: what this one adds may be undone.
Result<void> EvidenceChain::readNewLinks() {
    auto select = m_database.prepare("SELECT seq, campaign, kind, subject, sha256 FROM event WHERE seq>? AND "
                                     "kind LIKE 'row %' ORDER BY seq");
    if (!select)
        return select.error();
    select->bind(1, m_linksEnd);
    const auto end = readLinks(m_database, *select, m_links);
    if (!end)
        return end.error();
    m_linksEnd = qMax(m_linksEnd, *end);
    return {};
}

Result<void> EvidenceChain::compare(const SealedTable &table, const UnitSeal &before) {
    const auto found =
        m_links.compare(before.campaign, RowSeals::linkKind(table), before.subject, before.sha256);
    if (found == ChainIndex::Found::Same || (found == ChainIndex::Found::Never && before.sha256.isEmpty()))
        return {};
    return Error{
        ErrorCode::Corrupt,
        QStringLiteral("The archive is damaged: %1 is not what was recorded, another program changed it. "
                       "Nothing was written. slipwayctl archive check lists all that is damaged; run "
                       "slipwayctl archive recover, or restore a backup.")
            .arg(unitText(QString::fromUtf8(table.name), before.subject, before.campaign))};
}

Result<void> EvidenceChain::seal() {
    TRY(readNewLinks());
    auto end = last();
    if (!end)
        return end.error();
    return m_watch.takeChanged(
        [&](const SealedTable &table, const UnitSeal &before, const UnitSeal &now) -> Result<void> {
            TRY(compare(table, before));
            return add(*end, {0, now.campaign, RowSeals::linkKind(table), now.subject, now.sha256});
        });
}

Result<void> EvidenceChain::beginHead() {
    const auto end = last();
    if (!end)
        return end.error();
    return write(*end);
}

void EvidenceChain::writeHead() {
    if (!m_grew)
        return;
    const auto end = last();
    if (end && end->seq > 0 && write(*end))
        m_grew = false;
}

Result<void> EvidenceChain::write(const Head &head) {
    return writeFile(m_headFile, QByteArray::number(head.seq) + ' ' + head.hash.toLatin1() + '\n',
                     {.permissions = kOwnerOnly});
}

} // namespace slipway
