// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/gitsuite.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <thread>

using namespace slipway;
using slipway::test::GitSuite;
using slipway::test::TestGit;

// Races that are lost, writes that fail, stops and kills: nothing is lost, and one command goes on.
class GitRecoveryTest : public GitSuite {
    Q_OBJECT
private Q_SLOTS:
    // Somebody else's commit arrives between our fetch and our push.
    void aLostRaceIsRunAgain() {
        const QString other = m_git->clone(QStringLiteral("other"));
        raceOnce(other, QStringLiteral("runs/theirs/a.json"), "theirs");
        const PublishReport report = publish(QStringLiteral("r1"));
        QCOMPARE(report.state, PublishState::Published);
        QCOMPARE(report.attempts, 2);
        QCOMPARE(published(QStringLiteral("runs/theirs/a.json")), QByteArray("theirs"));
        QCOMPARE(published(QStringLiteral("runs/index")), QByteArray("r1\ntheirs\n"));
    }

    void aRaceForAFileThatIsRebuilt() {
        const QString other = m_git->clone(QStringLiteral("other"));
        raceOnce(other, QStringLiteral("runs/index"), "something else\n");
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
        QCOMPARE(published(QStringLiteral("runs/index")), QByteArray("r1\n"));
        QCOMPARE(m_git
                     ->git(m_git->bare(),
                           {QStringLiteral("rev-list"), QStringLiteral("--count"), QStringLiteral("main")})
                     .trimmed(),
                 QByteArray("3"));
    }

    void aConflictNamesTheFileAndChangesNothing() {
        const QString other = m_git->clone(QStringLiteral("other"));
        raceOnce(other, QStringLiteral("runs/r1/a.json"), "theirs");
        const PublishReport report = publish(QStringLiteral("r1"));
        QCOMPARE(report.state, PublishState::Conflict);
        QVERIFY(report.said.contains(QStringLiteral("runs/r1/a.json")));
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("theirs"));
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("{}"));
    }

    void theSameByBothIsNotAConflict() {
        const QString other = m_git->clone(QStringLiteral("other"));
        raceOnce(other, QStringLiteral("runs/r1/a.json"), "{}");
        QVERIFY(publish(QStringLiteral("r1")).ok());
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("{}"));
    }

    // Five lost races in a row: it ends, and says so.
    void itDoesNotRaceForever() {
        TestGit::writeHook(m_git->bare(), QStringLiteral("update"), "exit 0\n");
        const QString other = m_git->clone(QStringLiteral("other"));
        race(other, "i=$(date +%s%N)\necho $i > \"$other/n\"\n", false);
        const PublishReport report = publish(QStringLiteral("r1"));
        QCOMPARE(report.state, PublishState::Raced);
        QCOMPARE(report.attempts, 6);
        QVERIFY(QFile::remove(m_git->path(QStringLiteral("hooks/pre-push"))));
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
    }

    void whatCannotBeWrittenIsNotCommitted() {
        Publication publication = run(QStringLiteral("r1"), m_git->bare());
        publication.write = [](const QString &tree) -> Result<JudgedFiles> {
            TestGit::write(tree + QStringLiteral("/half"), "half");
            return Error{ErrorCode::InvalidInput, QStringLiteral("phase2.json holds a private key.")};
        };
        const PublishReport report = publisher().publish(publication, {});
        QCOMPARE(report.state, PublishState::Failed);
        QCOMPARE(report.step, PublishStep::Write);
        QVERIFY(report.text.contains(QStringLiteral("private key")));
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
        QVERIFY(published(QStringLiteral("half")).isEmpty()); // nor later
    }

    void itCanBeStoppedWhileAHookWaits() {
        TestGit::writeHook(m_git->bare(), QStringLiteral("pre-receive"),
                           "touch '" + QFile::encodeName(m_git->path(QStringLiteral("waits"))) +
                               "'; exec sleep 60\n");
        std::stop_source stop;
        const std::jthread stopper([&] {
            while (!QFileInfo::exists(m_git->path(QStringLiteral("waits"))))
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            stop.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        const PublishReport report =
            publisher().publish(run(QStringLiteral("r1"), m_git->bare()), stop.get_token());
        QCOMPARE(report.state, PublishState::Stopped);
        QVERIFY(timer.elapsed() < 30'000);
        QFile::remove(m_git->bare() + QStringLiteral("/hooks/pre-receive"));
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
    }

    void itIsResumedWhereverItWasKilled_data() {
        QTest::addColumn<QString>("hook");
        QTest::addColumn<QString>("step");
        QTest::newRow("writing") << QString() << QStringLiteral("write");
        QTest::newRow("committing") << QStringLiteral("pre-commit") << QStringLiteral("commit");
        QTest::newRow("committed") << QStringLiteral("post-commit") << QStringLiteral("commit");
        QTest::newRow("before the push") << QStringLiteral("pre-push") << QStringLiteral("push");
        QTest::newRow("in the push") << QStringLiteral("pre-receive") << QStringLiteral("push");
        QTest::newRow("after the push") << QStringLiteral("post-receive") << QStringLiteral("push");
        QTest::newRow("in the fetch") << QStringLiteral("fetch") << QStringLiteral("fetch");
        QTest::newRow("on top of theirs") << QStringLiteral("again") << QStringLiteral("renew");
    }

    void itIsResumedWhereverItWasKilled() {
        QFETCH(QString, hook);
        QFETCH(QString, step);
        // Reached as over SSH, so that a connection can hang.
        const QString waits = m_git->path(QStringLiteral("waits"));
        const QString hangs = m_git->path(QStringLiteral("hangs"));
        const QByteArray wait = "touch '" + QFile::encodeName(waits) + "'; exec sleep 60\n";
        TestGit::write(m_git->path(QStringLiteral("ssh")),
                       "#!/bin/sh\neval \"last=\\${$#}\"\ncase $last in *upload-pack*) [ ! -e '" +
                           QFile::encodeName(hangs) + "' ] || { " + wait +
                           "} ;; esac\nexec sh -c \"$last\"\n");
        QFile::setPermissions(m_git->path(QStringLiteral("ssh")), QFile::ReadOwner | QFile::ExeOwner);
        const QString repo = QStringLiteral("ssh://here") + m_git->bare();
        append("[core]\nsshCommand = " + QFile::encodeName(m_git->path(QStringLiteral("ssh"))) + "\n");
        const QByteArray settings =
            m_settings + "[core]\nsshCommand = " + QFile::encodeName(m_git->path(QStringLiteral("ssh"))) +
            "\n";
        QCOMPARE(publish(QStringLiteral("r0"), repo).state,
                 PublishState::Published); // so that there is a tree
        const QString own = m_git->path(QStringLiteral("hooks"));
        const bool there = hook.endsWith(QLatin1String("-receive"));
        if (hook == QLatin1String("fetch"))
            TestGit::write(hangs, {});
        else if (hook == QLatin1String("again"))
            race(m_git->clone(QStringLiteral("other")),
                 "echo x >x\ntouch '" + QFile::encodeName(hangs) + "'\n", true);
        else if (!hook.isEmpty())
            TestGit::writeHook(there ? m_git->bare() : m_dir->path(), hook, wait);
        append("[core]\nhooksPath = " + QFile::encodeName(own) + "\n", !there);
        QProcess writer;
        writer.start(testPaths::program("publishwriter"),
                     {m_git->path(QStringLiteral("data")), repo, QStringLiteral("w"), QStringLiteral("1"),
                      hook.isEmpty() ? waits : QString()});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(waits), 60'000);
        writer.kill();
        QVERIFY(writer.waitForFinished(30'000));
        const auto left = publisher().last(repo);
        QVERIFY(left);
        QCOMPARE(left->state, PublishState::Interrupted);
        QCOMPARE(publishStepName(left->step), step);
        TestGit::write(m_git->path(QStringLiteral("gitconfig")), settings);
        QFile::remove(hangs);
        QDir(own).removeRecursively();
        QFile::remove(m_git->bare() + QStringLiteral("/hooks/") + hook);
        QFile::remove(waits);

        writer.start(testPaths::program("publishwriter"),
                     {m_git->path(QStringLiteral("data")), repo, QStringLiteral("w"), QStringLiteral("1")});
        QVERIFY(writer.waitForFinished(60'000));
        QVERIFY2(writer.exitCode() == 0, writer.readAllStandardError().constData());
        QCOMPARE(published(QStringLiteral("runs/w-r1/campaign-summary.json")),
                 QByteArray("{\"campaign_id\":\"w-r1\"}\n"));
        QCOMPARE(m_git->git(m_git->bare(), {QStringLiteral("rev-list"), QStringLiteral("--min-parents=2"),
                                            QStringLiteral("main")}),
                 QByteArray());
    }
};

QTEST_GUILESS_MAIN(GitRecoveryTest)
#include "tst_gitrecovery.moc"
