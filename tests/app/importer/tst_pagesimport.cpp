// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"
#include "app/archive/archivethread.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/database.h"
#include "app/archive/searchindex.h"
#include "app/pages/import/pagesimport.h"
#include "tests/models/evidence/goodevidence.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

// From folders into the archive, through the code that both faces use.
class PagesImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("data"))));
        m_paths = Paths{m_dir->filePath(QStringLiteral("data"))};
        write(QStringLiteral("r1"), test::goodEvidence({700, 100, 80, 1}));
    }

    void whatIsImportedIsWhatLiesThere() {
        const ImportCount count = import();
        QCOMPARE(count.created, 1);
        const CampaignRecord record = load(QStringLiteral("r1"));
        QCOMPARE(record.summary.verdict, Verdict::UnprovenPass);
        QCOMPARE(record.summary.claimedPass, true);
        QCOMPARE(record.summary.source, kImported);
        QCOMPARE(record.cycles.size(), 700);
        for (const EvidenceFile &file : record.files)
            QCOMPARE(file.bytes, bytesOf(QStringLiteral("r1/") + file.name));
    }

    void importingAgainChangesNothing() {
        import();
        const ImportCount again = import();
        QCOMPARE(again.unchanged, 1);
        QCOMPARE(again.created + again.changed, 0);
        QCOMPARE(load(QStringLiteral("r1")).history.size(), 1);
    }

    void aChangedFileIsANewRevisionAndANewJudgement() {
        import();
        auto files = test::goodEvidence({700, 100, 80, 1});
        test::fileOf(files, QStringLiteral("phase4.json")).bytes.clear();
        write(QStringLiteral("r1"), files);
        QCOMPARE(import().changed, 1);
        const CampaignRecord record = load(QStringLiteral("r1"));
        QCOMPARE(record.summary.verdict, Verdict::InvalidEvidence);
        QCOMPARE(record.history.size(), 2);
        QCOMPARE(record.history.constFirst().verdict, Verdict::UnprovenPass);
        QCOMPARE(revisions(QStringLiteral("phase4.json")), 2);
        QCOMPARE(revisions(QStringLiteral("phase2.json")), 1);
    }

    void aFileThatIsGoneIsJudgedAsGoneAndKept() {
        import();
        QVERIFY(QFile::remove(m_dir->filePath(QStringLiteral("runs/r1/phase3.json"))));
        const ImportCount gone = import();
        QCOMPARE(gone.changed, 1);
        QCOMPARE(gone.rejudged, QStringList{QStringLiteral("r1: UNPROVEN PASS before, INCOMPLETE now")});
        QCOMPARE(load(QStringLiteral("r1")).summary.verdict, Verdict::Incomplete);
        QCOMPARE(revisions(QStringLiteral("phase3.json")), 2);
        QCOMPARE(import().unchanged, 1);
        write(QStringLiteral("r1"), test::goodEvidence({700, 100, 80, 1}));
        QCOMPARE(import().changed, 1);
        QCOMPARE(load(QStringLiteral("r1")).summary.verdict, Verdict::UnprovenPass);
    }

    void brokenFoldersAreImportedAsWhatTheyAre() {
        QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("runs/nothing"))));
        write(QStringLiteral("garbage"), {{QStringLiteral("phase2.json"), QByteArray(5000, '\xff')}});
        write(QStringLiteral("deep"), {{QStringLiteral("phase2.json"), QByteArray("[").repeated(1'000'000)}});
        write(QStringLiteral("link"), {});
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"),
                            m_dir->filePath(QStringLiteral("runs/link/phase2.json"))));
        const ImportCount count = import();
        QCOMPARE(count.created, 5);
        QCOMPARE(count.anomalies.size(), 1);
        QVERIFY2(count.anomalies.constFirst().startsWith(QStringLiteral("link/phase2.json: ")),
                 qPrintable(count.anomalies.constFirst()));
        QCOMPARE(load(QStringLiteral("nothing")).summary.verdict, Verdict::NoEvidence);
        QCOMPARE(load(QStringLiteral("garbage")).summary.verdict, Verdict::InvalidEvidence);
        QCOMPARE(load(QStringLiteral("deep")).summary.verdict, Verdict::InvalidEvidence);
        const CampaignRecord link = load(QStringLiteral("link"));
        QCOMPARE(link.summary.verdict, Verdict::InvalidEvidence);
        QVERIFY(link.files.constFirst().bytes.isEmpty());
    }

    void aCampaignThatWasRunHereIsLeftAlone() {
        CampaignRecord own;
        own.summary.id = QStringLiteral("r1");
        own.summary.source = QStringLiteral("run");
        QVERIFY(open()
                    ->call<bool>([&](Archive &opened) -> Result<bool> {
                        const auto created = CampaignStore(opened).create(own);
                        return created ? Result<bool>(true) : created.error();
                    })
                    .ok());
        const ImportCount count = import();
        QCOMPARE(count.own, 1);
        QVERIFY(count.verdicts.isEmpty()); // the folder's verdict is nobody's here
        QVERIFY(load(QStringLiteral("r1")).files.isEmpty());
    }

    void copiesAreCounted() {
        for (const auto &id : {QStringLiteral("r2"), QStringLiteral("r3")})
            write(id, test::goodEvidence({700, 100, 80, 1}));
        import();
        QCOMPARE(load(QStringLiteral("r1")).clones.value(QStringLiteral("phase2.json")), 2);
    }

    void insightsAndReasonsAreFound() {
        auto files = test::goodEvidence({700, 100, 80, 1});
        test::fileOf(files, QStringLiteral("phase4.json")).bytes = "[chaos] FATAL: node-0 failed to start\n";
        write(QStringLiteral("r2"), files);
        QVERIFY(QDir().mkpath(m_dir->filePath(QStringLiteral("analysis"))));
        QFile insights(m_dir->filePath(QStringLiteral("analysis/run-insights.json")));
        QVERIFY(insights.open(QIODevice::WriteOnly));
        insights.write("{\"__schema__\":\"x\",\"r1\":{\"headline\":\"All went "
                       "well\",\"bugs\":[{\"title\":\"ünïcode leak\"}]}}");
        insights.close();
        const auto count = importPath(m_dir->path());
        QCOMPARE(count.documents, 1);
        QCOMPARE(load(QStringLiteral("r1")).insight->headline, QStringLiteral("All went well"));
        QCOMPARE(search(QStringLiteral("LEAK unicode")).value(0).campaign, QStringLiteral("r1"));
        QCOMPARE(search(QStringLiteral("fatal node-0")).value(0).kind, QStringLiteral("log"));
        QVERIFY(search(QStringLiteral("nowhere")).isEmpty());
        // Operators of the search language are words like others.
        for (const auto &words : {QStringLiteral("\""), QStringLiteral("a\" OR \"b"), QStringLiteral("NEAR("),
                                  QStringLiteral("*"), QStringLiteral("text:x"), QString()})
            QVERIFY(search(words).size() < 10);
    }

    void itCanBeStopped() {
        std::stop_source stop;
        stop.request_stop();
        auto archive = open();
        const auto count = importPages(runs(), *archive, stop.get_token(), [](const ImportCount &) {});
        QVERIFY(!count.ok());
        QCOMPARE(count.error().code, ErrorCode::Cancelled);
    }

    void theArchiveIsSoundAfterwards() {
        import();
        const auto health = checkArchive(m_paths);
        QVERIFY(health.ok());
        QCOMPARE(health->problems, QStringList());
        QCOMPARE(health->campaigns, 1);
    }

private:
    [[nodiscard]] QString runs() const { return m_dir->filePath(QStringLiteral("runs")); }

    void write(const QString &id, const QList<EvidenceFile> &files) const {
        const QString folder = runs() + QLatin1Char('/') + id;
        QVERIFY(QDir().mkpath(folder));
        for (const EvidenceFile &file : files) {
            QFile out(folder + QLatin1Char('/') + file.name);
            QVERIFY(out.open(QIODevice::WriteOnly));
            QCOMPARE(out.write(file.bytes), file.bytes.size());
        }
    }

    [[nodiscard]] QByteArray bytesOf(const QString &name) const {
        QFile file(runs() + QLatin1Char('/') + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
    }

    [[nodiscard]] std::unique_ptr<ArchiveThread> open() const {
        auto archive = ArchiveThread::open(m_paths);
        return archive ? std::move(*archive) : nullptr;
    }

    ImportCount importPath(const QString &path) {
        auto archive = open();
        const auto count = importPages(path, *archive, {}, [](const ImportCount &) {});
        return count ? *count : ImportCount();
    }
    ImportCount import() { return importPath(runs()); }

    [[nodiscard]] CampaignRecord load(const QString &id) const {
        const auto record =
            open()->call<CampaignRecord>([&](Archive &opened) { return CampaignReader(opened).load(id); });
        return record ? *record : CampaignRecord();
    }

    [[nodiscard]] QList<SearchHit> search(const QString &words) const {
        const auto hits = open()->call<QList<SearchHit>>(
            [&](Archive &opened) { return SearchIndex(opened).find(words, 10); });
        if (!hits)
            qFatal("%s", qPrintable(hits.error().text));
        return *hits;
    }

    [[nodiscard]] int revisions(const QString &name) const {
        const auto opened = Archive::open(m_paths);
        auto select = (*opened)->database().prepare("SELECT count(*) FROM evidence_file WHERE name=?");
        select->bind(1, name);
        return select->next() ? static_cast<int>(select->integer(0)) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(PagesImportTest)
#include "tst_pagesimport.moc"
