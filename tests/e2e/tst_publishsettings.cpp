// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/git/testgit.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using slipway::test::TestGit;

namespace {

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
}

QMap<QString, QByteArray> filesOf(const QString &folder) {
    QMap<QString, QByteArray> files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        files.insert(QDir(folder).relativeFilePath(path), bytesOf(path));
    }
    return files;
}

} // namespace

// What a checkout's settings, the repository's attributes, a machine's time zone and the names of campaigns
// make of what is published: nothing, or a refusal that names them.
class PublishSettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_git = std::make_unique<TestGit>(m_dir->path());
        m_checkout = m_git->clone(QStringLiteral("mine"));
        for (const auto *id : {"r1", "r2", "r3"})
            m_git->pushFile(m_checkout,
                            QStringLiteral("runs/%1/campaign-summary.json").arg(QLatin1String(id)),
                            summary(id));
    }

    void aSparseCheckoutLosesNoRun() {
        import({"r4"});
        m_git->git(m_checkout,
                   {QStringLiteral("sparse-checkout"), QStringLiteral("set"), QStringLiteral("runs/r1")});
        QVERIFY2(push("r4") == 0, m_said.constData());
        QCOMPARE(listed(), (QStringList{QStringLiteral("r4"), QStringLiteral("r3"), QStringLiteral("r2"),
                                        QStringLiteral("r1")}));
        // Without a push the checkout itself would be written into.
        QVERIFY(run({QStringLiteral("export"), QStringLiteral("r4"), QStringLiteral("--to"), m_checkout}) !=
                0);
        QVERIFY2(m_said.contains("sparse-checkout disable"), m_said.constData());
        QVERIFY(!QFile::exists(m_checkout + QStringLiteral("/runs/index.json")));
    }

    void attributesOfTheRepositoryChangeNothing_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("eol") << QByteArray("* text=auto eol=crlf\n");
        QTest::newRow("ident and filter") << QByteArray("*.json ident filter=lfs\n");
        QTest::newRow("left out of archives") << QByteArray("/runs/** export-ignore\n");
        QTest::newRow("encoding") << QByteArray("runs/r4/** working-tree-encoding=UTF-16\n");
    }

    void attributesOfTheRepositoryChangeNothing() {
        QFETCH(QByteArray, lines);
        import({"r4"});
        m_git->pushFile(m_checkout, QStringLiteral(".gitattributes"), lines);
        QVERIFY2(push("r4") == 0, m_said.constData());
        const QString clone = m_git->clone(QStringLiteral("clone"));
        QCOMPARE(bytesOf(clone + QStringLiteral("/runs/r4/campaign-summary.json")), summary("r4"));
        QVERIFY(m_git->git(clone, {QStringLiteral("archive"), QStringLiteral("HEAD")})
                    .contains("runs/r4/campaign-summary.json"));
        expectManifest(clone + QStringLiteral("/runs/r4"));
        // Also with another person's settings, and published again by somebody else.
        m_git->git(m_dir->path(),
                   {QStringLiteral("clone"), QStringLiteral("--quiet"), QStringLiteral("--config"),
                    QStringLiteral("core.autocrlf=true"), m_git->bare(), m_git->path(QStringLiteral("win"))});
        expectManifest(m_git->path(QStringLiteral("win/runs/r4")));
        QVERIFY(QDir(m_git->path(QStringLiteral("data/publish"))).removeRecursively());
        QVERIFY2(push("r4") == 0 && m_said.contains("nothing was pushed"), m_said.constData());
    }

    void attributesOfACampaignAreLeftOutAloud() {
        TestGit::write(m_git->path(QStringLiteral("in/runs/r4/.gitattributes")), "* text eol=crlf\n");
        import({"r4"});
        QVERIFY2(push("r4") == 0, m_said.constData());
        QVERIFY2(m_said.contains(".gitattributes is left out"), m_said.constData());
        expectManifest(m_git->clone(QStringLiteral("clone")) + QStringLiteral("/runs/r4"));
    }

    void aHookThatFormatsIsNamed() {
        import({"r4"});
        TestGit::writeHook(
            m_checkout + QStringLiteral("/.git"), QStringLiteral("pre-commit"),
            "for f in $(git diff --cached --name-only -- '*.json'); do echo >>$f; git add $f; done\n");
        const QByteArray before = m_git->git(m_git->bare(), {QStringLiteral("for-each-ref")});
        for (int time = 0; time < 2; ++time) {
            QCOMPARE(push("r4"), 4);
            QVERIFY2(m_said.contains("The hook pre-commit in ") &&
                         m_said.contains("runs/r4/campaign-summary.json"),
                     m_said.constData());
        }
        QCOMPARE(m_git->git(m_git->bare(), {QStringLiteral("for-each-ref")}), before);
    }

    void timesAreTheSameInEveryZone() {
        TestGit::write(m_git->path(QStringLiteral("in/runs/r4/campaign-summary.json")),
                       QByteArray(summary("r4")).replace("48Z", "48"));
        QMap<QString, QByteArray> first;
        for (const auto *zone : {"UTC", "America/New_York", "Asia/Kolkata"}) {
            qputenv("TZ", zone);
            const QString data =
                QStringLiteral("data-") + QString::fromLatin1(zone).section(QLatin1Char('/'), -1);
            const QString site = m_git->path(data + QStringLiteral("/site"));
            QVERIFY(QDir().mkpath(site));
            QCOMPARE(run({QStringLiteral("import"), m_git->path(QStringLiteral("in"))}, data), 0);
            QCOMPARE(
                run({QStringLiteral("export"), QStringLiteral("r4"), QStringLiteral("--to"), site}, data), 0);
            const auto files = filesOf(site);
            if (first.isEmpty())
                first = files;
            QCOMPARE(files, first);
        }
        qunsetenv("TZ");
        QVERIFY(
            first.value(QStringLiteral("runs/r4/index.html"))
                .contains(
                    "datetime=\"2026-04-20T18:05:48Z\">20 April 2026, 18:05:48 UTC</time> (it tells no time "
                    "zone"));
        QVERIFY(
            first.value(QStringLiteral("runs/index.json")).contains("\"completed_at_zone\": \"assumed\""));
    }

    void namesThatTheSiteNeedsGetOthers() {
        for (const auto *id : {"index.html", "A", "a", "aux", "_x", "good"})
            TestGit::write(
                m_git->path(QStringLiteral("in/runs/%1/campaign-summary.json").arg(QLatin1String(id))),
                summary(id));
        QCOMPARE(run({QStringLiteral("import"), m_git->path(QStringLiteral("in"))}), 0);
        QVERIFY2(m_said.contains("is called as a file of the site is") &&
                     m_said.contains("Windows keeps for a device") &&
                     m_said.contains("by upper and lower case alone"),
                 m_said.constData());
        const QString site = m_git->path(QStringLiteral("site"));
        QVERIFY(QDir().mkpath(site));
        QVERIFY2(run({QStringLiteral("export"), QStringLiteral("--all"), QStringLiteral("--to"), site}) == 0,
                 m_said.constData());
        const QStringList names =
            QDir(site + QStringLiteral("/runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        QCOMPARE(names.size(), 6);
        QSet<QString> lower;
        for (const QString &name : names) {
            run({QStringLiteral("verify"), site + QStringLiteral("/runs/") + name});
            QVERIFY2(!m_said.contains("is of campaign"), m_said.constData()); // it is named after it
            QVERIFY2(name.at(0).isLetterOrNumber() && name != QLatin1String("aux"), qPrintable(name));
            lower.insert(name.toLower());
        }
        QCOMPARE(lower.size(), 6);
        QVERIFY(QFileInfo(site + QStringLiteral("/runs/index.html")).isFile());
        QVERIFY(QFile::exists(site + QStringLiteral("/.nojekyll")));
        // The same again is nothing new, from the repository and from the site.
        QCOMPARE(run({QStringLiteral("import"), m_git->path(QStringLiteral("in")), QStringLiteral("--json")}),
                 0);
        QCOMPARE(QJsonDocument::fromJson(m_said).object().value(QStringLiteral("new")).toInt(-1), 0);
        QCOMPARE(run({QStringLiteral("list"), QStringLiteral("--json")}), 0);
        QCOMPARE(QJsonDocument::fromJson(m_said).array().size(), 6);
    }

    void aSiteThatIsBegunIsServedAsItIs() {
        import({"r4"});
        const QString fresh = m_git->path(QStringLiteral("fresh.git"));
        m_git->git(m_dir->path(),
                   {QStringLiteral("init"), QStringLiteral("--quiet"), QStringLiteral("--bare"), fresh});
        QVERIFY2(run({QStringLiteral("export"), QStringLiteral("r4"), QStringLiteral("--to"), fresh,
                      QStringLiteral("--push")}) == 0,
                 m_said.constData());
        QVERIFY2(!m_said.contains(".nojekyll"), m_said.constData());
        QCOMPARE(m_git->git(fresh, {QStringLiteral("show"), QStringLiteral("main:.nojekyll")}), QByteArray());
        QVERIFY(m_git->git(fresh, {QStringLiteral("show"), QStringLiteral("main:index.html")})
                    .contains("href=\"runs/\""));
        QCOMPARE(push("r4"), 0); // the other one has none
        QVERIFY2(m_said.contains("There is no .nojekyll"), m_said.constData());
    }

private:
    static QByteArray summary(const char *id) {
        return "{\"campaign_id\":\"" + QByteArray(id) +
               "\",\"completed_at\":\"2026-04-20T18:05:48Z\",\"overall_pass\":false}\n";
    }
    void import(std::initializer_list<const char *> ids) {
        for (const auto *id : ids)
            TestGit::write(
                m_git->path(QStringLiteral("in/runs/%1/campaign-summary.json").arg(QLatin1String(id))),
                summary(id));
        QCOMPARE(run({QStringLiteral("import"), m_git->path(QStringLiteral("in"))}), 0);
    }
    int push(const char *id) {
        return run({QStringLiteral("export"), QLatin1String(id), QStringLiteral("--to"), m_checkout,
                    QStringLiteral("--push")});
    }
    QStringList listed() const {
        const QByteArray list =
            m_git->git(m_git->bare(), {QStringLiteral("show"), QStringLiteral("main:runs/index.json")});
        QStringList ids;
        for (const QJsonValue run :
             QJsonDocument::fromJson(list).object().value(QStringLiteral("runs")).toArray())
            ids << run.toObject().value(QStringLiteral("id")).toString();
        return ids;
    }
    // Every file of a clone's folder has the bytes that its manifest says: sizes and hashes by sha256sum.
    static void expectManifest(const QString &folder) {
        const QJsonArray files =
            QJsonDocument::fromJson(bytesOf(folder + QStringLiteral("/evidence-manifest.json")))
                .object()
                .value(QStringLiteral("files"))
                .toArray();
        QVERIFY(!files.isEmpty());
        for (const QJsonValue file : files) {
            QProcess sum;
            const QString name = file.toObject().value(QStringLiteral("name")).toString();
            sum.start(QStringLiteral("sha256sum"), {QStringLiteral("--"), folder + QLatin1Char('/') + name});
            QVERIFY(sum.waitForFinished());
            QCOMPARE(QString::fromLatin1(sum.readAll().left(64)),
                     file.toObject().value(QStringLiteral("sha256")).toString());
        }
    }
    int run(const QStringList &words, const QString &data = QStringLiteral("data")) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(testPaths::program("slipwayctl"),
                      QStringList{QStringLiteral("--data-dir"), m_git->path(data)} + words);
        process.waitForFinished(120'000);
        m_said = process.readAll();
        return process.exitCode();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<TestGit> m_git;
    QString m_checkout;
    QByteArray m_said;
};

QTEST_GUILESS_MAIN(PublishSettingsTest)
#include "tst_publishsettings.moc"
