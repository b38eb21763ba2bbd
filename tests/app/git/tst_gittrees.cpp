// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/gitsuite.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace slipway;
using slipway::test::GitSuite;
using slipway::test::TestGit;

// What a tree has in place of plain files, and what git would change of them.
class GitTreesTest : public GitSuite {
    Q_OBJECT
private Q_SLOTS:
    void linksOfATreeLeadNowhere() {
        const QString seed = m_git->path(QStringLiteral("seed"));
        QVERIFY(QDir().mkpath(m_git->path(QStringLiteral("outside"))));
        QVERIFY(QFile::link(m_git->path(QStringLiteral("outside")), seed + QStringLiteral("/runs")));
        m_git->pushFile(seed, QStringLiteral("more"), "x");
        Publication publication = run(QStringLiteral("r1"), m_git->bare());
        publication.write = [](const QString &tree) -> Result<JudgedFiles> {
            if (!QDir().mkpath(tree + QStringLiteral("/runs/r1")))
                return Error{ErrorCode::Io, QStringLiteral("runs is not a folder.")};
            return JudgedFiles();
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
};

QTEST_GUILESS_MAIN(GitTreesTest)
#include "tst_gittrees.moc"
