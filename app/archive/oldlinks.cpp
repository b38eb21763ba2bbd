// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/oldlinks.h"

#include "app/archive/sqliteconnection.h"

#include <QCryptographicHash>
#include <QHash>

namespace slipway {

namespace {

constexpr qsizetype kProblems = 100;

// Links without their row, or with another one; rows without a link.
constexpr const char *kQuestions[] = {
    "SELECT e.kind, e.subject, e.campaign FROM event e LEFT JOIN evidence_file f ON f.campaign=e.campaign "
    "AND "
    "e.subject=f.name || '#' || f.revision || CASE WHEN f.removed THEN ' removed' WHEN f.problem<>'' THEN "
    "' not read: ' || f.problem ELSE '' END WHERE e.kind='file' AND f.sha256 IS NOT e.sha256 LIMIT 100",
    "SELECT 'file', f.name, f.campaign FROM evidence_file f WHERE NOT EXISTS (SELECT 1 FROM event e WHERE "
    "e.campaign=f.campaign AND e.kind='file' AND e.subject=f.name || '#' || f.revision || CASE WHEN "
    "f.removed THEN "
    "' removed' WHEN f.problem<>'' THEN ' not read: ' || f.problem ELSE '' END) LIMIT 100",
    "SELECT e.kind, e.subject, '' FROM event e LEFT JOIN document d ON e.subject=d.name || '#' || d.revision "
    "|| CASE "
    "WHEN d.problem<>'' THEN ' not read: ' || d.problem ELSE '' END WHERE e.kind='document' AND d.sha256 IS "
    "NOT "
    "e.sha256 LIMIT 100",
    "SELECT 'document', d.name, '' FROM document d WHERE NOT EXISTS (SELECT 1 FROM event e WHERE "
    "e.campaign='' AND "
    "e.kind='document' AND e.subject=d.name || '#' || d.revision || CASE WHEN d.problem<>'' THEN ' not read: "
    "' || "
    "d.problem ELSE '' END) LIMIT 100",
    "SELECT e.kind, e.subject, e.campaign FROM event e LEFT JOIN judgement j ON j.id=CAST(e.subject AS "
    "INTEGER) AND "
    "j.campaign=e.campaign WHERE e.kind='judgement' AND sha256(j.content) IS NOT e.sha256 LIMIT 100",
    "SELECT 'judgement', j.id, j.campaign FROM judgement j WHERE NOT EXISTS (SELECT 1 FROM event e WHERE "
    "e.campaign=j.campaign AND e.kind='judgement' AND e.subject=CAST(j.id AS TEXT)) LIMIT 100",
    "SELECT e.kind, e.subject, e.campaign FROM event e LEFT JOIN triage t ON t.id=CAST(e.subject AS INTEGER) "
    "AND "
    "t.campaign=e.campaign WHERE e.kind='triage' AND sha256(t.content) IS NOT e.sha256 LIMIT 100",
    "SELECT 'triage', t.id, t.campaign FROM triage t WHERE NOT EXISTS (SELECT 1 FROM event e WHERE "
    "e.campaign=t.campaign AND e.kind='triage' AND e.subject=CAST(t.id AS TEXT)) LIMIT 100",
    "SELECT e.kind, e.subject, e.campaign FROM event e LEFT JOIN stream s ON s.campaign=e.campaign AND "
    "s.name=e.subject WHERE e.kind='stream' AND s.sha256 IS NOT e.sha256 AND e.seq=(SELECT max(l.seq) FROM "
    "event l "
    "WHERE l.campaign=e.campaign AND l.kind='stream' AND l.subject=e.subject) LIMIT 100",
    "SELECT e.kind, '', e.campaign FROM event e WHERE e.kind='campaign' AND NOT EXISTS (SELECT 1 FROM "
    "campaign c "
    "WHERE c.id=e.campaign) LIMIT 100",
    "SELECT 'campaign', '', c.id FROM campaign c WHERE NOT EXISTS (SELECT 1 FROM event e WHERE "
    "e.campaign=c.id AND "
    "e.kind='campaign') LIMIT 100"};

} // namespace

QString observationsHash(const QList<ObservationRow> &rows) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const ObservationRow &row : rows) {
        hash.addData(row.stream.toUtf8() + '@' + QByteArray::number(row.offset) + ':' +
                     QByteArray::number(row.line.size()) + ':');
        hash.addData(row.line);
    }
    return QString::fromLatin1(hash.result().toHex());
}

Result<QStringList> oldLinkProblems(SqliteConnection &database) {
    // The index is for this alone.
    TRY(database.execute("CREATE INDEX event_of ON event(campaign, kind, subject)"));
    QStringList problems;
    for (const char *question : kQuestions) {
        auto select = database.prepare(question);
        if (!select)
            return select.error();
        while (select->next() && problems.size() < kProblems)
            problems << QStringLiteral("%1 %2 of %3 is not what was recorded")
                            .arg(select->text(0), select->text(1), select->text(2));
        if (select->status() != SQLITE_DONE && select->status() != SQLITE_ROW)
            return database.error(QStringLiteral("comparing its rows with its links"));
    }
    TRY(database.execute("DROP INDEX event_of"));
    return problems;
}

Result<QStringList> oldObservationProblems(SqliteConnection &database, qint64 &count,
                                           const QString &campaign) {
    QStringList problems;
    qint64 covered = 0;
    const auto prepared = [&](QByteArray sql) {
        if (!campaign.isEmpty())
            sql += " AND campaign=?1 AND campaign<>''"; // as its index has it
        auto statement = database.prepare(sql.constData());
        if (statement && !campaign.isEmpty())
            statement->bind(1, campaign);
        return statement;
    };
    auto ends = prepared("SELECT seq, campaign FROM event WHERE kind='" + kCompacted.toLatin1() + '\'');
    if (!ends)
        return ends.error();
    QHash<QString, qint64> compacted;
    while (ends->next())
        compacted.insert(ends->text(1), ends->integer(0));
    auto links = prepared("SELECT campaign, subject, sha256, seq FROM event WHERE kind='observations'");
    auto select = database.prepare(
        "SELECT stream, offset, line, campaign FROM observation WHERE id BETWEEN ? AND ? ORDER BY id");
    auto all = prepared("SELECT count(*) FROM observation WHERE true");
    if (!links || !select || !all)
        return database.error(QStringLiteral("reading its observations"));
    while (links->next()) {
        if (links->integer(3) < compacted.value(links->text(0)))
            continue;
        const QStringList range = links->text(1).split(QLatin1Char('-'));
        select->reset();
        select->bind(1, range.value(0).toLongLong()).bind(2, range.value(1).toLongLong());
        QList<ObservationRow> rows;
        bool same = true;
        while (select->next()) {
            rows.append({select->text(0), select->integer(1), select->blob(2)});
            same = same && select->text(3) == links->text(0);
        }
        if (select->status() != SQLITE_DONE)
            return database.error(QStringLiteral("reading its observations"));
        covered += rows.size();
        if ((!same || observationsHash(rows) != links->text(2)) && problems.size() < kProblems)
            problems << QStringLiteral("observations %1 of %2 are not those that were recorded")
                            .arg(links->text(1), links->text(0));
    }
    if (links->status() != SQLITE_DONE || !all->next())
        return database.error(QStringLiteral("reading its observations"));
    count = all->integer(0);
    if (count != covered)
        problems << QStringLiteral("%1 observations are there, %2 were recorded").arg(count).arg(covered);
    return problems;
}

} // namespace slipway
