// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivethread.h"
#include "app/pages/import/pagesimport.h"
#include "app/pages/index/indexpage.h"
#include "app/pages/index/pagesindex.h"
#include "app/pages/index/runfeed.h"
#include "app/pages/publish/pagesexport.h"
#include "app/pages/write/signature.h"
#include "app/pages/write/treewriter.h"
#include "tests/app/pages/exportrig.h"
#include "tests/app/pages/exportsample.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QXmlStreamReader>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace slipway;
using test::Tree;
using test::treeOf;

namespace {

QMap<QString, ino_t> inodesOf(const QString &root) {
    QMap<QString, ino_t> inodes;
    for (QDirIterator it(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); it.hasNext();) {
        struct stat info {};
        const QString path = it.next();
        if (::stat(QFile::encodeName(path).constData(), &info) == 0)
            inodes.insert(path, info.st_ino);
    }
    return inodes;
}

} // namespace

// From an archive into a tree on disk, through the code that both faces use.
class PagesExportTest : public QObject, private test::ExportRig {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(begin()); }

    void aTreeIsWrittenAndASecondExportWritesNothing() {
        for (const QString &id :
             {QStringLiteral("soak-r9"), QStringLiteral("soak-r10"), QStringLiteral("soak-r2")})
            import(id, test::goodEvidence({700, 100, 80, 1}));
        const ExportCount count = exported();
        QCOMPARE(count.failures, QStringList());
        QCOMPARE(count.changedRuns, 3);
        const Tree tree = treeOf(path("repo"));
        QCOMPARE(count.changedPaths().size(), tree.size());
        for (const QString &changed : count.changedPaths())
            QVERIFY2(tree.contains(changed), qPrintable(changed));
        const auto inodes = inodesOf(path("repo"));
        const ExportCount again = exported();
        QCOMPARE(again.changes.size(), 0);
        QCOMPARE(again.unchangedFiles, tree.size());
        QCOMPARE(treeOf(path("repo")), tree);
        QCOMPARE(inodesOf(path("repo")), inodes);
    }

    void theListIsNewestFirstAndNamesTheRunBefore() {
        for (const QString &id :
             {QStringLiteral("soak-r9"), QStringLiteral("soak-r10"), QStringLiteral("soak-r2")})
            import(id, test::goodEvidence({700, 100, 80, 1}));
        exported();
        const QJsonArray runs = json("runs/index.json").value(QStringLiteral("runs")).toArray();
        QStringList ids;
        for (const QJsonValue run : runs)
            ids << run.toObject().value(QStringLiteral("id")).toString();
        QCOMPARE(ids, (QStringList{QStringLiteral("soak-r10"), QStringLiteral("soak-r9"),
                                   QStringLiteral("soak-r2")}));
        QCOMPARE(runs.at(0).toObject().value(QStringLiteral("verdict")).toString(),
                 QStringLiteral("UNPROVEN PASS"));
        const QJsonObject previous =
            json("runs/soak-r10/evidence-manifest.json").value(QStringLiteral("previous")).toObject();
        QCOMPARE(previous.value(QStringLiteral("campaign")).toString(), QStringLiteral("soak-r9"));
        QCOMPARE(
            previous.value(QStringLiteral("evidence_sha256")).toString(),
            json("runs/soak-r9/evidence-manifest.json").value(QStringLiteral("evidence_sha256")).toString());
        const QByteArray page = treeOf(path("repo")).value(QStringLiteral("runs/index.html"));
        QVERIFY(page.indexOf("soak-r10") < page.indexOf("soak-r9"));
        QVERIFY(page.contains("<svg class=\"chart\""));
    }

    // A whole row each for the newest, a line each for all others: a list of years still opens at once.
    void aLongListIsWholeAndFoldedByYear() {
        QList<RunEntry> entries;
        for (int number = 10'000; number > 0; --number) {
            RunEntry entry;
            entry.id = QStringLiteral("soak-v1.0-r%1").arg(number);
            entry.verdict = number % 10 == 0 ? Verdict::Fail : Verdict::UnprovenPass;
            entry.reason = QStringLiteral("Phase 2: node-b holds 166 of 200 acknowledged writes");
            entry.claim = QStringLiteral("The reports claim it; no observations support them.");
            if (number > 10)
                entry.completedAt = QDateTime({2024, 1, 1}, {}, QTimeZone::utc()).addSecs(7200LL * number);
            entry.hasPage = true;
            entries.append(entry);
        }
        const QByteArray page = indexPage(entries);
        QCOMPARE(page.count(" data-run=\""), 10'000);
        QCOMPARE(page.count("<tr id=\"run-"), 500);
        QVERIFY(page.contains("<tr id=\"run-soak-v1.0-r9501\""));
        QVERIFY(page.contains("<li id=\"run-soak-v1.0-r9500\""));
        qsizetype at = 0;
        for (const char *year : {">2026: ", ">2025: ", ">2024: ", ">Without a date: 10 older runs"}) {
            const qsizetype found = page.indexOf(year, at);
            QVERIFY2(found > at, year);
            at = found;
        }
        QVERIFY2(page.size() < 3'000'000, qPrintable(QString::number(page.size())));
        const auto json = QJsonDocument::fromJson(indexJson(entries));
        QCOMPARE(json[QLatin1String("schema")].toString(), QStringLiteral("slipway-runs/1"));
        QCOMPARE(json[QLatin1String("runs")].toArray().size(), 10'000);
        entries.resize(500);
        QCOMPARE(indexPage(entries).count("<tr id=\"run-"), 500);
        QVERIFY(!indexPage(entries).contains("older runs"));
    }

    void aFeedShowsWhatIsNew() {
        QList<RunEntry> entries;
        for (int number = 60; number > 0; --number) {
            RunEntry entry;
            entry.id = QStringLiteral("soak-r%1").arg(number);
            entry.verdict = number == 7 ? Verdict::Fail : Verdict::UnprovenPass;
            entry.reason = QStringLiteral("<b>&\u202e it is a claim");
            entry.claim = QStringLiteral("The reports claim it.");
            if (number != 60) // the lower its number, the later it ended
                entry.completedAt = QDateTime({2026, 1, 1}, {}, QTimeZone::utc()).addDays(-number);
            entry.hasPage = true;
            entries.append(entry);
        }
        const QByteArray feed = runFeed(entries);
        QVERIFY(isIndexOfOurs(feed)); // a later export replaces it
        QXmlStreamReader xml(feed);
        QMap<QString, QStringList> texts;
        QStringList addresses;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            QCOMPARE(xml.namespaceUri(), QLatin1String("http://www.w3.org/2005/Atom"));
            const QString name = xml.name().toString();
            if (name == QLatin1String("link"))
                addresses << xml.attributes().value(QLatin1String("href")).toString();
            else if (name != QLatin1String("feed") && name != QLatin1String("entry") &&
                     name != QLatin1String("author"))
                texts[name] << xml.readElementText();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        const QStringList titles = texts.value(QStringLiteral("title")).sliced(1); // the feed's own is first
        QCOMPARE(titles.size(), 50);
        QCOMPARE(titles.constFirst(), QStringLiteral("UNPROVEN PASS: soak-r1"));
        QCOMPARE(titles.at(6), QStringLiteral("FAIL: soak-r7"));
        QVERIFY(!titles.contains(QStringLiteral("UNPROVEN PASS: soak-r60"))); // nobody knows when
        QCOMPARE(texts.value(QStringLiteral("updated")).constFirst(), QStringLiteral("2025-12-31T00:00:00Z"));
        QCOMPARE(texts.value(QStringLiteral("summary")).constFirst(),
                 QStringLiteral("<b>&[U+202E] it is a claim. Claim: The reports claim it."));
        QCOMPARE(addresses.at(1), QStringLiteral("./soak-r1/index.html"));
        QStringList ids = texts.value(QStringLiteral("id"));
        QCOMPARE(ids.removeDuplicates(), 0);
        QXmlStreamReader none(runFeed({}));
        while (!none.atEnd())
            none.readNext();
        QVERIFY(!none.hasError());
    }

    void theListIsReadFromTheFolders() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        exported();
        // Somebody else's folder, and one that was tampered with since.
        write(QStringLiteral("repo/runs/theirs-r3/phase2.json"), "[chaos] no JSON");
        write(QStringLiteral("repo/runs/soak-r1/phase3.json"), "{}");
        JudgedFiles files;
        auto writer = TreeWriter::open(path("repo"));
        QVERIFY(writer.ok());
        const auto rebuilt = writeIndex(*writer, path("repo"), {}, {}, files);
        QVERIFY(rebuilt.ok());
        QVERIFY(anyChange(*rebuilt));
        const QJsonArray runs = json("runs/index.json").value(QStringLiteral("runs")).toArray();
        QCOMPARE(runs.size(), 2);
        for (const QJsonValue run : runs)
            QCOMPARE(run.toObject().value(QStringLiteral("verdict")).toString(),
                     QStringLiteral("INVALID EVIDENCE"));
        const auto again = writeIndex(*writer, path("repo"), {}, {}, files);
        QVERIFY(again.ok() && !anyChange(*again));
    }

    void aDryRunWritesNothingAndSaysTheSame() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        import(QStringLiteral("soak-r2"), test::goodEvidence({700, 100, 80, 2}));
        ExportRequest request = this->request();
        request.dryRun = true;
        const ExportCount dry = exported(request);
        QVERIFY(treeOf(path("repo")).isEmpty());
        QVERIFY(!QDir(path("repo")).exists(QStringLiteral("runs")));
        const ExportCount real = exported();
        QCOMPARE(dry.changedPaths(), real.changedPaths());
        for (qsizetype i = 0; i < real.changes.size(); ++i)
            QCOMPARE(dry.changes.at(i).after, real.changes.at(i).after);
    }

    void onlyWhatChangedIsTouched() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        import(QStringLiteral("soak-r2"), test::goodEvidence({700, 100, 80, 2}));
        exported();
        const auto before = inodesOf(path("repo"));
        auto files = test::goodEvidence({700, 100, 80, 2});
        test::fileOf(files, QStringLiteral("phase4.json")).bytes.clear();
        import(QStringLiteral("soak-r2"), files);
        const ExportCount count = exported();
        QCOMPARE(count.changedRuns, 1);
        const auto after = inodesOf(path("repo"));
        for (const FileChange &change : count.changes)
            QVERIFY2(change.path.startsWith(QStringLiteral("runs/soak-r2/")) ||
                         change.path.startsWith(QStringLiteral("runs/index.")),
                     qPrintable(change.path));
        QCOMPARE(after.value(path("repo/runs/soak-r2/phase2.json")),
                 before.value(path("repo/runs/soak-r2/phase2.json")));
        QVERIFY(after.value(path("repo/runs/soak-r2/phase4.json")) !=
                before.value(path("repo/runs/soak-r2/phase4.json")));
    }

    void aRunThatCannotBeExportedKeepsNoOtherBack() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        import(QStringLiteral("soak-r2"), test::goodEvidence({700, 100, 80, 2}));
        write(QStringLiteral("repo/runs/soak-r1/notes.txt"), "mine");
        const ExportCount count = exported();
        QCOMPARE(count.failures.size(), 1);
        QVERIFY2(count.failures.constFirst().startsWith(QStringLiteral("soak-r1: ")),
                 qPrintable(count.failures.constFirst()));
        QCOMPARE(treeOf(path("repo/runs/soak-r1")).keys(), QStringList{QStringLiteral("notes.txt")});
        QVERIFY(QFile::exists(path("repo/runs/soak-r2/index.html")));
    }

    void whatIsInTheWayStays_data() {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("says");
        const QString run = QStringLiteral("runs/soak-r1");
        QTest::newRow("a link for a run")
            << run << QStringLiteral("link") << QStringLiteral("a symbolic link");
        QTest::newRow("a file for a run") << run << QStringLiteral("file") << QStringLiteral("a file");
        QTest::newRow("a pipe for a run") << run << QStringLiteral("pipe") << QStringLiteral("a pipe");
        QTest::newRow("a link in a run") << run + QStringLiteral("/phase2.json") << QStringLiteral("link")
                                         << QStringLiteral("a symbolic link");
        QTest::newRow("a link for runs")
            << QStringLiteral("runs") << QStringLiteral("link") << QStringLiteral("a symbolic link");
        QTest::newRow("a file for runs")
            << QStringLiteral("runs") << QStringLiteral("file") << QStringLiteral("a file");
        const QString list = QStringLiteral("runs/index.html");
        QTest::newRow("a link for the list")
            << list << QStringLiteral("link") << QStringLiteral("a symbolic link");
        QTest::newRow("a folder for the list")
            << list << QStringLiteral("folder") << QStringLiteral("a folder");
    }

    // Neither replaced nor written through, even by one who said yes to replacing files.
    void whatIsInTheWayStays() {
        QFETCH(QString, place);
        QFETCH(QString, kind);
        QFETCH(QString, says);
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        write(QStringLiteral("elsewhere/precious"), "mine");
        const QString there = path("repo/") + place;
        QVERIFY(QDir().mkpath(QFileInfo(there).path()));
        if (kind == QLatin1String("link"))
            QVERIFY(QFile::link(path("elsewhere"), there));
        else if (kind == QLatin1String("pipe"))
            QCOMPARE(::mkfifo(QFile::encodeName(there).constData(), 0600), 0);
        else if (kind == QLatin1String("file"))
            write(QStringLiteral("repo/") + place, "theirs");
        else
            write(QStringLiteral("repo/") + place + QStringLiteral("/theirs"), "theirs");
        struct stat before {};
        QCOMPARE(::lstat(QFile::encodeName(there).constData(), &before), 0);
        for (const bool dryRun : {true, false}) {
            ExportRequest request = this->request();
            request.dryRun = dryRun;
            request.options.replaceOthers = true;
            const auto count = tryExport(request);
            const QString reported = count ? count->failures.join(QLatin1Char('\n')) : count.error().text;
            QVERIFY2(reported.contains(place) && reported.contains(says), qPrintable(reported));
            QVERIFY2(reported.contains(QStringLiteral("ename or remove it in the repo")),
                     qPrintable(reported));
            struct stat after {};
            QCOMPARE(::lstat(QFile::encodeName(there).constData(), &after), 0);
            QCOMPARE(after.st_ino, before.st_ino);
            QCOMPARE(treeOf(path("elsewhere")).keys(), QStringList{QStringLiteral("precious")});
        }
    }

    void nothingIsWrittenIntoABareRepository() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        QCOMPARE(QProcess::execute(QStringLiteral("git"), {QStringLiteral("init"), QStringLiteral("--quiet"),
                                                           QStringLiteral("--bare"), path("repo")}),
                 0);
        for (const bool dryRun : {true, false}) {
            ExportRequest request = this->request();
            request.dryRun = dryRun;
            const auto refused = tryExport(request);
            QVERIFY(!refused.ok());
            QVERIFY2(refused.error().text.contains(QStringLiteral("--push")),
                     qPrintable(refused.error().text));
        }
        QVERIFY(!QFile::exists(path("repo/runs")));
    }

    void anUnknownCampaignWritesNothing() {
        ExportRequest request = this->request();
        request.ids = {QStringLiteral("nobody-knows-it")};
        QCOMPARE(exported(request).failures.size(), 1);
        QVERIFY(!QFile::exists(path("repo/runs/index.html")));
    }

    void somebodyElsesInTheStagingPlaceStays_data() {
        QTest::addColumn<QString>("place");
        QTest::newRow("of a run") << QStringLiteral("runs/.slipway-soak-r1");
        QTest::newRow("of the list") << QStringLiteral("runs/.slipway-index.html");
    }

    void somebodyElsesInTheStagingPlaceStays() {
        QFETCH(const QString, place);
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        write(QStringLiteral("elsewhere/precious"), "mine");
        const QString at = path("repo/") + place;
        const auto refuses = [&] {
            const auto refused = tryExport(request());
            const QString reported =
                refused ? refused->failures.join(QLatin1Char('\n')) : refused.error().text;
            return reported.contains(place);
        };
        write(QStringLiteral("repo/") + place + QStringLiteral("/notes.txt"), "mine");
        QVERIFY(refuses());
        QCOMPARE(treeOf(path("repo")).value(place + QStringLiteral("/notes.txt")), QByteArray("mine"));
        QVERIFY(QDir(at).removeRecursively());
        write(QStringLiteral("repo/") + place, "mine");
        QVERIFY(refuses());
        QCOMPARE(treeOf(path("repo")).value(place), QByteArray("mine"));
        QVERIFY(QFile::remove(at));
        QVERIFY(QFile::link(path("elsewhere"), at));
        QVERIFY(refuses());
        QCOMPARE(treeOf(path("elsewhere")).keys(), QStringList{QStringLiteral("precious")});
        QVERIFY(QFile::remove(at));
        QCOMPARE(exported().failures, QStringList());
        for (const char *name : {"repo/runs/soak-r1", "repo/runs/index.html"}) {
            struct stat info {};
            QCOMPARE(::stat(QFile::encodeName(path(name)).constData(), &info), 0);
            QCOMPARE(info.st_mode & S_ISVTX, 0U);
        }
    }

    void pagesOfOthersAreReplacedWhenAskedOnly_data() {
        QTest::addColumn<QString>("page");
        QTest::newRow("of the site") << QStringLiteral("runs/index.html");
        QTest::newRow("a feed") << QStringLiteral("runs/feed.xml");
        QTest::newRow("of a run") << QStringLiteral("runs/soak-r1/index.html");
        QTest::newRow("checks") << QStringLiteral("runs/soak-r1/checks.json");
    }

    void pagesOfOthersAreReplacedWhenAskedOnly() {
        QFETCH(QString, page);
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        exported();
        write(QStringLiteral("repo/") + page, "<h1>Mine</h1>");
        const auto refused = tryExport(request());
        const QString reported = refused ? refused->failures.join(QLatin1Char('\n')) : refused.error().text;
        QVERIFY2(reported.contains(page) && reported.contains(QStringLiteral("--replace")),
                 qPrintable(reported));
        QCOMPARE(treeOf(path("repo")).value(page), QByteArray("<h1>Mine</h1>"));
        ExportRequest request = this->request();
        request.options.replaceOthers = true;
        const ExportCount count = exported(request);
        QCOMPARE(count.failures, QStringList());
        QVERIFY2(count.warnings.join(QLatin1Char('\n')).contains(page), "reported");
        QVERIFY(treeOf(path("repo")).value(page) != QByteArray("<h1>Mine</h1>"));
    }

    // Odd names come out as they went in, and the manifest knows them. Those that some machine cannot hold
    // come out under others, and that is reported.
    void oddNamesComeOut() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        const QList<QByteArray> kept{"100%.txt", "%41.txt", "d\xc3\xa9j\xc3\xa0.txt"};
        const QList<QByteArray> renamed{"a\nb.txt", "\xff\xfe.bin"};
        const QByteArray in = QFile::encodeName(path("in/runs/soak-r1/"));
        for (const QByteArray &name : kept + renamed) {
            const int fd = ::open((in + name).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
            QVERIFY(fd >= 0);
            QCOMPARE(::write(fd, "text\n", 5), 5); // bytes that are not text are held back
            ::close(fd);
        }
        import(QStringLiteral("soak-r1"), {});
        const ExportCount count = exported();
        QCOMPARE(count.failures, QStringList());
        const QByteArray out = QFile::encodeName(path("repo/runs/soak-r1/"));
        struct stat info {};
        for (const QByteArray &name : kept)
            QVERIFY2(::stat((out + name).constData(), &info) == 0, name.constData());
        for (const QByteArray &name : renamed)
            QVERIFY2(::stat((out + name).constData(), &info) != 0, name.constData());
        const QString reported = count.warnings.join(QLatin1Char('\n'));
        for (const auto *name : {"a%0Ab.txt", "%FF%FE.bin"})
            QVERIFY2(reported.contains(QLatin1String(name)), qPrintable(reported));
        const QJsonArray runs = json("runs/index.json").value(QStringLiteral("runs")).toArray();
        QCOMPARE(runs.at(0).toObject().value(QStringLiteral("verdict")).toString(),
                 QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(exported().changes.size(), 0);
        QVERIFY(bytes("repo/runs/soak-r1/index.html").contains("href=\"./100%25.txt\""));
    }

    void whatAKilledExportLeftIsInNobodysWay() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        write(QStringLiteral("repo/runs/.slipway-soak-r1/deep/half"), "half");
        write(QStringLiteral("repo/runs/.slipway-index.html"), "half");
        // As an export makes them: the sticky bit distinguishes them from somebody else's.
        QCOMPARE(::chmod(QFile::encodeName(path("repo/runs/.slipway-soak-r1")).constData(), 01755), 0);
        QCOMPARE(::chmod(QFile::encodeName(path("repo/runs/.slipway-index.html")).constData(), 01644), 0);
        QCOMPARE(exported().failures, QStringList());
        for (const QString &name : treeOf(path("repo")).keys())
            QVERIFY2(!name.contains(QStringLiteral(".slipway")), qPrintable(name));
    }

    void twoExportsDoNotMix() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        auto writer = TreeWriter::open(path("repo"));
        QVERIFY(writer.ok());
        const auto refused = tryExport(request());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::AlreadyExists);
    }

    void aManifestIsSigned() {
        import(QStringLiteral("soak-r1"), test::goodEvidence({700, 100, 80, 1}));
        const QString key = makeKey("key");
        ExportRequest request = this->request();
        request.options.signKey = key;
        exported(request);
        const Tree tree = treeOf(path("repo/runs/soak-r1"));
        const QByteArray manifest = tree.value(kManifest);
        const QByteArray signature = tree.value(kManifestSignature);
        const auto check = checkSignature(manifest, signature, {});
        QVERIFY2(check.ok(), check.ok() ? "" : qPrintable(check.error().text));
        QCOMPARE(exported(request).changes.size(), 0);
        QCOMPARE(exported().changes.size(), 0); // a signature stays as long as the manifest does

        QVERIFY(!checkSignature(manifest + ' ', signature, {}).ok());
        QVERIFY(!checkSignature(manifest, "no signature", {}).ok());
        const auto unknown = checkSignature(manifest, signature, path("nobody wrote this"));
        QVERIFY(!unknown.ok());
        QCOMPARE(unknown.error().text,
                 path("nobody wrote this") + QStringLiteral(" cannot be read: No such file or directory"));
        write(QStringLiteral("allowed"), "me@example.org " + bytes("key.pub"));
        const auto allowed = checkSignature(manifest, signature, path("allowed"));
        QVERIFY2(allowed.ok(), allowed.ok() ? "" : qPrintable(allowed.error().text));
        QCOMPARE(allowed->signer, QStringLiteral("me@example.org"));
        makeKey("other");
        write(QStringLiteral("others"), "you@example.org " + bytes("other.pub"));
        const auto refused = checkSignature(manifest, signature, path("others"));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Corrupt);

        request.options.signKey = path("other");
        const ExportCount resigned = exported(request);
        QCOMPARE(resigned.changedPaths(),
                 QStringList{QStringLiteral("runs/soak-r1/evidence-manifest.json.sig")});
        request.options.signKey = path("allowed"); // names a key and is none
        QCOMPARE(exported(request).failures.size(), 1);
    }

    void everySampleComesOutAsItWas() {
        const QString samples = testPaths::source("../shared/runs-sample");
        if (!QDir(samples).exists())
            QSKIP("there are no samples next to the source tree");
        auto archive = open();
        QVERIFY(importPages(samples, *archive, {}, [](const ImportCount &) {}).ok());
        archive.reset();
        const ExportCount count = exported();
        QCOMPARE(count.failures, QStringList());
        Tree after = treeOf(path("repo/runs"));
        const Tree before = treeOf(samples + QStringLiteral("/runs"));
        QVERIFY(before.size() > 100);
        for (auto it = before.begin(); it != before.end(); ++it) {
            QByteArray expected = it.value();
            for (const Masked &masked : count.masked) {
                if (masked.file == QStringLiteral("runs/") + it.key())
                    expected.replace(masked.offset, masked.length, QByteArray(masked.length, '*'));
            }
            QVERIFY2(after.value(it.key()) == expected, qPrintable(it.key()));
            QVERIFY2(expected == it.value() || it.value().contains("ai_memory_test"), qPrintable(it.key()));
            QVERIFY(!after.value(it.key()).contains(":ai_memory_test@"));
        }
        QCOMPARE(exported().changes.size(), 0);
    }

private:
    QString makeKey(const char *name) const {
        const int made =
            QProcess::execute(QStringLiteral("ssh-keygen"),
                              {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                               QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)});
        if (made != 0)
            qFatal("ssh-keygen made no key");
        return path(name);
    }
};

QTEST_GUILESS_MAIN(PagesExportTest)
#include "tst_pagesexport.moc"
