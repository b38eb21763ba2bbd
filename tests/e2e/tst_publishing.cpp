// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/testgit.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using slipway::test::TestGit;

namespace {

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there: ") + path.toUtf8();
}

// As it may be published: the samples hold one kind of secret, the password in a database's address.
QByteArray published(QByteArray bytes) {
    for (qsizetype at = bytes.indexOf("postgres://"); at >= 0; at = bytes.indexOf("postgres://", at + 1)) {
        const qsizetype from = bytes.indexOf(':', at + 11) + 1;
        const qsizetype to = bytes.indexOf('@', at);
        bytes.replace(from, to - from, QByteArray(to - from, '*'));
    }
    return bytes;
}

} // namespace

// From published folders into the archive and out again into a repository, by the programs that people use.
class PublishingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QDir(m_samples).exists(), "the published samples are not next to the source");
        QCOMPARE(run({QStringLiteral("import"), m_samples}), 0);
    }

    void everySampleIsPushedByteForByte() {
        QVERIFY2(publishAll() == 0, m_said.constData());
        const QString checkout = m_git.clone(QStringLiteral("reader"));
        const QDir runs(m_samples + QStringLiteral("/runs"));
        const QStringList ids = runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(ids.size() > 15);
        for (const QString &id : ids) {
            const QDir folder(runs.filePath(id));
            const QDir out(checkout + QStringLiteral("/runs/") + id);
            for (const QString &name : folder.entryList(QDir::Files))
                QCOMPARE(bytesOf(out.filePath(name)), published(bytesOf(folder.filePath(name))));
            for (const QString &name : {QStringLiteral("index.html"), QStringLiteral("checks.json"),
                                        QStringLiteral("evidence-manifest.json")})
                QVERIFY2(out.exists(name), qPrintable(out.filePath(name)));
        }
        QVERIFY(QFile::exists(checkout + QStringLiteral("/runs/index.json")));
    }

    void aSecondPushPushesNothing() {
        QCOMPARE(publishAll(), 0);
        const QByteArray before =
            m_git.git(m_git.bare(), {QStringLiteral("rev-parse"), QStringLiteral("main")});
        QCOMPARE(publishAll(), 0);
        QVERIFY2(m_said.contains("nothing was pushed"), m_said.constData());
        QCOMPARE(m_git.git(m_git.bare(), {QStringLiteral("rev-parse"), QStringLiteral("main")}), before);
    }

    void aDryPushShowsAndChangesNothing() {
        TestGit fresh(m_dir.filePath(QStringLiteral("dry")));
        const QStringList dry{QStringLiteral("export"), m_one,
                              QStringLiteral("--to"),   fresh.bare(),
                              QStringLiteral("--push"), QStringLiteral("--dry-run")};
        const QByteArray before = refsOf(fresh);
        QCOMPARE(run(dry), 0);
        QVERIFY2(m_said.contains("added") && m_said.contains("runs/" + m_one.toUtf8() + "/phase2.json") &&
                     m_said.contains("nothing was written"),
                 m_said.constData());
        QCOMPARE(refsOf(fresh), before);
        QVERIFY(!m_said.contains("README.md"));
        const QStringList push{QStringLiteral("export"), m_one, QStringLiteral("--to"), fresh.bare(),
                               QStringLiteral("--push")};
        QCOMPARE(run(push), 0);
        QVERIFY(refsOf(fresh) != before);
        QCOMPARE(run(dry), 0);
        QVERIFY2(m_said.contains("nothing would change"), m_said.constData());
        // Against what the branch is now, not what it was when it was last pushed to.
        fresh.pushFile(fresh.clone(QStringLiteral("other")), QStringLiteral("runs/index.json"),
                       "{\"schema\": \"slipway-runs/1\"}\n");
        const QByteArray theirs = refsOf(fresh);
        QCOMPARE(run(dry + QStringList{QStringLiteral("--diff")}), 0);
        QVERIFY2(m_said.contains("changed") && m_said.contains("runs/index.json") &&
                     m_said.contains("    - {\"schema\""),
                 m_said.constData());
        QCOMPARE(run(dry + QStringList{QStringLiteral("--json")}), 0);
        QVERIFY(m_said.contains("\"dry_run\": true"));
        QCOMPARE(run(push + QStringList{QStringLiteral("--diff")}), 2); // it would show nothing
        QVERIFY2(m_said.contains("--dry-run"), m_said.constData());
        QCOMPARE(refsOf(fresh), theirs);
    }

    void aDryPushToNowhereSaysSo() {
        QCOMPARE(run({QStringLiteral("export"), m_one, QStringLiteral("--to"),
                      m_dir.filePath(QStringLiteral("no.git")), QStringLiteral("--push"),
                      QStringLiteral("--dry-run")}),
                 4);
        QVERIFY2(m_said.contains("could not be reached"), m_said.constData());
    }

    // What another writer put there since is not gone by pushing again.
    void othersBytesAreNotReplacedUnasked() {
        TestGit fresh(m_dir.filePath(QStringLiteral("others")));
        const QStringList push{QStringLiteral("export"), m_one, QStringLiteral("--to"), fresh.bare(),
                               QStringLiteral("--push")};
        QCOMPARE(run(push), 0);
        const QString file = QStringLiteral("runs/%1/phase2.json").arg(m_one);
        const QString checkout = fresh.clone(QStringLiteral("other"));
        const QByteArray corrected = bytesOf(checkout + QLatin1Char('/') + file) + "\n";
        fresh.pushFile(checkout, file, corrected);
        const QByteArray theirs = refsOf(fresh);
        for (int time = 0; time < 2; ++time) { // also when it is said again
            QCOMPARE(run(push), 4);
            QVERIFY2(m_said.contains(file.toUtf8()) && m_said.contains("somebody else wrote it"),
                     m_said.constData());
            QCOMPARE(refsOf(fresh), theirs);
        }
        QCOMPARE(run(push + QStringList{QStringLiteral("--dry-run")}), 4);
        QCOMPARE(run(push + QStringList{QStringLiteral("--replace")}), 0);
        QVERIFY2(m_said.contains("replaces what somebody else wrote"), m_said.constData());
        QVERIFY(fresh.git(fresh.bare(), {QStringLiteral("show"), QStringLiteral("main:") + file}) !=
                corrected);
        QCOMPARE(fresh.git(fresh.bare(), {QStringLiteral("show"), QStringLiteral("main~1:") + file}),
                 corrected);
    }

    void aCorrectionThatWasImportedIsPublished() {
        TestGit fresh(m_dir.filePath(QStringLiteral("corrected")));
        const QString data = m_dir.filePath(QStringLiteral("data-corrected"));
        QCOMPARE(run({QStringLiteral("import"), m_samples}, data), 0);
        const QStringList push{QStringLiteral("export"), m_one, QStringLiteral("--to"), fresh.bare(),
                               QStringLiteral("--push")};
        QCOMPARE(run(push, data), 0);
        const QString file = QStringLiteral("runs/%1/phase2.json").arg(m_one);
        const QString checkout = fresh.clone(QStringLiteral("other"));
        const QByteArray corrected = bytesOf(checkout + QLatin1Char('/') + file) + "\n";
        fresh.pushFile(checkout, file, corrected);
        QCOMPARE(run(push, data), 4);
        QCOMPARE(run({QStringLiteral("import"), checkout}, data), 0);
        QVERIFY2(run(push, data) == 0, m_said.constData());
        QCOMPARE(fresh.git(fresh.bare(), {QStringLiteral("show"), QStringLiteral("main:") + file}),
                 corrected);
    }

    // What is written here and what is written there of one campaign are both kept, member by member.
    void twoWritersOfOneNarrative() {
        TestGit fresh(m_dir.filePath(QStringLiteral("narrative")));
        const QString file = QStringLiteral("analysis/run-insights.json");
        const auto published = [&] {
            return fresh.git(fresh.bare(), {QStringLiteral("show"), QStringLiteral("main:") + file});
        };
        const auto set = [&](const char *field, const char *text) {
            return run({QStringLiteral("insight"), m_one, QStringLiteral("set"), QString::fromLatin1(field),
                        QString::fromUtf8(text)});
        };
        const QStringList push{QStringLiteral("insight"), m_one,        QStringLiteral("export"),
                               QStringLiteral("--to"),    fresh.bare(), QStringLiteral("--push")};
        fresh.pushFile(fresh.clone(QStringLiteral("first")), file,
                       bytesOf(m_samples + QLatin1Char('/') + file));
        QCOMPARE(set("verdict", "Mine, and only mine."), 0);
        QCOMPARE(run(push), 0);
        const QByteArray mine = published();
        QVERIFY(mine.contains("Mine, and only mine."));
        const QString checkout = fresh.clone(QStringLiteral("second"));
        QByteArray theirs = mine;
        const qsizetype key = theirs.indexOf("\"verdict\": \"Mine");
        theirs.insert(key, "\"reviewed_by\": {\"name\":   \"Ada\"}, ");
        fresh.pushFile(checkout, file, theirs);
        QCOMPARE(set("verdict", "Mine again."), 0);
        QCOMPARE(run(push), 0);
        QVERIFY2(published().contains("Mine again.") &&
                     published().contains("\"reviewed_by\": {\"name\":   \"Ada\"}, "),
                 published().constData());
        QByteArray both = published();
        both.replace("Mine again.", "Theirs.");
        fresh.pushFile(checkout, file, both);
        QCOMPARE(set("verdict", "Mine, a third time."), 0);
        QCOMPARE(run(push), 4);
        QVERIFY2(m_said.contains("verdict"), m_said.constData());
        QVERIFY(published().contains("Theirs."));
        QCOMPARE(run(push + QStringList{QStringLiteral("--replace")}), 0);
        QVERIFY(published().contains("Mine, a third time."));
    }

    void whatIsNotAnEntryIsNotReplacedUnasked() {
        TestGit fresh(m_dir.filePath(QStringLiteral("no-entry")));
        const QString file = QStringLiteral("analysis/run-insights.json");
        const QByteArray theirs = "{\n  \"" + m_one.toUtf8() + "\": \"see the wiki\"\n}\n";
        fresh.pushFile(fresh.clone(QStringLiteral("first")), file, theirs);
        QCOMPARE(run({QStringLiteral("insight"), m_one, QStringLiteral("export"), QStringLiteral("--to"),
                      fresh.bare(), QStringLiteral("--push")}),
                 4);
        QVERIFY2(m_said.contains("not an entry"), m_said.constData());
        QCOMPARE(fresh.git(fresh.bare(), {QStringLiteral("show"), QStringLiteral("main:") + file}), theirs);
    }

    // Somebody else writes while an editor is open.
    void anEditorThatWasOpenMeanwhileLosesNothing() {
        const auto field = [&](const char *name) {
            run({QStringLiteral("insight"), m_one, QStringLiteral("show"), QStringLiteral("--json")});
            return QJsonDocument::fromJson(m_said)
                .object()
                .value(QLatin1String("insight"))
                .toObject()
                .value(QLatin1String(name))
                .toString();
        };
        const QString editor = m_dir.filePath(QStringLiteral("editor"));
        const auto edit = [&](const QByteArray &meanwhile) {
            TestGit::write(editor, "#!/bin/sh\n'" + testPaths::program("slipwayctl").toUtf8() +
                                       "' --data-dir '" + m_dir.filePath(QStringLiteral("data")).toUtf8() +
                                       "' insight " + m_one.toUtf8() + " set " + meanwhile +
                                       " 'Written meanwhile.'\nprintf 'From the editor.' >\"$1\"\n");
            QFile::setPermissions(editor, QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
            qputenv("VISUAL", editor.toUtf8());
            return run(
                {QStringLiteral("insight"), m_one, QStringLiteral("edit"), QStringLiteral("headline")});
        };
        QVERIFY2(edit("next_run_change") == 0, m_said.constData());
        QCOMPARE(field("headline"), QStringLiteral("From the editor."));
        QCOMPARE(field("next_run_change"), QStringLiteral("Written meanwhile."));
        QCOMPARE(run({QStringLiteral("insight"), m_one, QStringLiteral("set"), QStringLiteral("headline"),
                      QStringLiteral("Before.")}),
                 0);
        QCOMPARE(edit("headline"), 4);
        QVERIFY2(m_said.contains("both changed: headline"), m_said.constData());
        QCOMPARE(field("headline"), QStringLiteral("Written meanwhile."));
        qunsetenv("VISUAL");
    }

    void aRefusalIsReportedAndTheSameCommandGoesOn() {
        TestGit fresh(m_dir.filePath(QStringLiteral("refusing")));
        TestGit::writeHook(fresh.bare(), QStringLiteral("pre-receive"),
                           "echo 'not on a Friday' >&2; exit 1\n");
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), fresh.bare(),
                      QStringLiteral("--push")}),
                 4);
        QVERIFY2(m_said.contains("not on a Friday"), m_said.constData());
        TestGit::writeHook(fresh.bare(), QStringLiteral("pre-receive"), "exit 0\n");
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), fresh.bare(),
                      QStringLiteral("--push")}),
                 0);
    }

    void aReleaseStandsOnWhatIsProven() {
        const QStringList release{QStringLiteral("release"),    QStringLiteral("v0.6.3"),
                                  QStringLiteral("--campaign"), QStringLiteral("ship-gate-v0.6.3-rc1-r2"),
                                  QStringLiteral("--to"),       m_samples + QStringLiteral("-none")};
        QCOMPARE(run(release), 2); // no such folder
        QTemporaryDir tree;
        QVERIFY(QDir(tree.path()).mkpath(QStringLiteral("releases")));
        QVERIFY(QFile::copy(m_samples + QStringLiteral("/releases/schema.json"),
                            tree.filePath(QStringLiteral("releases/schema.json"))));
        QStringList here = release;
        here.last() = tree.path();
        const QString summary = tree.filePath(QStringLiteral("releases/v0.6.3/summary.json"));
        QCOMPARE(run(here), 4);
        QVERIFY2(m_said.contains("runs/ship-gate-v0.6.3-rc1-r2 is not published"), m_said.constData());
        QCOMPARE(run({QStringLiteral("export"), release.at(3), QStringLiteral("--to"), tree.path()}), 0);
        QCOMPARE(run(here), 4);
        QVERIFY2(m_said.contains("UNPROVEN PASS"), m_said.constData());
        QVERIFY(!QFile::exists(summary));
        // It measured a release candidate; only a person can say that this is the release.
        QCOMPARE(run(here + QStringList{QStringLiteral("--accept-unproven")}), 4);
        QVERIFY2(m_said.contains("--server \"ai-memory 0.6.3-rc1\""), m_said.constData());
        here += QStringList{QStringLiteral("--server"), QStringLiteral("ai-memory 0.6.3-rc1")};
        here[1] = QStringLiteral("v0.6.4");
        QCOMPARE(run(here + QStringList{QStringLiteral("--accept-unproven")}), 4);
        QVERIFY2(m_said.contains("--ref release/v0.6.3"), m_said.constData());
        here[1] = QStringLiteral("v0.6.3");
        QCOMPARE(run(here + QStringList{QStringLiteral("--accept-unproven")}), 0);
        QVERIFY(bytesOf(summary).contains("UNPROVEN PASS"));
        QVERIFY2(bytesOf(summary).contains("0/4 phases proven"), bytesOf(summary).constData());
        QVERIFY(!QFile::remove(summary) ||
                QFile::copy(m_samples + QStringLiteral("/releases/v0.6.3/summary.json"), summary));
        QCOMPARE(run(here + QStringList{QStringLiteral("--accept-unproven"), QStringLiteral("--dry-run"),
                                        QStringLiteral("--diff")}),
                 0);
        QCOMPARE(bytesOf(summary), bytesOf(m_samples + QStringLiteral("/releases/v0.6.3/summary.json")));
        QVERIFY2(m_said.contains("replaces campaign_run_id: \"25007261531\"") && m_said.contains("    + "),
                 m_said.constData());
        QCOMPARE(run(here + QStringList{QStringLiteral("--accept-unproven")}), 0);
        QVERIFY(bytesOf(summary).contains("\"wall_seconds\": 840"));
        QVERIFY(
            bytesOf(summary).contains("CRUD, MCP handshake, curator dry-run, backup on three peer droplets"));
        QVERIFY(bytesOf(summary).contains(
            "\"channels\": [\"crates.io\", \"Docker GHCR\", \"Homebrew\", \"Fedora COPR\"]"));
    }

private:
    int publishAll() {
        return run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), m_git.bare(),
                    QStringLiteral("--push")});
    }
    QByteArray refsOf(const TestGit &git) const {
        return git.git(git.bare(), {QStringLiteral("for-each-ref")});
    }
    int run(const QStringList &arguments) { return run(arguments, m_dir.filePath(QStringLiteral("data"))); }
    int run(const QStringList &arguments, const QString &data) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(testPaths::program("slipwayctl"),
                      QStringList{QStringLiteral("--data-dir"), data} + arguments);
        process.waitForFinished(120'000);
        m_said = process.readAll();
        return process.exitCode();
    }

    QTemporaryDir m_dir;
    TestGit m_git{m_dir.path()};
    QString m_samples = testPaths::source("../shared/runs-sample");
    QString m_one = QStringLiteral("v0.6.0.0-final-r22");
    QByteArray m_said;
};

QTEST_GUILESS_MAIN(PublishingTest)
#include "tst_publishing.moc"
