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

constexpr int kFolders = 80;
constexpr int kTimeout = 60'000;
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
        // Killed at random instants of what a whole import takes here; one that ends before that is not
        // counted.
        QRandomGenerator random(kSeed);
        int whole = kTimeout;
        int killed = 0;
        int archives = 0;
        for (int attempt = 0; killed < kKills; ++attempt) {
            QVERIFY2(attempt < 10 * kKills, "imports end before they are killed");
            const QString data = dir.filePath(QStringLiteral("data%1").arg(archives));
            QElapsedTimer timer;
            timer.start();
            QProcess process;
            process.start(kProgram, {QStringLiteral("--data-dir"), data, QStringLiteral("import"), runs});
            QVERIFY(process.waitForStarted());
            // The first one is let run to its end, to see how long that is.
            if (process.waitForFinished(attempt == 0 ? kTimeout : random.bounded(1, whole))) {
                QCOMPARE(process.exitCode(), 0);
                whole = std::min(whole, static_cast<int>(timer.elapsed()));
            } else {
                process.kill();
                process.waitForFinished();
                ++killed;
            }
            if (!QFile::exists(data + QStringLiteral("/archive.sqlite")))
                continue; // killed before there was an archive, which a command that looks does not make
            const QByteArray list = output(data, {QStringLiteral("list"), QStringLiteral("--json")});
            QVERIFY2(QJsonDocument::fromJson(list).isArray(), list.constData());
            const bool isWhole = QJsonDocument::fromJson(list).array().size() == kFolders;
            if (!isWhole && killed % kKillsOfOne != 0)
                continue; // the same archive once more
            expectCompletable(data, runs);
            ++archives;
        }
        qInfo("kills survived %d of %d, imports into %d archives", killed, killed, archives);
    }

private:
    static void expectCompletable(const QString &data, const QString &runs) {
        QCOMPARE(run(data, {QStringLiteral("archive"), QStringLiteral("check")}), 0);
        QCOMPARE(run(data, {QStringLiteral("import"), runs}), 0);
        const QByteArray list = output(data, {QStringLiteral("list"), QStringLiteral("--json")});
        QCOMPARE(QJsonDocument::fromJson(list).array().size(), kFolders);
        QCOMPARE(run(data, {QStringLiteral("archive"), QStringLiteral("check")}), 0);
    }

    static int run(const QString &data, const QStringList &arguments) {
        QProcess process;
        process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data} + arguments);
        if (!process.waitForFinished(kTimeout))
            return -1;
        if (process.exitCode() != 0)
            qInfo() << process.readAll() << process.readAllStandardError();
        return process.exitCode();
    }

    static QByteArray output(const QString &data, const QStringList &arguments) {
        QProcess process;
        process.start(kProgram, QStringList{QStringLiteral("--data-dir"), data} + arguments);
        process.waitForFinished(kTimeout);
        return process.readAllStandardOutput() + process.readAllStandardError();
    }

    inline static const QString kProgram = testPaths::program("slipwayctl");
};

QTEST_GUILESS_MAIN(ImportKillTest)
#include "tst_importkill.moc"
