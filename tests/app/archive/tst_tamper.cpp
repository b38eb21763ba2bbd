// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/archivecheck.h"
#include "app/archive/campaignstore.h"
#include "app/archive/documentstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/seriesstore.h"
#include "app/archive/triagestore.h"
#include "models/core/instant.h"
#include "tests/app/archive/oldarchive.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QString kCampaign = QStringLiteral("c1");

void write(const QString &path, const QByteArray &bytes) {
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

// Somebody at work on the archive with another program. Every table, column and row is taken from the archive
// itself, so that a table that is added is tried without a word here.
class TamperTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyChangeOfEveryTableIsFound() {
        makeArchives();
        for (const QByteArray &table :
             lines(m_new, "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE "
                          "'sqlite%' AND rootpage > 0 ORDER BY name")) {
            QVERIFY2(lines(m_new, "SELECT count(*) FROM \"" + table + '"').value(0) != "0",
                     (table + " is empty: nothing of it can be tried").constData());
            changeEachColumn(table);
            removeEachRow(table);
            addARow(table);
            rollBack(table);
        }
        changeEachFile();
        qInfo("tamper found %d of %d", m_found, m_tried);
        QCOMPARE(m_found, m_tried);
    }

private:
    void makeArchives() {
        m_new = m_dir.filePath(QStringLiteral("new"));
        m_old = m_dir.filePath(QStringLiteral("old"));
        fill(m_new, false);
        copy(m_new, m_old);
        fill(m_new, true);
        const auto health = checkArchive(Paths{m_new});
        QVERIFY2(health.ok(), health ? "" : qPrintable(health.error().text));
        QCOMPARE(health->problems, QStringList());
    }

    // The second time round everything is changed that can be.
    static void fill(const QString &folder, bool again) {
        QVERIFY(QDir().mkpath(folder));
        const Paths paths{folder};
        const auto opened = Archive::open(paths);
        QVERIFY2(opened.ok(), opened ? "" : qPrintable(opened.error().text));
        Archive &archive = **opened;
        CampaignRecord record;
        record.summary.id = kCampaign;
        record.summary.ref = QStringLiteral("v1");
        record.summary.fleet = QStringLiteral("fleet");
        record.summary.protocol = QStringLiteral("ship-gate");
        record.summary.source = QStringLiteral("run");
        record.summary.state = again ? RunState::Passed : RunState::Running;
        record.summary.startedAt = utcOfMilliseconds(1'700'000'000'000);
        record.parameters = {{QStringLiteral("cycles"), QStringLiteral("7")},
                             {QStringLiteral("w"), QStringLiteral("2")}};
        record.peers = QStringList{QStringLiteral("node-a"), QStringLiteral("node-b")};
        record.requiredPhases = {1, 2};
        if (!again)
            QVERIFY(CampaignStore(archive).create(record).ok());
        PhaseRun run;
        run.phase = 2;
        run.step = QStringLiteral("burst");
        run.host = QStringLiteral("node-a");
        run.state = again ? RunState::Failed : RunState::Running;
        run.startedAt = record.summary.startedAt;
        if (again) {
            run.finishedAt = run.startedAt.addSecs(9);
            run.exitCode = 7;
            run.message = QStringLiteral("said so");
        }
        run.jobId = QStringLiteral("job");
        QVERIFY(CampaignStore(archive).savePhaseRun(kCampaign, run).ok());
        const QByteArray round = again ? "two" : "one";
        QVERIFY(EvidenceStore(archive)
                    .save(kCampaign, {QStringLiteral("phase2.json"), "{\"round\":\"" + round + "\"}"})
                    .ok());
        QVERIFY(DocumentStore(archive).save({kInsights, "{\"" + round + "\":1}"}).ok());
        QVERIFY(test::addOldObservations(archive, kCampaign,
                                         {{QStringLiteral("phase1-x-node-a"), again ? 9 : 0, round}})
                    .ok());
        QVERIFY(ObservationStore(archive)
                    .save(kCampaign, test::streamOf(QStringLiteral("phase2-burst-node-a.obs.jsonl"), round))
                    .ok());
        write(paths.spoolDir(kCampaign) + QStringLiteral("/phase2-burst-node-a.log"), "log " + round);
        QVERIFY(
            ObservationStore(archive)
                .saveSpool(kCampaign, QStringLiteral("phase2-burst-node-a.log"), 7,
                           QString::fromLatin1(
                               QCryptographicHash::hash("log " + round, QCryptographicHash::Sha256).toHex()))
                .ok());
        Judgement judgement;
        judgement.verdict = Verdict::Fail;
        judgement.reason = QStringLiteral("the reason of round ") + QString::fromLatin1(round);
        QVERIFY(JudgementStore(archive).save(kCampaign, judgement).ok());
        QVERIFY(CampaignStore(archive).setRemoved(kCampaign, !again).ok());
        QVERIFY(TriageStore(archive)
                    .save(kCampaign, {FailureClass::Product, QString::fromLatin1(round), {}, {}})
                    .ok());
        QVERIFY(SeriesStore(archive).add(QStringLiteral("soak"), QStringLiteral("table"), round).ok());
        if (again) {
            record.summary.finishedAt = record.summary.startedAt.addSecs(60);
            record.summary.verdict = Verdict::Fail;
            record.summary.claimedPass = false;
            record.summary.reason = QStringLiteral("why it failed");
            QVERIFY(CampaignStore(archive).update(record.summary).ok());
        }
    }

    void changeEachColumn(const QByteArray &table) {
        const QList<QByteArray> rows = keysOf(table);
        for (const QByteArray &column : columnsOf(table)) {
            const QByteArray name = '"' + column + '"';
            for (const QByteArray &row : rows) {
                // Of its own type, so that it is what somebody would write there.
                attack(table, "UPDATE \"" + table + "\" SET " + name + "=CASE typeof(" + name +
                                  ") WHEN 'integer' THEN " + name + "+1 WHEN 'text' THEN " + name +
                                  "||'x' WHEN 'blob' THEN " + name + "||x'00' ELSE CASE WHEN " +
                                  quoteType(table, column) + " THEN 1 ELSE 'x' END END WHERE " + key(table) +
                                  "=" + row);
            }
        }
    }

    void removeEachRow(const QByteArray &table) {
        for (const QByteArray &row : keysOf(table))
            attack(table, "DELETE FROM \"" + table + "\" WHERE " + key(table) + "=" + row);
    }

    // A copy of a row under another key.
    void addARow(const QByteArray &table) {
        QByteArray values;
        QList<QByteArray> keys =
            lines(m_new, "SELECT name FROM pragma_table_info('" + table + "') WHERE pk > 0");
        for (const QByteArray &column : columnsOf(table)) {
            const QByteArray name = '"' + column + '"';
            values += values.isEmpty() ? "" : ", ";
            values += column == keys.constLast() ? "CASE typeof(" + name + ") WHEN 'integer' THEN " + name +
                                                       "+1000 ELSE " + name + "||'y' END"
                                                 : name;
        }
        attack(table, "INSERT INTO \"" + table + "\" SELECT " + values + " FROM \"" + table + "\" LIMIT 1");
    }

    // As the table was, while all others are as they are.
    void rollBack(const QByteArray &table) {
        const QByteArray attach = "ATTACH '" + m_old.toUtf8() + "/archive.sqlite' AS old; ";
        if (lines(m_new, attach + "SELECT count(*) FROM (SELECT * FROM \"" + table +
                             "\" EXCEPT SELECT * FROM old.\"" + table + "\")") == QList<QByteArray>{"0"})
            return; // it has only one state
        attack(table, attach + "DELETE FROM main.\"" + table + "\"; INSERT INTO main.\"" + table +
                          "\" SELECT * FROM old.\"" + table + '"');
    }

    // The files next to the database: changed, removed, of the state before, all of them of the state before.
    void changeEachFile() {
        const QStringList files = filesOf(m_new);
        for (const QString &name : files) {
            if (name.endsWith(QLatin1String(".lock")) || name.endsWith(QLatin1String("-shm")) ||
                name.endsWith(QLatin1String("-wal")))
                continue; // nothing is kept in them
            for (const int how : {0, 1, 2}) {
                const QString folder = fresh();
                const QString path = folder + QLatin1Char('/') + name;
                if (how == 0) {
                    QFile file(path);
                    QVERIFY(file.open(QIODevice::ReadWrite));
                    const QByteArray bytes = file.readAll();
                    // In the middle, but for what no row uses yet of a page of the database: that says
                    // nothing.
                    qsizetype at = bytes.size() / 2;
                    while (at + 1 < bytes.size() && bytes.at(at) == '\0')
                        ++at;
                    QVERIFY(file.seek(at));
                    QVERIFY(file.putChar(static_cast<char>(bytes.at(at) ^ 1)));
                } else if (how == 1) {
                    QVERIFY(QFile::remove(path));
                } else {
                    QVERIFY(QFile::remove(path));
                    if (!QFile::copy(m_old + QLatin1Char('/') + name, path) ||
                        same(path, m_new + QLatin1Char('/') + name))
                        continue;
                    if (name == QLatin1String("archive.head"))
                        continue; // what a crash before its writing leaves behind
                }
                expectFound(folder, name.toUtf8() + " " + QByteArray::number(how));
            }
        }
        const QString folder = fresh();
        write(folder + QStringLiteral("/spools/c1/phase3-x-node-a.log"), "slipped in");
        expectFound(folder, "a log that nobody recorded");
        const QString other = fresh();
        write(other + QStringLiteral("/spools/c1/phase2-burst-node-a.obs.jsonl"), "one");
        expectFound(other, "a spool that is not what is kept of it");
    }

    void attack(const QByteArray &table, const QByteArray &sql) {
        const QString folder = fresh();
        // The triggers are put back: their absence alone shall not give it away.
        const QByteArray of = " FROM sqlite_master WHERE type='trigger' AND tbl_name='" + table + "'";
        const QByteArray drop = shell(folder, "SELECT 'DROP TRIGGER ' || name || ';'" + of);
        const QByteArray make = shell(folder, "SELECT sql || ';'" + of);
        const QByteArray said = shell(folder, drop + sql + ';' + make);
        if (!said.isEmpty()) {
            QVERIFY2(said.contains("constraint") || said.contains("cannot store"),
                     (sql + ": " + said).constData());
            return; // no such row can be
        }
        expectFound(folder, sql);
    }

    void expectFound(const QString &folder, const QByteArray &what) {
        ++m_tried;
        const auto health = checkArchive(Paths{folder});
        if (!health || !health->problems.isEmpty())
            ++m_found;
        else
            qWarning("not found: %s", what.constData());
        QDir(folder).removeRecursively();
    }

    static QByteArray key(const QByteArray &table) {
        return table.endsWith("_idx") ? "(segid||'-'||hex(term))" : table.endsWith("_config") ? "k" : "rowid";
    }

    QByteArray quoteType(const QByteArray &table, const QByteArray &column) const {
        return lines(m_new, "SELECT type='INTEGER' FROM pragma_table_info('" + table + "') WHERE name='" +
                                column + "'")
            .value(0, "0");
    }

    [[nodiscard]] QList<QByteArray> columnsOf(const QByteArray &table) const {
        return lines(m_new, "SELECT name FROM pragma_table_info('" + table + "')");
    }

    QString fresh() {
        const QString folder = m_dir.filePath(QStringLiteral("t%1").arg(m_tried));
        QDir(folder).removeRecursively();
        copy(m_new, folder);
        return folder;
    }

    static QStringList filesOf(const QString &folder) {
        QStringList names;
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            names << QDir(folder).relativeFilePath(files.next());
        return names;
    }

    static bool same(const QString &a, const QString &b) {
        QFile first(a);
        QFile second(b);
        return first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly) &&
               first.readAll() == second.readAll();
    }

    static void copy(const QString &from, const QString &to) {
        for (const QString &name : filesOf(from)) {
            const QString path = to + QLatin1Char('/') + name;
            QVERIFY(QDir().mkpath(QFileInfo(path).path()));
            QVERIFY(QFile::copy(from + QLatin1Char('/') + name, path));
        }
    }

    [[nodiscard]] static QList<QByteArray> lines(const QString &folder, const QByteArray &sql) {
        QList<QByteArray> list = shell(folder, sql + ";").split('\n');
        list.removeAll(QByteArray());
        return list;
    }

    // As SQL literals.
    [[nodiscard]] QList<QByteArray> keysOf(const QByteArray &table) const {
        return lines(m_new, "SELECT quote(" + key(table) + ") FROM \"" + table + '"');
    }

    static QByteArray shell(const QString &folder, const QByteArray &sql) {
        QProcess program;
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral("sqlite3"), {folder + QStringLiteral("/archive.sqlite")});
        program.write(sql + "\n");
        program.closeWriteChannel();
        program.waitForFinished();
        return program.readAll().trimmed();
    }

    QTemporaryDir m_dir;
    QString m_new;
    QString m_old;
    int m_tried = 0;
    int m_found = 0;
};

QTEST_GUILESS_MAIN(TamperTest)
#include "tst_tamper.moc"
