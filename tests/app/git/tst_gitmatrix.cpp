// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/gitsuite.h"

#include <QFile>
#include <QTest>

#include <cstdio>

using namespace slipway;
using slipway::test::GitSuite;
using slipway::test::TestGit;

namespace {

const QByteArray kLf = "{\n  \"a\": \"$Id$ $Format:%H$\"\n}\n";
const QByteArray kCrLf = "one\r\ntwo\n\xff\xfe";

} // namespace

// Settings, attributes, hooks and variables of a person or a repository, and what a clone on another machine
// then holds: the judged bytes, or nothing new and a refusal that names what stands in the way.
class GitMatrixTest : public GitSuite {
    Q_OBJECT
private Q_SLOTS:
    void aCloneHoldsTheJudgedBytesOrNothing_data() {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("attributes"); // "PATH\nLINES" in the repository
        QTest::addColumn<QByteArray>("hook");       // "NAME\nSCRIPT" of the person
        QTest::addColumn<QByteArray>("variable");   // "NAME=VALUE"
        QTest::addColumn<QString>("refusal");       // a part of its text; empty: the bytes arrive
        const auto row = [](const char *name, const QByteArray &settings, const QString &refusal = {}) {
            QTest::newRow(name) << settings << QByteArray() << QByteArray() << QByteArray() << refusal;
        };
        const auto attributes = [](const char *name, const QByteArray &lines, const QString &refusal) {
            QTest::newRow(name) << QByteArray() << lines << QByteArray() << QByteArray() << refusal;
        };
        const auto hook = [](const char *name, const QByteArray &script, const QString &refusal = {}) {
            QTest::newRow(name) << QByteArray() << QByteArray() << script << QByteArray() << refusal;
        };
        const auto variable = [](const char *name, const QByteArray &value, const QString &refusal = {}) {
            QTest::newRow(name) << QByteArray() << QByteArray() << QByteArray() << value << refusal;
        };
        row("nothing special", "");
        row("push.pushOption", "[push]\npushOption = ci.skip\n");
        row("push.default=nothing", "[push]\ndefault = nothing\n");
        row("push.followTags", "[push]\nfollowTags = true\n");
        row("push.recurseSubmodules=only", "[push]\nrecurseSubmodules = only\n");
        row("submodule.recurse", "[submodule]\nrecurse = true\n");
        row("remote.origin.mirror", "[remote \"origin\"]\nmirror = true\n");
        row("remote.origin.push", "[remote \"origin\"]\npush = +refs/heads/*:refs/heads/stolen/*\n");
        row("remote.pushDefault", "[remote]\npushDefault = elsewhere\n");
        row("remote.origin.vcs", "[remote \"origin\"]\nvcs = nothing\n");
        row("tag.gpgSign", "[tag]\ngpgSign = true\n");
        row("commit.gpgSign without a key", "[commit]\ngpgSign = true\n[gpg]\nprogram = /bin/false\n",
            QStringLiteral("gpg failed to sign"));
        row("core.autocrlf", "[core]\nautocrlf = true\n");
        row("core.autocrlf=input, safecrlf", "[core]\nautocrlf = input\nsafecrlf = true\n");
        row("core.eol=crlf", "[core]\neol = crlf\n");
        row("core.attributesFile", "[core]\nattributesFile = ATTRIBUTES\n");
        row("core.excludesFile", "[core]\nexcludesFile = ATTRIBUTES\n");
        row("core.fileMode=false", "[core]\nfileMode = false\n");
        row("core.symlinks, precomposeUnicode", "[core]\nsymlinks = true\nprecomposeUnicode = true\n");
        row("core.quotePath", "[core]\nquotePath = true\n");
        row("core.sparseCheckout",
            "[core]\nsparseCheckout = true\nsparseCheckoutCone = true\n[index]\nsparse = true\n");
        row("core.commentChar, editor, pager",
            "[core]\ncommentChar = P\neditor = /bin/false\npager = /bin/false\n");
        row("core.fsmonitor", "[core]\nfsmonitor = /bin/false\n");
        row("core.hooksPath to nothing", "[core]\nhooksPath = /nonexistent\n");
        row("commit.cleanup, template",
            "[commit]\ncleanup = verbatim\ntemplate = /nonexistent\nverbose = true\n");
        row("i18n.commitEncoding", "[i18n]\ncommitEncoding = ISO-8859-1\n");
        row("init.templateDir", "[init]\ntemplateDir = TEMPLATE\ndefaultBranch = trunk\n");
        row("fetch.prune, fsckObjects",
            "[fetch]\nprune = true\nfsckObjects = true\nrecurseSubmodules = true\n");
        row("transfer.hideRefs", "[transfer]\nhideRefs = refs/heads\n");
        row("alias", "[alias]\ncommit = \"!false\"\npush = \"!false\"\nadd = \"!false\"\n");
        row("rebase, pull, merge, rerere", "[rebase]\nautoStash = true\nautoSquash = true\n[pull]\nrebase = "
                                           "interactive\n[merge]\nff = only\n"
                                           "[rerere]\nenabled = true\n");
        row("log.showSignature, color, advice",
            "[log]\nshowSignature = true\n[color]\nui = always\n[advice]\ndetachedHead = "
            "true\n[diff]\nnoprefix = true\n"
            "external = /bin/false\nmnemonicPrefix = true\n");
        row("url.insteadOf", "[url \"BARE\"]\ninsteadOf = BARE\n");
        row("status.showUntrackedFiles=no", "[status]\nshowUntrackedFiles = no\n");
        row("filter.*.clean",
            "[filter \"upper\"]\nclean = tr a-z A-Z\nsmudge = tr a-z A-Z\nrequired = true\n");
        row("user.useConfigOnly", "[user]\nuseConfigOnly = true\n");
        row("no identity", "[user]\nname =\nemail =\nuseConfigOnly = true\n",
            QStringLiteral("does not know who you are"));
        row("settings that cannot be read", "[push\n", QStringLiteral("bad config line"));

        const QString at = QStringLiteral("line 1 of ");
        attributes("text=auto", ".gitattributes\n* text=auto\n",
                   at + QStringLiteral(".gitattributes (* text=auto)"));
        attributes("eol=crlf", ".gitattributes\n* eol=crlf\n", at);
        attributes("text eol=crlf", ".gitattributes\n* text eol=crlf\n", at);
        attributes("crlf", ".gitattributes\n* crlf\n", at);
        attributes("ident", ".gitattributes\n*.json ident\n", at);
        attributes("filter", ".gitattributes\nruns/** filter=upper\n", at);
        attributes("lfs", ".gitattributes\n*.bin filter=lfs diff=lfs merge=lfs -text\n", at);
        attributes("working-tree-encoding", ".gitattributes\nruns/r1/** working-tree-encoding=UTF-16\n", at);
        attributes("export-subst", ".gitattributes\nruns/** export-subst\n", at);
        attributes("export-ignore", ".gitattributes\n/runs/** export-ignore\n", at);
        attributes("export-ignore of the folder", ".gitattributes\n/runs export-ignore\n",
                   QStringLiteral("leave runs/ out: line 1 of .gitattributes (/runs export-ignore)"));
        attributes("export-ignore of a run", ".gitattributes\n*.txt export-ignore\nr1/ export-ignore\n",
                   QStringLiteral("leave runs/r1/ out: line 2 of .gitattributes (r1/ export-ignore)"));
        attributes("export-ignore of others", ".gitattributes\n/docs export-ignore\n*.md export-ignore\n",
                   {});
        attributes("export-ignore, what is advised",
                   ".gitattributes\n/runs export-ignore\n/runs -export-ignore\n", {});
        attributes("a macro", ".gitattributes\n[attr]win text eol=crlf\n*.json win\n",
                   QStringLiteral("line 2 of .gitattributes (*.json win)"));
        attributes("nested", "runs/r1/.gitattributes\n*.json text eol=crlf\n",
                   at + QStringLiteral("runs/r1/.gitattributes"));
        attributes("merge=union", ".gitattributes\n* merge=union\n", {});
        attributes("what is advised",
                   "runs/.gitattributes\n* text=auto\n* -text !eol -ident -filter "
                   "!working-tree-encoding -export-subst -export-ignore\n",
                   {});
        attributes("-text above", ".gitattributes\n* text=auto eol=crlf\nruns/** -text\n", {});
        attributes("another folder's", ".gitattributes\ndocs/** text eol=crlf\n", {});

        const QString changed = QStringLiteral("The hook %1 in ");
        hook("pre-commit formats", "pre-commit\necho >>runs/r1/a.json\ngit add runs/r1/a.json\n",
             changed.arg(QStringLiteral("pre-commit")));
        hook("pre-commit adds", "pre-commit\necho >new\ngit add new\n",
             changed.arg(QStringLiteral("pre-commit")));
        hook("pre-commit takes away", "pre-commit\ngit rm -q --cached runs/r1/b.bin\n",
             changed.arg(QStringLiteral("pre-commit")));
        hook("pre-commit touches the tree alone", "pre-commit\necho >>runs/r1/a.json\n");
        hook("pre-commit hides", "pre-commit\ngit update-index --skip-worktree runs/r1/a.json\n");
        hook("pre-commit refuses", "pre-commit\necho no >&2\nexit 1\n", QStringLiteral("no"));
        hook("prepare-commit-msg stages",
             "prepare-commit-msg\necho >>runs/r1/a.json\ngit add runs/r1/a.json\n");
        hook("commit-msg rewords", "commit-msg\necho signed-off >>\"$1\"\n");
        hook("post-commit amends",
             "post-commit\n[ -z \"$AGAIN\" ] || exit 0\nexport AGAIN=1\necho >>runs/r1/a.json\ngit commit "
             "-qam more --amend\n",
             changed.arg(QStringLiteral("post-commit")));
        hook("post-commit commits",
             "post-commit\n[ -z \"$AGAIN\" ] || exit 0\nexport AGAIN=1\ngit commit -qm more --allow-empty\n",
             changed.arg(QStringLiteral("post-commit")));
        hook("post-checkout rewrites", "post-checkout\necho >>README.md\necho >>runs/old/a.json\n");
        hook("pre-push moves HEAD", "pre-push\ngit commit -q --allow-empty --no-verify -m more\n");
        hook("pre-push refuses", "pre-push\necho not now >&2\nexit 1\n", QStringLiteral("not now"));

        variable("GIT_DIR", "GIT_DIR=/nonexistent");
        variable("GIT_INDEX_FILE", "GIT_INDEX_FILE=/nonexistent/index");
        variable("GIT_CONFIG_PARAMETERS", "GIT_CONFIG_PARAMETERS='core.autocrlf=true' 'push.pushOption=x'");
        variable("GIT_ATTR_SOURCE", "GIT_ATTR_SOURCE=main");
        variable("GIT_EXTERNAL_DIFF", "GIT_EXTERNAL_DIFF=/bin/false");
        variable("GIT_LITERAL_PATHSPECS", "GIT_LITERAL_PATHSPECS=1");
        variable("GIT_TRACE", "GIT_TRACE=1");
        variable("GIT_QUARANTINE_PATH", "GIT_QUARANTINE_PATH=/nonexistent");
        variable("LC_ALL", "LC_ALL=de_DE.UTF-8");
        variable("LANGUAGE", "LANGUAGE=de");
        variable("TZ", "TZ=America/New_York");
    }

    void aCloneHoldsTheJudgedBytesOrNothing() {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, attributes);
        QFETCH(QByteArray, hook);
        QFETCH(QByteArray, variable);
        QFETCH(QString, refusal);
        const QString seed = m_git->path(QStringLiteral("seed"));
        m_git->pushFile(seed, QStringLiteral("runs/old/a.json"), "old\n");
        if (!attributes.isEmpty())
            m_git->pushFile(seed, QString::fromUtf8(attributes.left(attributes.indexOf('\n'))),
                            attributes.mid(attributes.indexOf('\n') + 1));
        const QString checkout = m_git->clone(QStringLiteral("mine"));
        if (!hook.isEmpty())
            TestGit::writeHook(checkout + QStringLiteral("/.git"),
                               QString::fromUtf8(hook.left(hook.indexOf('\n'))),
                               hook.mid(hook.indexOf('\n') + 1));
        m_git->git(checkout, {QStringLiteral("tag"), QStringLiteral("-a"), QStringLiteral("v1"),
                              QStringLiteral("-m"), QStringLiteral("one")});
        TestGit::write(m_git->path(QStringLiteral("attributes")), "* text eol=crlf ident\n*.json\n");
        TestGit::write(m_git->path(QStringLiteral("template/info/attributes")), "* text eol=crlf\n");
        settings.replace("ATTRIBUTES", QFile::encodeName(m_git->path(QStringLiteral("attributes"))));
        settings.replace("TEMPLATE", QFile::encodeName(m_git->path(QStringLiteral("template"))));
        settings.replace("BARE", QFile::encodeName(m_git->bare()));
        const QByteArray before = refs();
        append(settings);
        const QByteArray name = variable.left(variable.indexOf('='));
        const QByteArray was = qgetenv(name.isEmpty() ? "PATH" : name.constData());
        if (!name.isEmpty())
            qputenv(name.constData(), variable.mid(variable.indexOf('=') + 1));
        const PublishReport report = publisher().publish(evidence(checkout), {});
        if (!name.isEmpty() && was.isNull())
            qunsetenv(name.constData());
        else if (!name.isEmpty())
            qputenv(name.constData(), was);
        if (!m_settings.isEmpty())
            TestGit::write(m_git->path(QStringLiteral("gitconfig")), m_settings);

        std::printf("%-36s %s\n", QTest::currentDataTag(),
                    report.ok() ? "the judged bytes"
                                : qPrintable(QStringLiteral("refused: ") + report.fullText().left(110)));
        if (!refusal.isEmpty()) {
            QVERIFY(!report.ok());
            QVERIFY2(report.fullText().contains(refusal), qPrintable(report.fullText()));
            QCOMPARE(refs(), before);
            ++s_refused;
            return;
        }
        QVERIFY2(report.state == PublishState::Published, qPrintable(report.fullText()));
        const QString clone = m_git->path(QStringLiteral("clone"));
        m_git->git(m_dir->path(), {QStringLiteral("clone"), QStringLiteral("--quiet"), m_git->bare(), clone});
        QCOMPARE(bytesOf(clone + QStringLiteral("/runs/r1/a.json")), kLf);
        QCOMPARE(bytesOf(clone + QStringLiteral("/runs/r1/b.bin")), kCrLf);
        QCOMPARE(published(QStringLiteral("runs/old/a.json")), QByteArray("old\n"));
        const QByteArray archive =
            m_git->git(m_git->bare(), {QStringLiteral("archive"), QStringLiteral("main")});
        QVERIFY(archive.contains("runs/r1/a.json") && archive.contains("runs/r1/b.bin"));
        // One commit on the branch, and no other ref.
        QCOMPARE(m_git->git(m_git->bare(), {QStringLiteral("rev-parse"), QStringLiteral("main^")}).trimmed(),
                 before.left(before.indexOf(' ')));
        QCOMPARE(refs().count('\n'), before.count('\n'));
        ++s_bytes;
    }

    void cleanupTestCase() {
        std::printf("git matrix: %d rows, %d with the judged bytes in a clone, %d refused by name\n",
                    s_bytes + s_refused, s_bytes, s_refused);
    }

private:
    static QByteArray bytesOf(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }
    QByteArray refs() const { return m_git->git(m_git->bare(), {QStringLiteral("for-each-ref")}); }
    static Publication evidence(const QString &repo) {
        return {repo,
                QStringLiteral("main"),
                QStringLiteral("Publish r1"),
                [](const QString &tree) -> Result<JudgedFiles> {
                    TestGit::write(tree + QStringLiteral("/runs/r1/a.json"), kLf);
                    TestGit::write(tree + QStringLiteral("/runs/r1/b.bin"), kCrLf);
                    return JudgedFiles{{"runs/r1/a.json", blobIdOf(kLf)}, {"runs/r1/b.bin", blobIdOf(kCrLf)}};
                },
                {}};
    }

    inline static int s_bytes = 0;
    inline static int s_refused = 0;
};

QTEST_GUILESS_MAIN(GitMatrixTest)
#include "tst_gitmatrix.moc"
