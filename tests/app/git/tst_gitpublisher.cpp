// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitprogram.h"
#include "tests/app/git/gitsuite.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

using namespace slipway;
using slipway::test::GitSuite;
using slipway::test::TestGit;

// Against real repositories with real hooks.
class GitPublisherTest : public GitSuite {
    Q_OBJECT
private Q_SLOTS:
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

    // A look pushes nothing: it needs nobody's name, and says nothing of pushing again.
    void lookingNeedsNoIdentity() {
        const QString fresh = m_git->path(QStringLiteral("fresh.git"));
        m_git->git(m_dir->path(),
                   {QStringLiteral("init"), QStringLiteral("--quiet"), QStringLiteral("--bare"), fresh});
        append("[user]\nname =\nemail =\nuseConfigOnly = true\n");
        for (const QString &repo : {fresh, m_git->bare()}) {
            const PublishReport looked = publisher().look(repo, QStringLiteral("main"), {},
                                                          [](const QString &) { return Result<void>(); });
            QVERIFY2(looked.ok(), qPrintable(looked.fullText()));
        }
        QVERIFY(publishTo(QStringLiteral("main"), fresh).fullText().contains(QStringLiteral("who you are")));
        TestGit::write(m_git->path(QStringLiteral("gitconfig")), "[push\n");
        const PublishReport broken = publisher().look(fresh, QStringLiteral("main"), {},
                                                      [](const QString &) { return Result<void>(); });
        TestGit::write(m_git->path(QStringLiteral("gitconfig")), m_settings);
        QVERIFY(!broken.ok());
        QVERIFY2(!broken.fullText().contains(QStringLiteral("push again")) &&
                     broken.fullText().contains(QStringLiteral("bad config line")),
                 qPrintable(broken.fullText()));
    }

    // Whoever clones it would see nothing.
    void aFirstBranchThatHeadDoesNotNameIsReported() {
        const auto reported = [&](const QString &head) {
            const QString fresh = m_git->path(head + QStringLiteral(".git"));
            m_git->git(m_dir->path(),
                       {QStringLiteral("init"), QStringLiteral("--quiet"), QStringLiteral("--bare"),
                        QStringLiteral("--initial-branch=") + head, fresh});
            const PublishReport report = publishTo(QStringLiteral("main"), fresh);
            return report.state == PublishState::Published ? report.fullText()
                                                           : QStringLiteral("not published");
        };
        QVERIFY(reported(QStringLiteral("trunk"))
                    .contains(QStringLiteral("git symbolic-ref HEAD refs/heads/main")));
        QVERIFY(!reported(QStringLiteral("main")).contains(QStringLiteral("HEAD")));
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
        const QString no = QStringLiteral("is not a valid branch name");
        QTest::newRow("branch: option") << QString() << QStringLiteral("--upload-pack=touch PWNED")
                                        << QStringLiteral("is not a valid branch name");
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

    void aFolderThatIsNotARepositoryIsReported() {
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
};

QTEST_GUILESS_MAIN(GitPublisherTest)
#include "tst_gitpublisher.moc"
