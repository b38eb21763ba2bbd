// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivethread.h"
#include "app/pages/import/pagesimport.h"
#include "app/pages/publish/pagesexport.h"
#include "app/pages/series/seriescheck.h"
#include "app/pages/series/seriesmanifest.h"
#include "app/pages/series/seriesreport.h"
#include "app/series/seriesarchive.h"
#include "models/core/instant.h"
#include "models/evidence/recordedplan.h"
#include "tests/models/evidence/goodevidence.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QString kName = QStringLiteral("soak");

} // namespace

// The report of a series, from an archive into a tree and back through verify.
class SeriesPagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(path(QStringLiteral("repo"))));
        m_paths = Paths{path(QStringLiteral("data"))};
        for (int i = 1; i <= 3; ++i)
            import(QStringLiteral("soak-r%1").arg(i), i);
    }

    void aReportIsVerifiedFromThePublishedRuns() {
        const ExportCount count = reported();
        QCOMPARE(count.failures, QStringList());
        QVERIFY(count.series.contains(kName));
        const SeriesCheck check = checked();
        QCOMPARE(check.reason, count.series.value(kName).head);
        QCOMPARE(check.verdict, count.series.value(kName).verdict);
        for (const Check &one : check.checks)
            QVERIFY2(one.outcome == Check::Outcome::Pass, qPrintable(one.id + one.reason));
        QVERIFY(check.verdict != Verdict::InvalidEvidence);
    }

    void aSecondReportWritesNothing() {
        reported();
        QCOMPARE(reported().changedPaths(), QStringList());
        ExportRequest dry = request();
        dry.dryRun = true;
        QCOMPARE(exported(dry).changedPaths(), QStringList());
    }

    void aForgedCountIsInvalid() {
        reported();
        QByteArray judgement = file(QStringLiteral("judgement.json"));
        QVERIFY(judgement.contains("\"evidence_missing\": 0"));
        judgement.replace("\"evidence_missing\": 0", "\"evidence_missing\": 7");
        write(QStringLiteral("judgement.json"), judgement);
        QVERIFY(checked().reason.contains(QStringLiteral("judgement.json was changed")));
        // With a manifest that is right about the forged file it is what the runs give that tells.
        reseal();
        const SeriesCheck check = checked();
        QCOMPARE(check.verdict, Verdict::InvalidEvidence);
        QCOMPARE(check.reason,
                 QStringLiteral("judgement.json: \"evidence_missing\" is 7, and the published runs give 0."));
    }

    // It is neither confirmed nor called forged, and what a forger writes into an old one is not green.
    void aReportOfAnotherLayoutIsNotCompared() {
        reported();
        auto manifest = readSeriesManifest(file(kSeriesManifest));
        QVERIFY(manifest.ok());
        manifest->layout = kReportLayout - 1;
        write(kSeriesManifest, seriesManifestBytes(*manifest));
        QCOMPARE(checked().verdict, Verdict::Incomplete);
        QVERIFY(checked().reason.contains(QStringLiteral("layout 1")));
        const ExportCount again = reported();
        QVERIFY(again.changedPaths().contains(QStringLiteral("series/soak/") + kSeriesManifest));
        QCOMPARE(checked().reason, again.series.value(kName).head);
    }
    void aChangedFileOfAnotherLayoutIsInvalid() {
        reported();
        auto manifest = readSeriesManifest(file(kSeriesManifest));
        QVERIFY(manifest.ok());
        manifest->layout = kReportLayout - 1;
        write(kSeriesManifest, seriesManifestBytes(*manifest));
        write(QStringLiteral("index.html"), file(QStringLiteral("index.html")) + " ");
        QCOMPARE(checked().verdict, Verdict::InvalidEvidence);
    }

    void aForgedPageIsInvalid() {
        reported();
        QByteArray page = file(QStringLiteral("index.html"));
        page.replace("UNPROVEN PASS", "PROVEN");
        page.replace("INCOMPLETE", "PROVEN");
        write(QStringLiteral("index.html"), page);
        reseal();
        const SeriesCheck check = checked();
        QCOMPARE(check.verdict, Verdict::InvalidEvidence);
        QVERIFY(check.reason.startsWith(QStringLiteral("index.html says something else")));
    }

    void aMissingOrChangedRunIsInvalid() {
        reported();
        QVERIFY(QDir(tree(QStringLiteral("runs/soak-r2"))).removeRecursively());
        QCOMPARE(checked().verdict, Verdict::InvalidEvidence);
        QVERIFY(checked().reason.contains(QStringLiteral("runs/soak-r2")));
    }

    void aRunThatCameLaterIsPublishedWithTheReport() {
        reported();
        import(QStringLiteral("soak-r4"), 4);
        ExportRequest one;
        one.tree = path(QStringLiteral("repo"));
        one.ids = {QStringLiteral("soak-r4")};
        const ExportCount count = exported(one);
        QVERIFY(count.changedPaths().contains(QStringLiteral("series/soak/index.html")));
        QVERIFY(checked().verdict != Verdict::InvalidEvidence);
        QVERIFY(file(QStringLiteral("index.html")).contains("../../runs/soak-r4/index.html"));
    }

    // Its hosts were gone before a phase began, so that its plan alone says when it was: it is in its slot,
    // and the slot is not missed.
    void aRunThatNeverBeganIsPlacedByItsPlan() {
        const EvidenceFile plan{kPlanFile, "{\"recorded_at\": \"2026-04-20T20:13:00Z\"}"};
        Judgement judgement;
        judgement.verdict = Verdict::NoEvidence;
        const SeriesRun run = publishedRunOf(kName + QStringLiteral("-r1"), {plan}, judgement).run;
        QCOMPARE(run.moment(), instantOf(QStringLiteral("2026-04-20T20:13:00Z")));
        QVERIFY(!run.hasEvidence);
    }

    void theListOfRunsLeadsToIt() {
        reported();
        QVERIFY(read(tree(QStringLiteral("runs/index.html"))).contains("../series/soak/index.html"));
        QVERIFY(read(tree(QStringLiteral("runs/index.json"))).contains("\"series\": \"soak\""));
    }

    void thePageSaysWhenItWasLastDrilled() {
        reported();
        QVERIFY(file(QStringLiteral("index.html")).contains("<dt>Last drill</dt><dd>never</dd>"));
        QVERIFY(file(QStringLiteral("judgement.json")).contains("\"last_drill\": null"));
        note([](SeriesArchive &archive) {
            QVERIFY(archive.entries()
                        .add(kName, kSeriesDrill, "{\"kind\":\"slow\",\"told\":true}",
                             instantOf(QStringLiteral("2026-11-30T04:00:00Z")))
                        .ok());
        });
        reported();
        const QByteArray page = file(QStringLiteral("index.html"));
        QVERIFY2(page.contains("2026-11-30 04:00 UTC, slow: the alarm reached its end"), page.constData());
        QVERIFY(checked().verdict != Verdict::InvalidEvidence);
    }

    void thePageNeedsNoScriptAndNoNetwork() {
        note([](SeriesArchive &archive) { // the folders tell no time, the table does
            QVERIFY(archive
                        .importTable(kName, "run,slot,completed_at,claimed_pass,reports_with_content\n"
                                            "1,2026-04-20T20:00Z,2026-04-20T20:10Z,true,6\n"
                                            "2,2026-04-21T00:00Z,2026-04-21T00:10Z,true,6\n"
                                            "3,2026-04-21T04:00Z,2026-04-21T04:10Z,true,6\n")
                        .ok());
        });
        reported();
        const QByteArray page = file(QStringLiteral("index.html"));
        QVERIFY(page.contains("default-src 'none'"));
        QVERIFY(page.contains("<script></script>"));
        QVERIFY(!QString::fromUtf8(page).contains(
            QRegularExpression(QStringLiteral("(src|href)=\"(https?:)?//"))));
        QVERIFY(!page.contains(" style="));
        QVERIFY(page.contains("aria-labelledby=\"slots-title slots-text\""));
    }

    void aHostileTextIsTextAndASecretIsMasked() {
        note([](SeriesArchive &archive) {
            AlarmAction action;
            action.signature = QStringLiteral("evidence-claim");
            action.state = AlarmState::Resolved;
            action.at = QDateTime::currentDateTimeUtc();
            action.by = QStringLiteral("<script>alert(1)</script>");
            action.why = QStringLiteral("token ghp_0123456789abcdefghijABCDEFGHIJ012345");
            QVERIFY(archive.act(kName, action).ok());
            SeriesDefinition definition = *archive.definition(kName);
            definition.origin = SeriesOrigin::Created;
            definition.begin = instantOf(QStringLiteral("2026-04-20T20:00:00Z"));
            definition.schedule.cron = *CronSchedule::parse(QStringLiteral("0 */4 * * *"));
            definition.notices.webhook = QStringLiteral("https://hooks.example.org/T0/B1");
            definition.plan.fleet = QStringLiteral("/home/ada/fleet.json");
            QVERIFY(archive.define(definition).ok());
        });
        const ExportCount count = reported();
        const QByteArray source = file(QStringLiteral("source.json"));
        QVERIFY(!source.contains("ghp_0123456789"));
        QVERIFY(!count.masked.isEmpty());
        QVERIFY(!source.contains("hooks.example.org"));
        QVERIFY(!source.contains("/home/ada"));
        QVERIFY(!file(QStringLiteral("index.html")).contains("<script>alert"));
        for (const Check &one : checked().checks)
            QVERIFY2(one.outcome == Check::Outcome::Pass, qPrintable(one.id + one.reason));
    }

    void aTableIsAReportToo() {
        note([](SeriesArchive &archive) {
            QVERIFY(archive
                        .importTable(QStringLiteral("table"),
                                     "run,slot,completed_at,claimed_pass,reports_with_content\n"
                                     "1,2026-04-20T20:00Z,2026-04-20T20:10Z,true,6\n"
                                     "2,2026-04-21T00:00Z,2026-04-21T00:10Z,true,0\n"
                                     "3,2026-04-21T04:00Z,2026-04-21T04:10Z,true,6\n")
                        .ok());
        });
        ExportRequest table = request();
        table.series = {QStringLiteral("table")};
        QCOMPARE(exported(table).runs, qint64(0));
        const auto check = checkReport(tree(QStringLiteral("series/table")));
        QVERIFY(check.ok());
        QCOMPARE(check->reason, QStringLiteral("1 of 3 slots hold no evidence"));
    }

    void whatSomebodyElseWroteThereStays() {
        reported();
        write(QStringLiteral("notes.txt"), "mine");
        auto archive = open();
        const auto refused = exportPages(request(), *archive, {}, [](const ExportProgress &) {});
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(file(QStringLiteral("notes.txt")), QByteArray("mine"));
    }

    void aReportThatLiesElsewhereIsRefused() {
        reported();
        QVERIFY(
            QDir(path(QStringLiteral("repo"))).rename(QStringLiteral("series"), QStringLiteral("copies")));
        QCOMPARE(checkReport(path(QStringLiteral("repo/copies/soak"))).error().code, ErrorCode::InvalidInput);
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    [[nodiscard]] QString tree(const QString &name) const { return path(QStringLiteral("repo/") + name); }
    static QByteArray read(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QByteArray file(const QString &name) const {
        return read(tree(QStringLiteral("series/soak/") + name));
    }
    void put(const QString &path, const QByteArray &bytes) const {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile::remove(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void write(const QString &name, const QByteArray &bytes) const {
        put(tree(QStringLiteral("series/soak/") + name), bytes);
    }

    // As a forger with this program at hand would.
    void reseal() const {
        auto manifest = readSeriesManifest(file(kSeriesManifest));
        QVERIFY(manifest.ok());
        for (ManifestFile &listed : manifest->files) {
            const QByteArray bytes = file(listed.name);
            listed = {listed.name, bytes.size(), sha256Of(bytes)};
        }
        write(kSeriesManifest, seriesManifestBytes(*manifest));
    }

    [[nodiscard]] std::unique_ptr<ArchiveThread> open() const {
        auto archive = ArchiveThread::open(m_paths);
        return archive ? std::move(*archive) : nullptr;
    }
    void import(const QString &id, int seed) {
        for (const EvidenceFile &file : test::goodEvidence({700, 100, 80, seed}))
            put(path(QStringLiteral("in/runs/%1/%2").arg(id, file.name)), file.bytes);
        auto archive = open();
        QVERIFY(importPages(path(QStringLiteral("in")), *archive, {}, [](const ImportCount &) {}).ok());
    }
    void note(const std::function<void(SeriesArchive &)> &what) const {
        auto archive = open();
        QVERIFY(archive
                    ->call<bool>([&](Archive &store) -> Result<bool> {
                        SeriesArchive series(store);
                        what(series);
                        return true;
                    })
                    .ok());
    }
    [[nodiscard]] ExportRequest request() const {
        ExportRequest request;
        request.tree = path(QStringLiteral("repo"));
        request.series = {kName};
        return request;
    }
    ExportCount exported(const ExportRequest &request) const {
        auto archive = open();
        const auto count = exportPages(request, *archive, {}, [](const ExportProgress &) {});
        if (!count)
            qFatal("%s", qPrintable(count.error().text));
        return *count;
    }
    ExportCount reported() const { return exported(request()); }
    [[nodiscard]] SeriesCheck checked() const {
        const auto check = checkReport(tree(QStringLiteral("series/soak")));
        return check ? *check : SeriesCheck();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(SeriesPagesTest)
#include "tst_seriespages.moc"
