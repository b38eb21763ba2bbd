// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/testgit.h"
#include "tests/support/testpaths.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstdio>

using slipway::test::TestGit;

// Three processes that publish to one repository at the same time, 50 runs each.
class RacesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLost() {
        constexpr int kRuns = 50;
        QTemporaryDir dir;
        const TestGit git(dir.path());
        std::array<QProcess, 3> writers;
        for (std::size_t i = 0; i < writers.size(); ++i) {
            const QString name = QStringLiteral("w%1").arg(i);
            writers.at(i).setProcessChannelMode(QProcess::MergedChannels);
            writers.at(i).start(
                testPaths::program("publishwriter"),
                {git.path(QStringLiteral("data-") + name), git.bare(), name, QString::number(kRuns)});
        }
        for (QProcess &writer : writers) {
            QVERIFY(writer.waitForFinished(1'000'000));
            const QByteArray said = writer.readAll();
            QVERIFY2(writer.exitStatus() == QProcess::NormalExit && writer.exitCode() == 0, said.constData());
            std::printf("a writer was %s", said.constData());
        }
        const QString main = QStringLiteral("main");
        const QByteArray parents =
            git.git(git.bare(), {QStringLiteral("rev-list"), QStringLiteral("--min-parents=2"), main});
        QCOMPARE(parents, QByteArray()); // linear
        QCOMPARE(git.git(git.bare(), {QStringLiteral("rev-list"), QStringLiteral("--count"), main}).trimmed(),
                 QByteArray("151")); // the first commit, and one a run: none was made over another
        const QByteArray index =
            git.git(git.bare(), {QStringLiteral("show"), QStringLiteral("main:runs/index.json")});
        int published = 0;
        for (std::size_t i = 0; i < writers.size(); ++i) {
            for (int run = 1; run <= kRuns; ++run) {
                const QString id = QStringLiteral("w%1-r%2").arg(i).arg(run);
                QByteArray bytes;
                const bool there = TestGit::tryGit(
                    git.bare(),
                    {QStringLiteral("show"), QStringLiteral("main:runs/%1/campaign-summary.json").arg(id)},
                    &bytes);
                published += there && bytes == "{\"campaign_id\":\"" + id.toUtf8() + "\"}\n" &&
                             index.contains(id.toUtf8() + '\n');
            }
        }
        std::printf("races published %d of %d\n", published, 3 * kRuns);
        QCOMPARE(published, 3 * kRuns);
        QCOMPARE(index.count('\n'), 3 * kRuns);
    }
};

QTEST_GUILESS_MAIN(RacesTest)
#include "tst_races.moc"
