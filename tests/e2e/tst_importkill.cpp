// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodevidence.h"

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

using namespace slipway;

namespace {

constexpr int kFolders = 120;
constexpr int kKills = 100;
constexpr int kKillsOfOne = 4; // in a row, of imports into one archive
constexpr quint32 kSeed = 20260420;

} // namespace

// The program itself, killed in the middle of an import as often as it takes.
class ImportKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKilledImportIsCompletedByTheNext() {
        const QTemporaryDir dir;
        const QString runs = dir.filePath(QStringLiteral("runs"));
        for (int number = 1; number <= kFolders; ++number) {
            const QString folder = runs + QStringLiteral("/r%1").arg(number);
            QVERIFY(QDir().mkpath(folder));
            for (const EvidenceFile &file : test::goodEvidence({20, 100, 80, number})) {
                QFile out(folder + QLatin1Char('/') + file.name);
                QVERIFY(out.open(QIODevice::WriteOnly));
                out.write(file.bytes);
            }
        }
        // How long a whole one takes here, so that the instants lie within it.
        const QString rehearsal = dir.filePath(QStringLiteral("rehearsal"));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(run(rehearsal, {QStringLiteral("import"), runs}), 0);
        const int whole = static_cast<int>(timer.elapsed());

        QRandomGenerator random(kSeed);
        int killed = 0;
        for (int i = 0; i < kKills; ++i) {
            const QString data = dir.filePath(QStringLiteral("data%1").arg(i / kKillsOfOne));
            QProcess process;
            process.start(kProgram, {QStringLiteral("--data-dir"), data, QStringLiteral("import"), runs});
            QVERIFY(process.waitForStarted());
            if (!process.waitForFinished(random.bounded(1, whole)))
                ++killed;
            if (process.state() != QProcess::NotRunning) {
                process.kill();
                QVERIFY(process.waitForFinished());
            }
            const QByteArray list = output(data, {QStringLiteral("list"), QStringLiteral("--json")});
            QVERIFY2(QJsonDocument::fromJson(list).isArray(), list.constData());
            QCOMPARE(run(data, {QStringLiteral("archive"), QStringLiteral("check")}), 0);
        }
        qInfo("%d of %d imports were killed within %d ms", killed, kKills, whole);
        QVERIFY(killed > kKills / 2);
        for (int i = 0; i < kKills / kKillsOfOne; ++i) {
            const QString data = dir.filePath(QStringLiteral("data%1").arg(i));
            QCOMPARE(run(data, {QStringLiteral("import"), runs}), 0);
            const QByteArray list = output(data, {QStringLiteral("list"), QStringLiteral("--json")});
            QCOMPARE(QJsonDocument::fromJson(list).array().size(), kFolders);
            QCOMPARE(run(data, {QStringLiteral("archive"), QStringLiteral("check")}), 0);
        }
    }

private:
    static int run(const QString &data, const QStringList &arguments) {
        QProcess process;
        process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data} + arguments);
        if (!process.waitForFinished(60'000))
            return -1;
        if (process.exitCode() != 0)
            qInfo() << process.readAll() << process.readAllStandardError();
        return process.exitCode();
    }

    static QByteArray output(const QString &data, const QStringList &arguments) {
        QProcess process;
        process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data} + arguments);
        process.waitForFinished(60'000);
        return process.readAllStandardOutput() + process.readAllStandardError();
    }

    inline static const QString kProgram = QStringLiteral(SLIPWAY_BIN_DIR "/slipwayctl");
};

QTEST_GUILESS_MAIN(ImportKillTest)
#include "tst_importkill.moc"
