// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/issuetext.h"

#include <QTest>

using namespace slipway;

namespace {

CampaignRecord red() {
    CampaignRecord record;
    record.summary.id = QStringLiteral("r14");
    record.summary.state = RunState::Failed;
    record.summary.verdict = Verdict::Fail;
    record.summary.claimedPass = true;
    record.summary.reason = QStringLiteral("Phase 2: node-b holds 166 of 200");
    record.files = {{QStringLiteral("phase2.json"), "{\n\"counts\": {\"b\": 166}\n}\n"}};
    Judgement judgement;
    judgement.blamedPhase = 2;
    Check good;
    good.id = QStringLiteral("phase1.report");
    good.outcome = Check::Outcome::Pass;
    Check bad;
    bad.id = QStringLiteral("phase2.delivery.node-b");
    bad.phase = 2;
    bad.expected = QStringLiteral("190");
    bad.actual = QStringLiteral("166");
    bad.n = 200;
    bad.outcome = Check::Outcome::Fail;
    bad.source = {QStringLiteral("phase2.json"), 18, 3};
    Check gone = bad;
    gone.id = QStringLiteral("phase3.report");
    gone.source = {QStringLiteral("phase3.json"), 0, 0};
    judgement.checks = {good, bad, gone};
    record.judgement = judgement;
    return record;
}

QString textOf(const CampaignRecord &record) {
    return issueText(record, entriesOf({record.summary}).constFirst());
}

} // namespace

class IssueTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTheBytes() {
        const QString text = textOf(red());
        QVERIFY(text.startsWith(QStringLiteral("## `r14`: FAIL")));
        QVERIFY(text.contains(
            QStringLiteral("`phase2.delivery.node-b`: expected `190`, measured `166`, n = 200")));
        QVERIFY(text.contains(QStringLiteral("`phase2.json`, bytes 18 to 21, SHA-256 `")));
        QVERIFY(text.contains(QStringLiteral("```text\n{\n\"counts\": {\"b\": 166}\n")));
        QVERIFY(text.contains(QStringLiteral("`phase3.json` is not there")));
        QVERIFY(text.contains(QStringLiteral("its summary says: pass")));
        QVERIFY(!text.contains(QStringLiteral("phase1.report")));
    }

    void nothingFromOutsideIsMarkup() {
        CampaignRecord record = red();
        record.summary.reason = QStringLiteral("a ``` b\n# heading @everyone <script>");
        record.files.first().bytes = "````\n@all 1\n";
        record.judgement->checks[1].source = {QStringLiteral("phase2.json"), 5, 1};
        record.judgement->checks[1].actual = QStringLiteral("`tick");
        const QString text = textOf(record);
        QVERIFY(text.contains(QStringLiteral("````a ``` b # heading @everyone <script>````")));
        QVERIFY(text.contains(QStringLiteral("`````text\n````\n")));
        QVERIFY(text.contains(QStringLiteral("`` `tick ``")));
        QVERIFY(!text.contains(QStringLiteral("\n# heading")));
    }

    void manyChecksAreCut() {
        CampaignRecord record = red();
        for (int i = 0; i < 1000; ++i)
            record.judgement->checks << record.judgement->checks.at(1);
        QVERIFY(textOf(record).size() < 20'000);
        QVERIFY(textOf(record).contains(QStringLiteral("and more")));
    }
};

QTEST_APPLESS_MAIN(IssueTextTest)
#include "tst_issuetext.moc"
