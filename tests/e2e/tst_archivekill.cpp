// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace slipway;

namespace {

constexpr int kFolders = 30;
constexpr int kTimeout = 120'000;
constexpr quint32 kSeed = 20260421;

// SLIPWAY_KILLS=100 is what packaging/figures asks for.
int kills() {
    const int asked = qEnvironmentVariableIntValue("SLIPWAY_KILLS");
    return asked > 0 ? asked : 5;
}

} // namespace

// The program itself, killed at random instants of what it does to an archive: afterwards there is the old
// state or the new one, and the same command brings the new one.
class ArchiveKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        for (int number = 1; number <= kFolders; ++number) {
            const QString folder = path(QStringLiteral("runs/r%1").arg(number));
            QVERIFY(QDir().mkpath(folder));
            for (const EvidenceFile &file : test::goodEvidence({20, 100, 80, number})) {
                QFile out(folder + QLatin1Char('/') + file.name);
                QVERIFY(out.open(QIODevice::WriteOnly));
                out.write(file.bytes);
            }
        }
        QCOMPARE(run(path(QStringLiteral("data")), {QStringLiteral("import"), path(QStringLiteral("runs"))}),
                 0);
        QCOMPARE(
            archive(path(QStringLiteral("data")), {QStringLiteral("backup"), path(QStringLiteral("backup"))}),
            0);
    }

    void aKilledBackup() {
        const QString folder = path(QStringLiteral("b"));
        const QString data = path(QStringLiteral("data"));
        killEach(
            data, {QStringLiteral("archive"), QStringLiteral("backup"), folder},
            [&] { QDir(folder).removeRecursively(); },
            [&] {
                QCOMPARE(archive(data, {QStringLiteral("check")}), 0);
                if (!QFileInfo::exists(folder))
                    QCOMPARE(archive(data, {QStringLiteral("backup"), folder}), 0);
                QCOMPARE(archive(folder, {QStringLiteral("check")}), 0);
                QVERIFY(!QFileInfo::exists(folder + QStringLiteral(".part")));
            });
    }

    void aKilledRestore() {
        const QString data = path(QStringLiteral("restored"));
        const QString backup = path(QStringLiteral("backup"));
        killEach(
            data, {QStringLiteral("archive"), QStringLiteral("restore"), backup},
            [&] { QDir(data).removeRecursively(); },
            [&] {
                const int check = archive(data, {QStringLiteral("check")});
                QVERIFY2(check == 0 || check == 4, qPrintable(QString::number(check)));
                if (check == 4)
                    QCOMPARE(archive(data, {QStringLiteral("restore"), backup}), 0);
                expectWhole(data);
            });
    }

    // Of an archive whose table of campaigns is gone.
    void aKilledRecovery() {
        const QString data = path(QStringLiteral("recovered"));
        killEach(
            data, {QStringLiteral("archive"), QStringLiteral("recover")},
            [&] {
                QDir(data).removeRecursively();
                QVERIFY(QDir().mkpath(data));
                for (const char *name : {"/archive.sqlite", "/archive.head"})
                    QVERIFY(QFile::copy(path(QStringLiteral("data")) + QLatin1String(name),
                                        data + QLatin1String(name)));
                QFile file(data + QStringLiteral("/archive.sqlite"));
                QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(4096));
                file.write(QByteArray(4096, '\0'));
            },
            [&] {
                if (archive(data, {QStringLiteral("check")}) != 0)
                    QVERIFY(archive(data, {QStringLiteral("recover")}) != 4);
                expectWhole(data);
            });
    }

    void aKilledTriage() {
        const QString data = path(QStringLiteral("data"));
        const QString id = list(data).at(0).toObject().value(QStringLiteral("id")).toString();
        killEach(
            data, {QStringLiteral("triage"), id, QStringLiteral("--class"), QStringLiteral("product")}, [] {},
            [&] {
                QCOMPARE(archive(data, {QStringLiteral("check")}), 0);
                QCOMPARE(run(data, {QStringLiteral("triage"), id, QStringLiteral("--class"),
                                    QStringLiteral("product")}),
                         0);
                expectWhole(data);
            });
    }

    // Out of the list, or still in it.
    void aKilledRemoval() {
        const QString data = path(QStringLiteral("data"));
        const QString id = list(data).at(0).toObject().value(QStringLiteral("id")).toString();
        const QStringList undo{QStringLiteral("remove"), id, QStringLiteral("--undo")};
        killEach(
            data, {QStringLiteral("remove"), id}, [&] { run(data, undo); },
            [&] {
                QCOMPARE(archive(data, {QStringLiteral("check")}), 0);
                const qsizetype listed = list(data).size();
                QVERIFY2(listed == kFolders || listed == kFolders - 1, qPrintable(QString::number(listed)));
                if (listed == kFolders)
                    QCOMPARE(run(data, {QStringLiteral("remove"), id}), 0);
                QCOMPARE(list(data).size(), kFolders - 1);
                QCOMPARE(run(data, undo), 0);
                expectWhole(data);
            });
    }

    void cleanupTestCase() { qInfo("kills survived %d of %d", m_survived, m_killed); }

private:
    // One that ended before it was killed is not counted.
    void killEach(const QString &data, const QStringList &arguments, const std::function<void()> &prepare,
                  const std::function<void()> &expect) {
        prepare();
        QElapsedTimer timer;
        timer.start();
        run(data, arguments);
        const auto elapsed = [&timer] { return std::max(2, static_cast<int>(timer.elapsed())); };
        int whole = elapsed();
        for (int killed = 0, attempt = 0; killed < kills(); ++attempt) {
            QVERIFY2(attempt < 10 * kills(), "it ends before it is killed");
            prepare();
            QProcess process;
            timer.start();
            process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data} + arguments);
            QVERIFY(process.waitForStarted());
            if (process.waitForFinished(m_random.bounded(1, whole))) {
                whole = elapsed(); // the machine is faster now than it was
                continue;
            }
            process.kill();
            process.waitForFinished();
            ++killed;
            ++m_killed;
            expect();
            if (QTest::currentTestFailed())
                return;
            ++m_survived;
        }
    }

    static void expectWhole(const QString &data) {
        QCOMPARE(archive(data, {QStringLiteral("check")}), 0);
        QCOMPARE(list(data).size(), kFolders);
    }

    static int archive(const QString &data, const QStringList &arguments) {
        return run(data, QStringList{QStringLiteral("archive")} + arguments);
    }

    static QJsonArray list(const QString &data) {
        QProcess process;
        process.start(kProgram,
                      {QStringLiteral("--data-dir"), data, QStringLiteral("list"), QStringLiteral("--json")});
        process.waitForFinished(kTimeout);
        return QJsonDocument::fromJson(process.readAllStandardOutput()).array();
    }

    static int run(const QString &data, const QStringList &arguments) {
        QProcess process;
        process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data} + arguments);
        return process.waitForFinished(kTimeout) ? process.exitCode() : -1;
    }

    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }

    inline static const QString kProgram = testPaths::program("slipwayctl");
    QTemporaryDir m_dir;
    QRandomGenerator m_random{kSeed};
    int m_killed = 0;
    int m_survived = 0;
};

QTEST_GUILESS_MAIN(ArchiveKillTest)
#include "tst_archivekill.moc"
