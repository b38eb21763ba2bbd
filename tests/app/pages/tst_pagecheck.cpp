// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/pagecheck.h"
#include "app/pages/write/runexport.h"
#include "app/pages/write/runpage.h"
#include "tests/app/pages/exportsample.h"
#include "tests/models/evidence/goodcampaign.h"

#include <QTest>

using namespace slipway;

namespace {

QList<EvidenceFile> exported(const std::optional<Insight> &insight) {
    CampaignRecord record;
    record.summary.id = test::kGoodId;
    record.summary.source = kImported;
    record.files = test::publishedCampaign();
    record.insight = insight;
    const auto run = planRun(record, {}, {test::smallProtocol()}, {});
    return run ? run->files : QList<EvidenceFile>();
}

// The manifest is right about these files, and is otherwise as it was.
void listAnew(QList<EvidenceFile> &files) {
    EvidenceManifest manifest = *readManifest(fileBytes(files, kManifest));
    files.removeIf([](const EvidenceFile &file) { return file.name == kManifest; });
    manifest.files.clear();
    for (const EvidenceFile &file : std::as_const(files))
        manifest.files.append({file.name, file.bytes.size(), sha256Of(file.bytes)});
    files.append({kManifest, manifestBytes(manifest)});
}

} // namespace

// Whoever can write a folder can write its page and a manifest that fits it.
class PageCheckTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasExportedIsWhatTheFilesGive() {
        for (const auto &insight : {std::optional<Insight>(), std::optional(test::insight())}) {
            const QList<EvidenceFile> files = exported(insight);
            const Judgement judgement = test::judged(files);
            QCOMPARE(judgement.verdict, Verdict::Proven);
            const auto check = checkPage(files, judgement);
            QVERIFY(check.has_value());
            QVERIFY2(check->outcome == Check::Outcome::Pass,
                     qPrintable(QString::number(check->source.offset)));
        }
    }

    void anotherPageIsInvalid_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        const auto row = [](const char *name, const char *from, const char *to) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to);
        };
        row("another verdict", ">PROVEN</span>", ">PROVEN </span>");
        row("another claim", "Claim: At least", "Claim: All and at least");
        row("stars for a verdict", ">PROVEN</span>", ">******</span>");
        row("a number", "<td class=\"number\">", "<td class=\"number\">9");
        row("a file that is not there", "All artefacts</h2>", "All artefacts</h2><p>node.log</p>");
        row("cut", "</html>", "");
        row("longer", "</html>", "</html><p>PROVEN</p>");
        row("a badge in the narrative", "Analysis</h2>",
            "Analysis</h2><span class=\"verdict proven\">PROVEN</span>");
        row("a style in the narrative", "<h2>Analysis", "<h2 style=\"color:red\">Analysis");
        row("a script in the narrative", "Analysis</h2>", "Analysis</h2><script>1</script>");
        row("a comment in the narrative", "Analysis</h2>", "Analysis</h2><!-- x -->");
        row("another section in the narrative", "Analysis</h2>",
            "Analysis</h2></section><section id=\"phase-1\"><h2>x</h2>");
        row("a link that runs", "Analysis</h2>", "Analysis</h2><a href=\"javascript:1\">x</a>");
        row("a narrative that is not closed", "Analysis</h2>", "Analysis</h2><p>");
    }

    void anotherPageIsInvalid() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QList<EvidenceFile> files = exported(test::insight());
        for (EvidenceFile &file : files) {
            if (file.name != kPage)
                continue;
            const qsizetype at = file.bytes.indexOf(from);
            QVERIFY(at > 0);
            file.bytes.replace(at, from.size(), to);
        }
        test::reseal(files);
        const Judgement judgement = test::judged(files);
        QVERIFY(judgement.verdict != Verdict::InvalidEvidence); // its manifest fits
        const auto check = checkPage(files, judgement);
        QVERIFY(check.has_value());
        QCOMPARE(check->flaw, Check::Flaw::Invalid);
        QVERIFY(check->reason.startsWith(kPage));
    }

    void aNarrativeMaySayAnything() {
        Insight insight = test::insight();
        insight.headline = QStringLiteral("PROVEN <script>&amp;</script> \u202e \"x\" it's\nall");
        const QList<EvidenceFile> files = exported(insight);
        QCOMPARE(checkPage(files, test::judged(files))->outcome, Check::Outcome::Pass);
    }

    // Pages had no number of their layout at first. These rules write none of them: whoever has both made one
    // to be taken for the other.
    void aPageOfTheFirstLayoutIsNotTaken() {
        const auto judgedWith = [](const QByteArray &title) {
            QList<EvidenceFile> files = exported({});
            for (EvidenceFile &file : files) {
                if (file.name == kPage)
                    file.bytes =
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                        "style-src 'sha256-147kRwCEFIL8aDdGdK9yIjLDixEPI71YEAvgP3CS/3Q='\">\n<title>" +
                        title + "</title>";
            }
            test::reseal(files);
            return checkPage(files, test::judged(files));
        };
        for (const char *title :
             {"good-r1: PROVEN. Claim: At least 0.9 of the acknowledged writes are on every survivor.",
              "good-r1: FAIL", "good-r1: PROVEN. Claim: Nothing is ever lost.",
              "good-r2: PROVEN. Claim: At least 0.9 of the acknowledged writes are on every "
              "survivor."}) {
            const auto refused = judgedWith(title);
            QVERIFY(refused.has_value());
            QCOMPARE(refused->flaw, Check::Flaw::Invalid);
            QVERIFY2(refused->reason.contains(QLatin1String("export it again")), qPrintable(refused->reason));
        }
    }

    void aBadgeOfAnotherVerdictIsInvalid() {
        const auto checkedWith = [](const QByteArray &badge) {
            QList<EvidenceFile> files = exported({});
            files.removeIf([&](const EvidenceFile &file) { return file.name == kBadge && badge.isEmpty(); });
            for (EvidenceFile &file : files) {
                if (file.name == kBadge)
                    file.bytes = badge;
            }
            listAnew(files);
            const Judgement judgement = test::judged(files);
            return std::pair(judgement.verdict, checkPage(files, judgement));
        };
        const auto good = fileBytes(exported({}), kBadge);
        QVERIFY(good.contains("ship gate: "));
        QCOMPARE(checkedWith(good).second->outcome, Check::Outcome::Pass);
        for (const QByteArray &badge :
             {QByteArray(), QByteArray(good).replace("#", "##"), QByteArray("<svg/>")}) {
            const auto [verdict, check] = checkedWith(badge);
            QVERIFY(verdict != Verdict::InvalidEvidence); // its manifest fits
            QVERIFY(check.has_value());
            QCOMPARE(check->flaw, Check::Flaw::Invalid);
            // Without it there is a file less, which the page says too.
            QVERIFY2(check->reason.startsWith(badge.isEmpty() ? kPage : kBadge), qPrintable(check->reason));
        }
    }

    void aFolderOfReportsHasNoPageToHoldItTo() {
        CampaignRecord record = test::importedRecord();
        const auto run = planRun(record, {}, {test::smallProtocol()}, {});
        QVERIFY(run.ok());
        QVERIFY(!checkPage(run->files, run->judgement).has_value());
    }
};

QTEST_GUILESS_MAIN(PageCheckTest)
#include "tst_pagecheck.moc"
