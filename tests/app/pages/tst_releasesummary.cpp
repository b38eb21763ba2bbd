// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/releasesummary.h"
#include "models/campaign/judgerecord.h"
#include "models/core/instant.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace slipway;

namespace {

const QDateTime kStart = instantOf(QStringLiteral("2026-04-20T17:48:00Z"));
const QByteArray kSchema =
    "{\n"
    "  \"type\": \"object\",\n"
    "  \"required\": [\"version\", \"campaign_run_id\", \"phases\", \"pass_count\", \"fail_count\", "
    "\"wall_seconds\", \"verdict\", \"date\"],\n"
    "  \"properties\": {\n"
    "    \"wall_seconds\": {\"type\": \"integer\", \"minimum\": 0},\n"
    "    \"verdict\": {\"enum\": [\"pass\", \"fail\"]},\n"
    "    \"date\": {\"type\": \"string\", \"pattern\": \"^\\\\d{4}-\\\\d{2}-\\\\d{2}$\"},\n"
    "    \"nhi_verdict\": {\"type\": \"null\"},\n"
    "    \"phases\": {\"type\": \"array\", \"minItems\": 1, \"items\": {\"type\": \"object\", \"required\": "
    "[\"phase\", \"name\", \"pass\"]}}\n"
    "  }\n"
    "}";

CampaignRecord campaign(Verdict verdict, bool isMeasured) {
    CampaignRecord record;
    record.summary.id = QStringLiteral("v0.6.3-rc1-r2");
    record.summary.ref = QStringLiteral("release/v0.6.3");
    record.summary.startedAt = kStart;
    record.summary.finishedAt = kStart.addSecs(930);
    record.files = {
        {QStringLiteral("phase1-node-a.json"), R"({"version":"ai-memory 0.6.3","host":"node-a"})"}};
    Judgement judgement;
    judgement.verdict = verdict;
    judgement.reason = QStringLiteral("The plan is too small to prove 0.995.");
    for (int phase = 1; phase <= 4; ++phase) {
        judgement.phases.append({phase, phase == 4 ? verdict : Verdict::Proven, QStringLiteral("3 / 3"),
                                 phase == 4 ? QStringLiteral("150 writes are too few.") : QString()});
        PhaseRun run;
        run.phase = phase;
        run.startedAt = kStart.addSecs(phase * 60);
        run.finishedAt = kStart.addSecs(phase * 60 + 30);
        if (isMeasured)
            record.phaseRuns << run;
    }
    for (int i = 0; i < 2; ++i) { // two checks for one reason
        Check check;
        check.phase = 4;
        check.flaw = Check::Flaw::Unsupported;
        check.reason = QStringLiteral("150 writes are too few.");
        judgement.checks << check;
    }
    record.judgement = judgement;
    return record;
}

bool isThere(const QString &) {
    return true;
}

QJsonObject objectOf(const QByteArray &bytes) {
    return QJsonDocument::fromJson(bytes).object();
}

QJsonObject phaseIn(const QJsonObject &summary, int phase) {
    for (const QJsonValue one : summary.value(QLatin1String("phases")).toArray()) {
        if (one.toObject().value(QLatin1String("phase")).toInt() == phase)
            return one.toObject();
    }
    return {};
}

// As people wrote one of the same campaign.
QByteArray written() {
    return "{\n"
           "  \"version\": \"v0.6.3\",\n"
           "  \"campaign_run_id\": \"25007261531\",\n"
           "  \"date\": \"2026-04-20\",\n"
           "  \"wall_seconds\": 840,\n"
           "  \"wall_human\": \"14m\",\n"
           "  \"pass_count\": 4,\n"
           "  \"fail_count\": 0,\n"
           "  \"verdict\": \"pass\",\n"
           "  \"headline\": \"v0.6.3 — as I would say it\",\n"
           "  \"notes\": \"Signed off by Ada.\",\n"
           "  \"phases\": [\n"
           "    {\"phase\": 1, \"name\": \"functional\", \"pass\": true, \"wall_seconds\": 3, \"notes\": "
           "\"CRUD on three droplets\", \"droplets\": 3},\n"
           "    {\"phase\": 4, \"name\": \"chaos\", \"pass\": true, \"wall_seconds\": 324, \"wall_human\": "
           "\"5m24s\", \"notes\": \"bound = 1.0\"},\n"
           "    {\"phase\": 7, \"name\": \"soak\", \"pass\": true, \"notes\": \"by hand\"}\n"
           "  ],\n"
           "  \"evidence\": {\"campaign_dir\": \"runs/v0.6.3-rc1-r2\", \"test_hub_url\": "
           "\"https://example.org/\"},\n"
           "  \"release\": {\"tag\": \"v0.6.3\",   \"channels\": [\"crates.io\"]}\n"
           "}\n";
}

} // namespace

class ReleaseSummaryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProvenCampaignBecomesASummary() {
        const auto text = make(Verdict::Proven, true, {});
        QVERIFY(text.ok());
        const QJsonObject summary = objectOf(text->bytes);
        QCOMPARE(summary.value(QLatin1String("version")).toString(), QStringLiteral("v0.6.3"));
        QCOMPARE(summary.value(QLatin1String("campaign_run_id")).toString(), QStringLiteral("v0.6.3-rc1-r2"));
        QCOMPARE(summary.value(QLatin1String("wall_seconds")).toInt(), 930);
        QCOMPARE(summary.value(QLatin1String("wall_human")).toString(), QStringLiteral("15m30s"));
        QCOMPARE(summary.value(QLatin1String("date")).toString(), QStringLiteral("2026-04-20"));
        QCOMPARE(summary.value(QLatin1String("pass_count")).toInt(), 4);
        QCOMPARE(summary.value(QLatin1String("fail_count")).toInt(), 0);
        QVERIFY(summary.value(QLatin1String("nhi_verdict")).isNull());
        QVERIFY(!text->bytes.contains("UNPROVEN"));
        QCOMPARE(phaseIn(summary, 2).value(QLatin1String("wall_seconds")).toInt(), 30);
        QCOMPARE(text->replaced, QStringList());
        const auto again = make(Verdict::Proven, true, text->bytes);
        QVERIFY(again.ok());
        QCOMPARE(again->bytes, text->bytes);
        QCOMPARE(again->replaced, QStringList());
    }

    void onlyAPassIsReleased_data() {
        QTest::addColumn<int>("verdict");
        for (const Verdict verdict : {Verdict::Fail, Verdict::InvalidEvidence, Verdict::Incomplete,
                                      Verdict::NoEvidence, Verdict::UnprovenPass})
            QTest::newRow(qPrintable(verdictName(verdict))) << static_cast<int>(verdict);
    }

    void onlyAPassIsReleased() {
        QFETCH(int, verdict);
        const auto text = make(static_cast<Verdict>(verdict), true, {}, false);
        QVERIFY(!text.ok());
        QVERIFY(text.error().text.contains(verdictName(static_cast<Verdict>(verdict))));
    }

    void aYesReleasesNoFailure() { QVERIFY(!make(Verdict::Fail, true, {}, true).ok()); }

    void anUnprovenPassSaysSoAndItsReasonOnce() {
        const auto text = make(Verdict::UnprovenPass, true, {}, true);
        QVERIFY(text.ok());
        const QJsonObject summary = objectOf(text->bytes);
        const QString notes = summary.value(QLatin1String("notes")).toString();
        QCOMPARE(notes,
                 QStringLiteral("UNPROVEN PASS, released by a person's explicit yes: The plan is too small "
                                "to prove 0.995."));
        QCOMPARE(phaseIn(summary, 4).value(QLatin1String("notes")).toString(),
                 QStringLiteral("UNPROVEN PASS: 3 / 3, 150 writes are too few."));
        const auto again = make(Verdict::UnprovenPass, true, text->bytes, true);
        QVERIFY(again.ok());
        QCOMPARE(again->bytes, text->bytes);
    }

    // Slipway did not run it: how long it took is known better by who wrote it down.
    void whatPeopleWroteOfAnImportedCampaignStays() {
        const auto text = make(Verdict::Proven, false, written());
        QVERIFY(text.ok());
        const QJsonObject summary = objectOf(text->bytes);
        QCOMPARE(summary.value(QLatin1String("wall_seconds")).toInt(), 840);
        QCOMPARE(summary.value(QLatin1String("headline")).toString(),
                 QStringLiteral("v0.6.3 — as I would say it"));
        QCOMPARE(summary.value(QLatin1String("notes")).toString(),
                 QStringLiteral("Signed off by Ada. — PROVEN: The plan is too small to prove 0.995."));
        QCOMPARE(phaseIn(summary, 1).value(QLatin1String("notes")).toString(),
                 QStringLiteral("CRUD on three droplets"));
        QCOMPARE(phaseIn(summary, 1).value(QLatin1String("wall_seconds")).toInt(), 3);
        QCOMPARE(phaseIn(summary, 1).value(QLatin1String("droplets")).toInt(), 3);
        QCOMPARE(phaseIn(summary, 4).value(QLatin1String("wall_human")).toString(), QStringLiteral("5m24s"));
        QCOMPARE(phaseIn(summary, 7).value(QLatin1String("name")).toString(), QStringLiteral("soak"));
        QCOMPARE(summary.value(QLatin1String("pass_count")).toInt(), 5);
        QVERIFY(text->bytes.contains("\"release\": {\"tag\": \"v0.6.3\",   \"channels\": [\"crates.io\"]}"));
        QVERIFY(text->bytes.contains("https://example.org/"));
    }

    void whatWasMeasuredHereReplacesAndIsReported() {
        const auto text = make(Verdict::Proven, true, written());
        QVERIFY(text.ok());
        QCOMPARE(objectOf(text->bytes).value(QLatin1String("wall_seconds")).toInt(), 930);
        QVERIFY2(text->replaced.contains(QStringLiteral("wall_seconds: 840, now 930")),
                 qPrintable(text->replaced.join(QLatin1Char('\n'))));
        QVERIFY(text->replaced.contains(
            QStringLiteral("campaign_run_id: \"25007261531\", now \"v0.6.3-rc1-r2\"")));
        QVERIFY(text->replaced.contains(QStringLiteral("phases")));
    }

    void anUnprovenPhaseKeepsWhatWasWrittenAndSaysSo() {
        const auto text = make(Verdict::UnprovenPass, false, written(), true);
        QVERIFY(text.ok());
        QCOMPARE(phaseIn(objectOf(text->bytes), 4).value(QLatin1String("notes")).toString(),
                 QStringLiteral("bound = 1.0 — UNPROVEN PASS: 3 / 3, 150 writes are too few."));
        const auto again = make(Verdict::UnprovenPass, false, text->bytes, true);
        QVERIFY(again.ok());
        QCOMPARE(again->bytes, text->bytes);
        // Proven since: the doubt goes, the words stay.
        const auto proven = make(Verdict::Proven, false, text->bytes);
        QVERIFY(proven.ok());
        QVERIFY2(!proven->bytes.contains("UNPROVEN"), proven->bytes.constData());
        QVERIFY(proven->bytes.contains("Signed off by Ada."));
    }

    // Another campaign's words would be shown for this one.
    void whatWasWrittenOfAnotherCampaignGoesAndIsReported() {
        QByteArray other = written();
        other.replace("runs/v0.6.3-rc1-r2", "runs/v0.6.3-rc1-r1");
        const auto text = make(Verdict::Proven, false, other);
        QVERIFY(text.ok());
        QVERIFY(!text->bytes.contains("CRUD on three droplets"));
        QVERIFY(!text->bytes.contains("Signed off by Ada."));
        QVERIFY(text->replaced.contains(QStringLiteral("phases")));
        QVERIFY(text->replaced.contains(QStringLiteral("wall_seconds: 840, now 930")));
        QVERIFY(text->bytes.contains("\"release\": {\"tag\": \"v0.6.3\",   \"channels\": [\"crates.io\"]}"));
    }

    void versionsThatAreNone_data() {
        QTest::addColumn<QString>("version");
        for (const char *version : {"", "0.6.3", "v0.6", "v0.6.3/..", "v0.6.3\n", "v0.6.3-", "../v0.6.3"})
            QTest::newRow(version) << QString::fromLatin1(version);
    }

    void versionsThatAreNone() {
        QFETCH(QString, version);
        QVERIFY(
            !releaseSummary(campaign(Verdict::Proven, true), {version, false}, {}, kSchema, isThere).ok());
    }

    void whatCannotBeReadIsRefused_data() {
        QTest::addColumn<QByteArray>("existing");
        QTest::addColumn<QByteArray>("schema");
        QTest::newRow("no JSON") << QByteArray("{") << kSchema;
        QTest::newRow("an array") << QByteArray("[]") << kSchema;
        QTest::newRow("a key twice") << QByteArray("{\"a\":1,\"a\":2}") << kSchema;
        QTest::newRow("the schema is none") << QByteArray() << QByteArray("{");
        QTest::newRow("against the schema")
            << QByteArray() << QByteArray("{\"type\":\"object\",\"required\":[\"release\"]}");
    }

    void whatCannotBeReadIsRefused() {
        QFETCH(QByteArray, existing);
        QFETCH(QByteArray, schema);
        const auto text = releaseSummary(campaign(Verdict::Proven, true), {QStringLiteral("v0.6.3"), false},
                                         existing, schema, isThere);
        QVERIFY(!text.ok());
        QVERIFY(!text.error().text.isEmpty());
    }

    // The advice must be one that can be followed.
    void aCampaignWithoutARefNeedsAPersonsWord() {
        CampaignRecord record = campaign(Verdict::Proven, true);
        record.summary.ref.clear();
        const QString version = QStringLiteral("v0.6.3");
        const auto refused = releaseSummary(record, {version, false}, {}, kSchema, isThere);
        QVERIFY(!refused);
        QVERIFY2(refused.error().text.contains(QStringLiteral("say --ref v0.6.3.")),
                 qPrintable(refused.error().text));
        QVERIFY(!releaseSummary(record, {version, false, QStringLiteral("v0.6.2")}, {}, kSchema, isThere));
        const auto text = releaseSummary(record, {version, false, version}, {}, kSchema, isThere);
        QVERIFY2(text, text ? "" : qPrintable(text.error().text));
        const QJsonObject object = objectOf(text->bytes);
        QCOMPARE(object.value(QLatin1String("ai_memory_git_ref")).toString(), version);
        QVERIFY(object.value(QLatin1String("notes")).toString().contains(QStringLiteral("a person said")));
    }

    // Also where what is published of it is judged as proven.
    void aCampaignThatTheArchiveHoldsChangedIsNotReleased() {
        CampaignRecord record = campaign(Verdict::Proven, true);
        const Judgement published = *record.judgement;
        record.findings = {{QStringLiteral("archive.changed"), QStringLiteral("in the archive, x changed")}};
        setJudgement(record, published);
        const auto refused = releaseSummary(record, {QStringLiteral("v0.6.3"), true}, {}, kSchema, isThere);
        QVERIFY(!refused);
        QVERIFY2(refused.error().text.contains(QStringLiteral("INVALID EVIDENCE. In the archive, x changed")),
                 qPrintable(refused.error().text));
        const qsizetype checks = record.judgement->checks.size();
        setJudgement(record, Judgement(*record.judgement));
        QCOMPARE(record.judgement->checks.size(), checks); // it is said once
    }

    void whatIsNotPublishedIsNotLinkedTo() {
        const auto text =
            releaseSummary(campaign(Verdict::Proven, true), {QStringLiteral("v0.6.3"), false}, {}, kSchema,
                           [](const QString &path) {
                               return path == QLatin1String("runs/v0.6.3-rc1-r2/campaign-summary.json");
                           });
        QVERIFY(text);
        const QJsonObject evidence = objectOf(text->bytes).value(QLatin1String("evidence")).toObject();
        QCOMPARE(evidence.keys(),
                 QStringList({QStringLiteral("campaign_dir"), QStringLiteral("campaign_summary_json")}));
    }

    void aDurationThatNothingStatesIsRefused() {
        CampaignRecord record = campaign(Verdict::Proven, false);
        record.summary.startedAt = {};
        const auto text = releaseSummary(record, {QStringLiteral("v0.6.3"), false}, {}, kSchema, isThere);
        QVERIFY(!text.ok());
        QVERIFY(text.error().text.contains(QStringLiteral("how long")));
    }

private:
    static Result<ReleaseText> make(Verdict verdict, bool isMeasured, const QByteArray &existing,
                                    bool acceptUnproven = false) {
        return releaseSummary(campaign(verdict, isMeasured), {QStringLiteral("v0.6.3"), acceptUnproven},
                              existing, kSchema, isThere);
    }
};

QTEST_GUILESS_MAIN(ReleaseSummaryTest)
#include "tst_releasesummary.moc"
