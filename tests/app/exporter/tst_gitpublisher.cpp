// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/gitprogram.h"
#include "app/exporter/gitpublisher.h"
#include "tests/app/exporter/testgit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace slipway;
using slipway::test::TestGit;

// Against real repositories with real hooks.
class GitPublisherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_git = std::make_unique<TestGit>(m_dir->path());
    }

    void itIsOnTheBranchAndASecondTimeIsNothing() {
        const PublishReport first = publish(QStringLiteral("r1"));
        QCOMPARE(first.state, PublishState::Published);
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("{}"));
        QCOMPARE(first.commit.toUtf8(), tip());
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Nothing);
        QCOMPARE(first.commit.toUtf8(), tip());
        QCOMPARE(publisher().last(m_git->bare())->state, PublishState::Nothing);
    }

    // Files of the person, their index and their branches stay as they are.
    void aDirtyCheckoutIsNeverTouched() {
        const QString checkout = m_git->clone(QStringLiteral("mine"));
        m_git->git(checkout,
                   {QStringLiteral("checkout"), QStringLiteral("--quiet"), QStringLiteral("--detach")});
        TestGit::write(checkout + QStringLiteral("/README.md"), "my own words\n");
        TestGit::write(checkout + QStringLiteral("/runs/r1/a.json"), "half a thought");
        m_git->git(checkout, {QStringLiteral("add"), QStringLiteral("README.md")});
        const auto look = [&] {
            QByteArray all;
            for (const auto &arguments :
                 {QStringList{QStringLiteral("status"), QStringLiteral("--porcelain=v2"),
                              QStringLiteral("--branch")},
                  QStringList{QStringLiteral("diff"), QStringLiteral("HEAD")},
                  QStringList{QStringLiteral("show-ref"), QStringLiteral("--heads"),
                              QStringLiteral("--head")}})
                all += m_git->git(checkout, arguments);
            return all;
        };
        const QByteArray before = look();
        QCOMPARE(publish(QStringLiteral("r1"), checkout).state, PublishState::Published);
        QCOMPARE(look(), before);
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("{}"));
    }

    void theHooksOfTheCheckoutAreRun() {
        const QString checkout = m_git->clone(QStringLiteral("mine"));
        TestGit::writeHook(checkout + QStringLiteral("/.git"), QStringLiteral("pre-commit"),
                           "echo 'no commits on Fridays' >&2; exit 1\n");
        PublishReport report = publish(QStringLiteral("r1"), checkout);
        QCOMPARE(report.state, PublishState::HookRefused);
        QCOMPARE(report.step, PublishStep::Commit);
        QVERIFY(report.fullText().contains(QStringLiteral("no commits on Fridays")));
        QFile::remove(checkout + QStringLiteral("/.git/hooks/pre-commit"));
        TestGit::writeHook(checkout + QStringLiteral("/.git"), QStringLiteral("pre-push"),
                           "echo 'no pushes either' >&2; exit 1\n");
        report = publish(QStringLiteral("r1"), checkout);
        QCOMPARE(report.state, PublishState::HookRefused);
        QCOMPARE(report.step, PublishStep::Push);
        QVERIFY(report.fullText().contains(QStringLiteral("no pushes either")));
        QFile::remove(checkout + QStringLiteral("/.git/hooks/pre-push"));
        QCOMPARE(publish(QStringLiteral("r1"), checkout).state, PublishState::Published);
    }

    void aHookThatRefusesThereIsQuoted() {
        TestGit::writeHook(m_git->bare(), QStringLiteral("pre-receive"),
                           "echo 'sign it first' >&2; exit 1\n");
        const QByteArray before = tip();
        const PublishReport report = publish(QStringLiteral("r1"));
        QCOMPARE(report.state, PublishState::HookRefused);
        QCOMPARE(report.attempts, 1); // a no is not tried again
        QVERIFY(report.said.contains(QStringLiteral("sign it first")));
        QCOMPARE(tip(), before);
        QCOMPARE(publisher().last(m_git->bare())->state, PublishState::HookRefused);
        QFile::remove(m_git->bare() + QStringLiteral("/hooks/pre-receive"));
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
    }

    void aRepositoryThatIsNotThere() {
        const PublishReport report =
            publish(QStringLiteral("r1"), m_git->path(QStringLiteral("nowhere.git")));
        QCOMPARE(report.state, PublishState::Unreachable);
        QVERIFY(!report.said.isEmpty());
        // Nobody listens on port 1.
        const PublishReport remote =
            publish(QStringLiteral("r1"), QStringLiteral("http://me:secret@127.0.0.1:1/pages.git"));
        QCOMPARE(remote.state, PublishState::Unreachable);
        QVERIFY2(!remote.fullText().contains(QStringLiteral("secret")), qPrintable(remote.fullText()));
        QVERIFY(!remote.repo.contains(QStringLiteral("secret")));
    }

    void aRepositoryThatWentAwayAfterTheFirstTime() {
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
        QVERIFY(QDir().rename(m_git->bare(), m_git->path(QStringLiteral("away.git"))));
        QCOMPARE(publish(QStringLiteral("r2")).state, PublishState::Unreachable);
        QVERIFY(QDir().rename(m_git->path(QStringLiteral("away.git")), m_git->bare()));
        QCOMPARE(publish(QStringLiteral("r2")).state, PublishState::Published);
    }

    void aBranchThatIsMissing() {
        m_git->git(m_git->bare(), {QStringLiteral("branch"), QStringLiteral("site"), QStringLiteral("main")});
        const PublishReport report = publishTo(QStringLiteral("gh-pages"), m_git->bare());
        QCOMPARE(report.state, PublishState::NoBranch);
        QVERIFY2(report.text.contains(QStringLiteral("no branch gh-pages")) &&
                     report.text.contains(QStringLiteral("It has: main, site.")),
                 qPrintable(report.text));
    }

    void aRepositoryWithoutACommitIsBegun_data() {
        QTest::addColumn<bool>("checkout");
        QTest::newRow("bare") << false;
        QTest::newRow("a checkout of it") << true;
    }

    void aRepositoryWithoutACommitIsBegun() {
        QFETCH(bool, checkout);
        const QString fresh = m_git->path(QStringLiteral("fresh.git"));
        const QString clone = m_git->path(QStringLiteral("fresh"));
        m_git->git(m_dir->path(),
                   {QStringLiteral("init"), QStringLiteral("--quiet"), QStringLiteral("--bare"), fresh});
        m_git->git(m_dir->path(), {QStringLiteral("clone"), QStringLiteral("--quiet"), fresh, clone});
        const QString repo = checkout ? clone : fresh;
        QVERIFY(publisher()
                    .look(repo, QStringLiteral("main"), {}, [](const QString &) { return Result<void>(); })
                    .ok());
        QVERIFY(m_git->git(fresh, {QStringLiteral("for-each-ref")}).isEmpty()); // looking begins nothing
        const PublishReport report = publishTo(QStringLiteral("main"), repo);
        QVERIFY2(report.state == PublishState::Published, qPrintable(report.fullText()));
        QCOMPARE(m_git->git(fresh, {QStringLiteral("show"), QStringLiteral("main:runs/r1/a.json")}),
                 QByteArray("{}"));
        QCOMPARE(publishTo(QStringLiteral("main"), repo).state, PublishState::Nothing);
    }

    void namesThatRunProgramsAreRefused_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("branch");
        QTest::addColumn<QString>("says");
        const QString main = QStringLiteral("main");
        QTest::newRow("ext") << QStringLiteral("ext::touch PWNED") << main << QStringLiteral("\"ext::\"");
        QTest::newRow("fd") << QStringLiteral("fd::17") << main << QStringLiteral("\"fd::\"");
        QTest::newRow("helper") << QStringLiteral("x://host/p") << main << QStringLiteral("\"x://\"");
        QTest::newRow("no name") << QStringLiteral("::touch PWNED") << main << QStringLiteral("\"::\"");
        QTest::newRow("proxy") << QStringLiteral("ssh://-oProxyCommand=touch PWNED/x") << main
                               << QStringLiteral("could not be reached");
        QTest::newRow("option") << QStringLiteral("--upload-pack=touch PWNED;git-upload-pack") << main
                                << QStringLiteral("could not be reached");
        const QString no = QStringLiteral("is no name of a branch");
        QTest::newRow("branch: option") << QString() << QStringLiteral("--upload-pack=touch PWNED")
                                        << QStringLiteral("is no name of a branch");
        QTest::newRow("branch: command") << QString() << QStringLiteral("$(touch PWNED)") << no;
        QTest::newRow("branch: line") << QString() << QStringLiteral("main\n") << no;
        QTest::newRow("branch: refspec") << QString() << QStringLiteral("main:refs/heads/x") << no;
        QTest::newRow("branch: climbs") << QString() << QStringLiteral("a/../../x") << no;
        QTest::newRow("branch: none") << QString() << QString() << no;
    }

    // Also where a person's settings allow it: an address may come from anywhere.
    void namesThatRunProgramsAreRefused() {
        QFETCH(QString, address);
        QFETCH(QString, branch);
        QFETCH(QString, says);
        append("[protocol]\nallow = always\n");
        const QString made = m_git->path(QStringLiteral("made"));
        const auto real = [&](QString text) { return text.replace(QStringLiteral("PWNED"), made); };
        const PublishReport report =
            publishTo(real(branch), address.isEmpty() ? m_git->bare() : real(address));
        QVERIFY(!report.ok());
        QVERIFY2(report.text.contains(says), qPrintable(report.fullText()));
        QVERIFY(!QFileInfo::exists(made));
    }

    // A daemon that serves to be read only, as it does by default.
    void aRepositoryThatTakesNoWrites() {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const QString port = QString::number(free.serverPort());
        free.close();
        QProcess daemon;
        daemon.start(QStringLiteral("git"),
                     {QStringLiteral("daemon"), QStringLiteral("--reuseaddr"), QStringLiteral("--export-all"),
                      QStringLiteral("--listen=127.0.0.1"), QStringLiteral("--port=") + port,
                      QStringLiteral("--base-path=") + m_dir->path(), m_dir->path()});
        const QString repo = QStringLiteral("git://127.0.0.1:%1/pages.git").arg(port);
        QByteArray out;
        QTRY_VERIFY(TestGit::tryGit(m_dir->path(), {QStringLiteral("ls-remote"), repo}, &out));
        const PublishReport report = publish(QStringLiteral("r1"), repo);
        daemon.terminate();
        QVERIFY(daemon.waitForFinished());
        QCOMPARE(report.step, PublishStep::Push);
        QCOMPARE(report.state, PublishState::NotAllowed);
        QVERIFY(report.said.contains(QStringLiteral("access denied")));
    }

    void aRepositoryThatShutsItsBranch() {
        for (const auto *setting : {"core.bare", "receive.denyNonFastForwards"})
            m_git->git(m_git->bare(),
                       {QStringLiteral("config"), QString::fromLatin1(setting), QStringLiteral("false")});
        const PublishReport report = publish(QStringLiteral("r1"));
        QCOMPARE(report.state, PublishState::NotAllowed);
        QVERIFY(report.said.contains(QStringLiteral("branch is currently checked out")));
    }

    void aCheckoutWithoutARemote() {
        const QString alone = m_git->path(QStringLiteral("alone"));
        m_git->git(m_dir->path(), {QStringLiteral("init"), QStringLiteral("--quiet"), alone});
        const PublishReport report = publish(QStringLiteral("r1"), alone);
        QCOMPARE(report.state, PublishState::NoBranch);
        QVERIFY(report.text.contains(QStringLiteral("git remote add origin")));
    }

    void aFolderThatIsNoRepositoryIsTold() {
        const QString plain = m_git->path(QStringLiteral("plain"));
        QVERIFY(QDir().mkpath(plain));
        const PublishReport report = publish(QStringLiteral("r1"), plain);
        QCOMPARE(report.state, PublishState::Failed);
        QVERIFY2(report.text.contains(QStringLiteral("does not take for a repository")),
                 qPrintable(report.text));
        const QString inside = m_git->clone(QStringLiteral("mine")) + QStringLiteral("/runs");
        QVERIFY(QDir().mkpath(inside));
        const PublishReport within = publish(QStringLiteral("r1"), inside);
        QCOMPARE(within.state, PublishState::Failed);
        QVERIFY2(within.text.contains(QStringLiteral("is a folder in the checkout")),
                 qPrintable(within.text));
    }

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

    void theSameByBothIsNoConflict() {
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
        publication.write = [](const QString &tree) -> Result<void> {
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

    void itIsTakenUpWhereverItWasKilled_data() {
        QTest::addColumn<QString>("hook");
        QTest::addColumn<QString>("step");
        QTest::newRow("writing") << QString() << QStringLiteral("write");
        QTest::newRow("committing") << QStringLiteral("pre-commit") << QStringLiteral("commit");
        QTest::newRow("committed") << QStringLiteral("post-commit") << QStringLiteral("commit");
        QTest::newRow("before the push") << QStringLiteral("pre-push") << QStringLiteral("push");
        QTest::newRow("in the push") << QStringLiteral("pre-receive") << QStringLiteral("push");
        QTest::newRow("after the push") << QStringLiteral("post-receive") << QStringLiteral("push");
        QTest::newRow("in the fetch") << QStringLiteral("fetch") << QStringLiteral("fetch");
        QTest::newRow("in the rebase") << QStringLiteral("post-rewrite") << QStringLiteral("rebase");
    }

    void itIsTakenUpWhereverItWasKilled() {
        QFETCH(QString, hook);
        QFETCH(QString, step);
        QCOMPARE(publish(QStringLiteral("r0")).state, PublishState::Published); // so that there is a tree
        const QString waits = m_git->path(QStringLiteral("waits"));
        const QByteArray wait = "touch '" + QFile::encodeName(waits) + "'; exec sleep 60\n";
        const QString own = m_git->path(QStringLiteral("hooks"));
        const bool there = hook.endsWith(QLatin1String("-receive"));
        if (hook == QLatin1String("fetch")) {
            m_git->pushFile(m_git->path(QStringLiteral("seed")), QStringLiteral("new"), "new");
            TestGit::write(m_git->path(QStringLiteral("pack")), "#!/bin/sh\n" + wait);
            QFile::setPermissions(m_git->path(QStringLiteral("pack")), QFile::ReadOwner | QFile::ExeOwner);
            append("[uploadpack]\npackObjectsHook = " +
                   QFile::encodeName(m_git->path(QStringLiteral("pack"))) + "\n");
        } else if (hook == QLatin1String("post-rewrite")) {
            raceOnce(m_git->clone(QStringLiteral("other")), QStringLiteral("runs/theirs/a.json"), "theirs");
            TestGit::writeHook(m_dir->path(), hook, wait);
        } else if (!hook.isEmpty()) {
            TestGit::writeHook(there ? m_git->bare() : m_dir->path(), hook, wait);
        }
        append("[core]\nhooksPath = " + QFile::encodeName(own) + "\n", !there);
        QProcess writer;
        writer.start(QStringLiteral(SLIPWAY_BIN_DIR "/publishwriter"),
                     {m_git->path(QStringLiteral("data")), m_git->bare(), QStringLiteral("w"),
                      QStringLiteral("1"), hook.isEmpty() ? waits : QString()});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(waits), 60'000);
        writer.kill();
        QVERIFY(writer.waitForFinished(30'000));
        const auto left = publisher().last(m_git->bare());
        QVERIFY(left);
        QCOMPARE(left->state, PublishState::Interrupted);
        QCOMPARE(publishStepName(left->step), step);
        TestGit::write(m_git->path(QStringLiteral("gitconfig")), m_settings);
        QDir(own).removeRecursively();
        QFile::remove(m_git->bare() + QStringLiteral("/hooks/") + hook);
        QFile::remove(waits);

        writer.start(
            QStringLiteral(SLIPWAY_BIN_DIR "/publishwriter"),
            {m_git->path(QStringLiteral("data")), m_git->bare(), QStringLiteral("w"), QStringLiteral("1")});
        QVERIFY(writer.waitForFinished(60'000));
        QVERIFY2(writer.exitCode() == 0, writer.readAllStandardError().constData());
        QCOMPARE(published(QStringLiteral("runs/w-r1/campaign-summary.json")),
                 QByteArray("{\"campaign_id\":\"w-r1\"}\n"));
        QCOMPARE(m_git->git(m_git->bare(), {QStringLiteral("rev-list"), QStringLiteral("--min-parents=2"),
                                            QStringLiteral("main")}),
                 QByteArray());
    }

    void linksOfATreeLeadNowhere() {
        const QString seed = m_git->path(QStringLiteral("seed"));
        QVERIFY(QDir().mkpath(m_git->path(QStringLiteral("outside"))));
        QVERIFY(QFile::link(m_git->path(QStringLiteral("outside")), seed + QStringLiteral("/runs")));
        m_git->pushFile(seed, QStringLiteral("more"), "x");
        Publication publication = run(QStringLiteral("r1"), m_git->bare());
        publication.write = [](const QString &tree) -> Result<void> {
            if (!QDir().mkpath(tree + QStringLiteral("/runs/r1")))
                return Error{ErrorCode::Io, QStringLiteral("runs is no folder.")};
            return {};
        };
        QCOMPARE(publisher().publish(publication, {}).state, PublishState::Failed);
        QVERIFY(QDir(m_git->path(QStringLiteral("outside"))).isEmpty());
    }

    void somebodyElsesLinkStays_data() {
        QTest::addColumn<QString>("place");
        QTest::newRow("a link for a run") << QStringLiteral("runs/r1");
        QTest::newRow("a link for a file") << QStringLiteral("runs/r1/a.json");
        QTest::newRow("a link for the list") << QStringLiteral("runs/index");
    }

    // git would take a file's bytes for the link's address.
    void somebodyElsesLinkStays() {
        QFETCH(QString, place);
        const QString seed = m_git->path(QStringLiteral("seed"));
        QVERIFY(QDir().mkpath(QFileInfo(seed + QLatin1Char('/') + place).path()));
        QVERIFY(QFile::link(QStringLiteral("../elsewhere"), seed + QLatin1Char('/') + place));
        m_git->pushFile(seed, QStringLiteral("more"), "x");
        const QByteArray before = tip();
        Publication publication = run(QStringLiteral("r1"), m_git->bare());
        publication.write = [write = publication.write](const QString &tree) {
            if (QFileInfo(tree + QStringLiteral("/runs/r1")).isFile())
                QFile::remove(tree + QStringLiteral("/runs/r1"));
            return write(tree);
        };
        const PublishReport report = publisher().publish(publication, {});
        QCOMPARE(report.state, PublishState::Conflict);
        QVERIFY2(report.text.startsWith(place + QStringLiteral(" is a symbolic link")),
                 qPrintable(report.text));
        QCOMPARE(tip(), before);
    }

    // git leaves what lies in one out, and says nothing.
    void nothingIsPublishedIntoASubmodule() {
        const QString seed = m_git->path(QStringLiteral("seed"));
        m_git->git(seed, {QStringLiteral("-c"), QStringLiteral("protocol.file.allow=always"),
                          QStringLiteral("submodule"), QStringLiteral("--quiet"), QStringLiteral("add"),
                          m_git->bare(), QStringLiteral("runs/r1")});
        m_git->pushFile(seed, QStringLiteral("more"), "x");
        const PublishReport report = publish(QStringLiteral("r1"));
        QCOMPARE(report.state, PublishState::Conflict);
        QVERIFY2(report.text.startsWith(QStringLiteral("runs/r1 is a submodule")), qPrintable(report.text));
        QCOMPARE(publish(QStringLiteral("r2")).state, PublishState::Published);
    }

    void lineEndsStayAsTheyAre() {
        append("[core]\nautocrlf = true\n");
        QCOMPARE(publishLines().state, PublishState::Published);
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("{\r\n}\r\n"));
        QCOMPARE(publishLines().state, PublishState::Nothing);
    }

    void attributesThatChangeEvidenceAreRefused() {
        const QString seed = m_git->path(QStringLiteral("seed"));
        m_git->pushFile(seed, QStringLiteral(".gitattributes"), "* text=auto\n");
        const QByteArray before = tip();
        const PublishReport report = publishLines();
        QCOMPARE(report.state, PublishState::Failed);
        QVERIFY2(report.text.contains(QStringLiteral("runs/r1/a.json")), qPrintable(report.text));
        QCOMPARE(tip(), before);
        m_git->pushFile(seed, QStringLiteral(".gitattributes"), "* text=auto\nruns/** -text -filter\n");
        QCOMPARE(publishLines().state, PublishState::Published); // what it said helps
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("{\r\n}\r\n"));
    }

    // Ignored by the repository or by the person: it is published all the same.
    void ignoredFilesArePublished() {
        m_git->pushFile(m_git->path(QStringLiteral("seed")), QStringLiteral(".gitignore"), "runs/\n*.json\n");
        QCOMPARE(publish(QStringLiteral("r1")).state, PublishState::Published);
        QCOMPARE(published(QStringLiteral("runs/r1/a.json")), QByteArray("{}"));
    }

    void credentialsAreMasked_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("masked");
        QTest::newRow("password") << QStringLiteral("to https://me:pw@host/x failed")
                                  << QStringLiteral("to https://***@host/x failed");
        QTest::newRow("token") << QStringLiteral("'https://ghp_abc@host/x'")
                               << QStringLiteral("'https://***@host/x'");
        QTest::newRow("an @ in it") << QStringLiteral("https://me:p@w@host/x")
                                    << QStringLiteral("https://***@host/x");
        QTest::newRow("none") << QStringLiteral("https://host/a@b git@host:x")
                              << QStringLiteral("https://host/a@b git@host:x");
    }

    void credentialsAreMasked() {
        QFETCH(QString, text);
        QTEST(withoutCredentials(text), "masked");
    }

private:
    [[nodiscard]] GitPublisher publisher() const { return GitPublisher(m_git->path(QStringLiteral("data"))); }

    [[nodiscard]] static Publication run(const QString &id, const QString &repo) {
        return {repo,
                QStringLiteral("main"),
                QStringLiteral("Publish ") + id,
                [id](const QString &tree) -> Result<void> {
                    TestGit::write(tree + QStringLiteral("/runs/%1/a.json").arg(id), "{}");
                    const QStringList ids = QDir(tree + QStringLiteral("/runs"))
                                                .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
                    TestGit::write(tree + QStringLiteral("/runs/index"),
                                   ids.join(QLatin1Char('\n')).toUtf8() + '\n');
                    return {};
                },
                {QStringLiteral("runs/index")}};
    }

    [[nodiscard]] PublishReport publish(const QString &id, const QString &repo = {}) const {
        return publisher().publish(run(id, repo.isEmpty() ? m_git->bare() : repo), {});
    }

    [[nodiscard]] PublishReport publishTo(const QString &branch, const QString &repo) const {
        Publication publication = run(QStringLiteral("r1"), repo);
        publication.branch = branch;
        return publisher().publish(publication, {});
    }

    [[nodiscard]] PublishReport publishLines() const {
        Publication publication = run(QStringLiteral("r1"), m_git->bare());
        publication.write = [](const QString &tree) -> Result<void> {
            TestGit::write(tree + QStringLiteral("/runs/r1/a.json"), "{\r\n}\r\n");
            return {};
        };
        return publisher().publish(publication, {});
    }

    [[nodiscard]] QByteArray published(const QString &name) const {
        QByteArray bytes;
        return TestGit::tryGit(m_git->bare(), {QStringLiteral("show"), QStringLiteral("main:") + name},
                               &bytes)
                   ? bytes
                   : QByteArray();
    }

    [[nodiscard]] QByteArray tip() const {
        return m_git->git(m_git->bare(), {QStringLiteral("rev-parse"), QStringLiteral("main")}).trimmed();
    }

    void append(const QByteArray &settings, bool wanted = true) {
        QFile file(m_git->path(QStringLiteral("gitconfig")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (m_settings.isEmpty())
            m_settings = file.readAll();
        file.seek(file.size());
        if (wanted)
            file.write(settings);
    }

    // A hook of ours that pushes another's commit just before our push, by `script` in the checkout `other`.
    void race(const QString &other, const QByteArray &script, bool once) {
        const QByteArray own = QFile::encodeName(m_git->path(QStringLiteral("hooks")));
        append("[core]\nhooksPath = " + own + "\n");
        TestGit::writeHook(
            m_dir->path(), QStringLiteral("pre-push"),
            "[ -z \"$RACING\" ] || exit 0\nexport RACING=1\nunset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE\n"
            "other='" +
                QFile::encodeName(other) + "'\n" + (once ? "rm \"$0\"\n" : "") +
                "cd \"$other\" && git pull --quiet --rebase origin main\n" + script +
                "git add --all && git commit --quiet --message=theirs\n"
                "git push --quiet origin HEAD:refs/heads/main\nexit 0\n");
    }

    void raceOnce(const QString &other, const QString &name, const QByteArray &bytes) {
        TestGit::write(m_git->path(QStringLiteral("bytes")), bytes);
        race(other,
             "mkdir -p \"$(dirname '" + name.toUtf8() + "')\"\ncp '" +
                 QFile::encodeName(m_git->path(QStringLiteral("bytes"))) + "' '" + name.toUtf8() + "'\n",
             true);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<TestGit> m_git;
    QByteArray m_settings;
};

QTEST_GUILESS_MAIN(GitPublisherTest)
#include "tst_gitpublisher.moc"
