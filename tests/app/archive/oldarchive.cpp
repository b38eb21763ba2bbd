// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/archive/oldarchive.h"

#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/rowtext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

namespace slipway::test {

namespace {

bool write(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(bytes) == bytes.size();
}

} // namespace

EndedStream streamOf(const QString &name, const QByteArray &bytes) {
    StreamRecord record(name, StreamRecord::Keeps::Bytes);
    record.add(bytes);
    return record.end();
}

Result<void> addOldObservations(Archive &archive, const QString &campaign,
                                const QList<ObservationRow> &rows) {
    Database &database = archive.database();
    return database.transaction([&]() -> Result<void> {
        auto insert = database.prepare(
            "INSERT INTO observation(campaign, stream, offset, line) VALUES (?,?,?,?) RETURNING id");
        if (!insert)
            return insert.error();
        qint64 last = 0;
        for (const ObservationRow &row : rows) {
            insert->reset();
            insert->bind(1, campaign).bind(2, row.stream).bind(3, row.offset).bind(4, row.line);
            while (insert->next())
                last = insert->integer(0);
        }
        return EvidenceChain(database, {})
            .append({0, campaign, QStringLiteral("observations"),
                     QStringLiteral("%1-%2").arg(last - rows.size() + 1).arg(last), observationsHash(rows)});
    });
}

bool makeOldArchive(const Paths &paths) {
    const QString stream = kOldStream.chopped(QStringLiteral(".obs.jsonl").size());
    QList<ObservationRow> rows;
    for (qsizetype from = 0; from < kOldObservations.size();) {
        const qsizetype end = kOldObservations.indexOf('\n', from);
        rows.append({stream, from, kOldObservations.mid(from, end - from)});
        from = end + 1;
    }
    const QString content = QStringLiteral("{\"verdict\":\"FAIL\",\"reason\":\"as it was judged then\"}");
    QByteArray sql = QByteArray("PRAGMA journal_mode=wal;") + migrations().at(0) + migrations().at(1) +
                     "PRAGMA user_version=2;"
                     "INSERT INTO campaign VALUES('old','v1','fleet','ship-gate','run','passed',1,2,'node-a',"
                     "'1,2','FAIL',0,'why');"
                     "INSERT INTO parameter VALUES('old','cycles','7');";
    for (qsizetype i = 0; i < rows.size(); ++i)
        sql += "INSERT INTO observation VALUES(" + QByteArray::number(i + 1) + ",'old','" + stream.toUtf8() +
               "'," + QByteArray::number(rows.at(i).offset) + ",x'" + rows.at(i).line.toHex() + "');";
    const QByteArray file = "{\"pass\":true}";
    sql += "INSERT INTO evidence_file VALUES('old','phase2.json',1,1,'" + sha256Text(file).toUtf8() +
           "','',0,x'" + file.toHex() + "');INSERT INTO judgement VALUES(1,'old',2,3,'FAIL','" +
           content.toUtf8() + "');INSERT INTO stream VALUES('old','" + kOldStream.toUtf8() + "'," +
           QByteArray::number(kOldObservations.size()) + ",'" + sha256Text(kOldObservations).toUtf8() + "');";
    const QList<ChainEvent> links{
        {1, QStringLiteral("old"), QStringLiteral("campaign"), {}, sha256Text("c")},
        {2, QStringLiteral("old"), QStringLiteral("observations"), QStringLiteral("1-3"),
         observationsHash(rows)},
        {3, QStringLiteral("old"), QStringLiteral("file"), QStringLiteral("phase2.json#1"), sha256Text(file)},
        {4, QStringLiteral("old"), QStringLiteral("stream"), kOldStream, sha256Text(kOldObservations)},
        {5, QStringLiteral("old"), QStringLiteral("judgement"), QStringLiteral("1"),
         sha256Text(content.toUtf8())}};
    QString hash;
    for (const ChainEvent &link : links) {
        hash = EvidenceChain::hashOf(hash, link);
        sql += QStringLiteral("INSERT INTO event VALUES(%1,'%2','%3','%4','%5','%6');")
                   .arg(link.seq)
                   .arg(link.campaign, link.kind, link.subject, link.sha256, hash)
                   .toUtf8();
    }
    QProcess sqlite;
    sqlite.start(QStringLiteral("sqlite3"), {paths.archiveFile()});
    sqlite.write(sql);
    sqlite.closeWriteChannel();
    return sqlite.waitForFinished() && sqlite.readAllStandardError().isEmpty() &&
           write(headFileOf(paths), "5 " + hash.toLatin1() + '\n') &&
           write(paths.spoolDir(QStringLiteral("old")) + QLatin1Char('/') + kOldStream, kOldObservations);
}

} // namespace slipway::test
