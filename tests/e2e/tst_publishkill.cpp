// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/testgit.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using slipway::test::TestGit;

namespace {

constexpr int kKills = 100;
constexpr int kTimeout = 120'000;
constexpr quint32 kSeed = 20260420;

using Files = QMap<QString, QByteArray>;

Files filesOf(const QString &folder) {
    Files files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            files.insert(QDir(folder).relativeFilePath(it.filePath()), file.readAll());
    }
    return files;
}

QString idOf(int number) {
    return QStringLiteral("c%1").arg(number, 3, 10, QLatin1Char('0'));
}

} // namespace

// The program itself, killed while it exports and while it publishes: each time the old state or the new one.
class PublishKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        for (int i = 0; i < kKills; ++i) {
            const QString folder = m_dir.filePath(QStringLiteral("in/runs/") + idOf(i));
            TestGit::write(folder + QStringLiteral("/campaign-summary.json"),
                           "{\"campaign_id\":\"" + idOf(i).toUtf8() +
                               "\",\"completed_at\":\"2026-04-20T18:05:48Z\",\"overall_pass\":false}\n");
            TestGit::write(folder + QStringLiteral("/phase2.json"),
                           "{\"phase\":2,\"pass\":false,\"reasons\":[\"x\"]}\n");
        }
        QCOMPARE(run({QStringLiteral("import"), m_dir.filePath(QStringLiteral("in"))}), 0);
        QVERIFY(QDir().mkpath(m_dir.filePath(QStringLiteral("whole"))));
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"),
                      m_dir.filePath(QStringLiteral("whole"))}),
                 0);
        m_whole = filesOf(m_dir.filePath(QStringLiteral("whole")));
        QVERIFY(m_whole.size() > 5 * kKills);
    }

    void anExport() {
        const QString to = m_dir.filePath(QStringLiteral("site"));
        QVERIFY(QDir().mkpath(to));
        kill(QStringLiteral("export"), {QStringLiteral("--to"), to}, [&] {
            QDirIterator folders(to + QStringLiteral("/runs"), {QStringLiteral("c*")}, QDir::Dirs);
            while (folders.hasNext()) {
                const QString id = QFileInfo(folders.next()).fileName();
                QCOMPARE(filesOf(folders.filePath()), wholeRun(id));
            }
            expectList(to + QStringLiteral("/runs/index.json"), to + QStringLiteral("/runs"));
        });
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), to}), 0);
        QCOMPARE(filesOf(to), m_whole);
    }

    void aPush() {
        const QStringList to{QStringLiteral("--to"), m_git.bare(), QStringLiteral("--push")};
        const QString clone = m_git.clone(QStringLiteral("clone"));
        kill(QStringLiteral("push"), to, [&] {
            m_git.git(clone, {QStringLiteral("fetch"), QStringLiteral("--quiet")});
            m_git.git(clone, {QStringLiteral("reset"), QStringLiteral("--quiet"), QStringLiteral("--hard"),
                              QStringLiteral("origin/main")});
            const QString runs = clone + QStringLiteral("/runs");
            int folders = 0;
            for (const QString &id : QDir(runs).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
                QCOMPARE(filesOf(runs + QLatin1Char('/') + id), wholeRun(id));
                ++folders;
            }
            QCOMPARE(listed(runs + QStringLiteral("/index.json")).size(),
                     folders); // run and list in one commit
        });
        QCOMPARE(run(QStringList{QStringLiteral("export"), QStringLiteral("--all")} + to), 0);
        m_git.git(m_git.bare(), {QStringLiteral("fsck"), QStringLiteral("--strict")});
        m_git.git(clone, {QStringLiteral("pull"), QStringLiteral("--quiet"), QStringLiteral("origin"),
                          QStringLiteral("main")});
        QCOMPARE(filesOf(clone + QStringLiteral("/runs")),
                 filesOf(m_dir.filePath(QStringLiteral("whole/runs"))));
    }

private:
    // Each campaign in turn, at a random instant of what one takes here; what ended before is not counted.
    template <typename Look>
    void kill(const QString &what, const QStringList &to, const Look &look) {
        QRandomGenerator random(kSeed);
        int whole = kTimeout;
        int killed = 0;
        for (int attempt = 0; killed < kKills; ++attempt) {
            QVERIFY2(attempt < 10 * kKills, "it ends before it is killed");
            QElapsedTimer timer;
            timer.start();
            QProcess process;
            process.start(kProgram,
                          arguments(QStringList{QStringLiteral("export"), idOf(attempt % kKills)} + to));
            QVERIFY(process.waitForStarted());
            if (process.waitForFinished(attempt == 0 ? kTimeout : random.bounded(1, whole))) {
                QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
                whole = attempt == 0 ? static_cast<int>(timer.elapsed()) : whole;
                continue;
            }
            process.kill();
            process.waitForFinished();
            ++killed;
            look();
            if (QTest::currentTestFailed())
                return;
        }
        std::printf("kills survived %d of %d by %s\n", killed, kKills, qPrintable(what));
    }

    [[nodiscard]] Files wholeRun(const QString &id) const {
        return filesOf(m_dir.filePath(QStringLiteral("whole/runs/") + id));
    }
    static QStringList listed(const QString &file) {
        QFile list(file);
        QStringList ids;
        if (!list.open(QIODevice::ReadOnly))
            return ids;
        const QJsonDocument document = QJsonDocument::fromJson(list.readAll());
        if (!document.isObject())
            return {QStringLiteral("not JSON")};
        for (const QJsonValue run : document.object().value(QStringLiteral("runs")).toArray())
            ids << run.toObject().value(QStringLiteral("id")).toString();
        return ids;
    }
    // Whole, and of folders that are there; the one that was being written may not be listed yet.
    static void expectList(const QString &file, const QString &runs) {
        for (const QString &id : listed(file))
            QVERIFY2(QDir(runs + QLatin1Char('/') + id).exists(), qPrintable(id));
    }
    [[nodiscard]] QStringList arguments(const QStringList &words) const {
        return QStringList{QStringLiteral("--data-dir"), m_dir.filePath(QStringLiteral("data"))} + words;
    }
    [[nodiscard]] int run(const QStringList &words) const {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(kProgram, arguments(words));
        process.waitForFinished(10 * kTimeout);
        if (process.exitCode() != 0)
            qInfo() << process.readAll();
        return process.exitCode();
    }

    inline static const QString kProgram = testPaths::program("slipwayctl");
    QTemporaryDir m_dir;
    TestGit m_git{m_dir.path()};
    Files m_whole;
};

QTEST_GUILESS_MAIN(PublishKillTest)
#include "tst_publishkill.moc"
