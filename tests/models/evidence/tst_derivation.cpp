// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/derivation.h"

#include "models/evidence/zstream.h"
#include "tests/models/evidence/goodcampaign.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace slipway;
using namespace slipway::test;

namespace {

using Files = QList<EvidenceFile>;
using Change = std::function<void(Files &)>;

constexpr int kCycles = 3;
const QString kStream = QStringLiteral("observations/phase2-burst-chaos.obs.jsonl.zst");

// Three cycles support little, so that all that holds is UNPROVEN PASS.
GoodCampaignPlan few() {
    GoodCampaignPlan plan;
    plan.cycles = kCycles;
    return plan;
}

EvidenceFile &fileOf(Files &files, const QString &name) {
    const auto it =
        std::find_if(files.begin(), files.end(), [&](const EvidenceFile &file) { return file.name == name; });
    if (it == files.end())
        qFatal("no file %s", qPrintable(name));
    return *it;
}

void replaceIn(Files &files, const QString &name, const QByteArray &was, const QByteArray &is) {
    QByteArray &bytes = fileOf(files, name).bytes;
    const qsizetype at = bytes.indexOf(was);
    if (at < 0)
        qFatal("%s is not in %s", was.constData(), qPrintable(name));
    bytes.replace(at, was.size(), is);
}

void changeManifest(Files &files, const std::function<void(EvidenceManifest &)> &change) {
    auto manifest = readManifest(fileOf(files, kManifest).bytes);
    if (!manifest)
        qFatal("%s", qPrintable(manifest.error().text));
    change(*manifest);
    fileOf(files, kManifest).bytes = manifestBytes(*manifest);
}

const Check *checkWith(const Judgement &judgement, const QString &id) {
    const auto it = std::find_if(judgement.checks.begin(), judgement.checks.end(),
                                 [&](const Check &check) { return check.id == id; });
    return it == judgement.checks.end() ? nullptr : &*it;
}

RecordedPlan planOf(const Files &files) {
    const auto plan = readPlan(fileBytes(files, kPlanFile));
    if (!plan)
        qFatal("%s", qPrintable(plan.error().text));
    return *plan;
}

} // namespace

class DerivationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_folder = publishedCampaign(few());
        const Judgement judgement = judged(m_folder);
        QVERIFY2(judgement.verdict == Verdict::UnprovenPass, qPrintable(judgement.reason));
        for (const Check &check : judgement.checks) {
            const bool isBound = check.id == QLatin1String("phase4.bound.kill_primary_mid_write");
            QVERIFY2(check.outcome == Check::Outcome::Pass || isBound, qPrintable(check.id));
        }
    }

    void aWholeCampaignIsProven() {
        const Judgement judgement = judged(publishedCampaign());
        QCOMPARE(judgement.verdict, Verdict::Proven);
        QCOMPARE(judgement.claim, smallProtocol().claim.text);
        QCOMPARE(judgement.claimedPass, true);
        QCOMPARE(judgement.blamedPhase, 0);
        QCOMPARE(judgement.rulesVersion, kRulesVersion);
        QCOMPARE(judgement.reason,
                 QStringLiteral("All %1 checks hold, and the sample supports the claim at 95 %")
                     .arg(judgement.checks.size()));
        QStringList told;
        for (const PhaseJudgement &phase : judgement.phases)
            told << QStringLiteral("%1 %2 %3")
                        .arg(phase.phase)
                        .arg(verdictName(phase.verdict), phase.headline);
        QCOMPARE(told,
                 (QStringList{QStringLiteral("1 PROVEN 3 / 3 nodes"), QStringLiteral("2 PROVEN 80 / 80"),
                              QStringLiteral("3 PROVEN 20 = 20"), QStringLiteral("4 PROVEN 180 of 180")}));
    }

    void whatIsDerivedSaysWhatTheVerdictIs() {
        const Derivation derived = derive(planOf(m_folder), m_folder, {smallProtocol()}, {});
        QCOMPARE(derived.judgement.verdict, Verdict::UnprovenPass);
        QCOMPARE(derived.judgement.claimedPass, true);
        const QJsonObject summary = QJsonDocument::fromJson(derived.summary.bytes).object();
        QCOMPARE(summary.value(QStringLiteral("campaign_id")).toString(), kGoodId);
        QCOMPARE(summary.value(QStringLiteral("ai_memory_git_ref")).toString(), QStringLiteral("v0.6.3"));
        QCOMPARE(summary.value(QStringLiteral("overall_pass")), QJsonValue(true));
        QCOMPARE(summary.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(summary.value(QStringLiteral("phases")).toArray().size(), 6);
        QCOMPARE(derived.checks.name, QStringLiteral("checks.json"));
        const QJsonObject checks = QJsonDocument::fromJson(derived.checks.bytes).object();
        QCOMPARE(checks.value(QStringLiteral("campaign")).toString(), kGoodId);
        QCOMPARE(checks.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(checks.value(QStringLiteral("times")).toArray().size(), 4);
        QVERIFY(!checks.contains(QStringLiteral("plan")));

        Files lossy = observedCampaign(few());
        QByteArray &bytes = fileOf(lossy, QStringLiteral("observations/phase2-probe2-chaos.obs.jsonl")).bytes;
        bytes.replace("\"503\"", "\"201\"");
        const Derivation failed = derive(planOf(lossy), lossy, {smallProtocol()}, {});
        QCOMPARE(failed.judgement.verdict, Verdict::Fail);
        QCOMPARE(failed.judgement.claimedPass, false);
        QCOMPARE(QJsonDocument::fromJson(failed.summary.bytes).object().value(QStringLiteral("overall_pass")),
                 QJsonValue(false));
    }

    void serversAreThoseOfPhaseOne() {
        const Derivation derived = derive(planOf(m_folder), m_folder, {smallProtocol()}, {});
        const QList<MeasuredServer> servers = serversOf(derived.reports);
        QCOMPARE(servers.size(), 3);
        QCOMPARE(servers.at(1), (MeasuredServer{QStringLiteral("node-b"), QStringLiteral("ai-memory 0.6.3"),
                                                QStringLiteral("5e").repeated(32)}));
        QVERIFY(serversOf({{QStringLiteral("phase1-a.json"), R"({"host":"a","version":""})"},
                           {QStringLiteral("phase2.json"), R"({"host":"a","version":"1"})"},
                           {QStringLiteral("phase1-a.txt"), R"({"host":"a","version":"1"})"}})
                    .isEmpty());
    }

    void aFolderIsOneCampaign_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const Change &change, const char *id, const QString &reason) {
            QTest::newRow(name) << change << QString::fromLatin1(id) << reason;
        };
        const auto text = [](const char *is) { return QString::fromLatin1(is); };
        const auto add = [](const char *name) {
            return [=](Files &files) {
                files.append({QString::fromLatin1(name), "{}"});
                reseal(files);
            };
        };
        row(
            "a summary of another",
            [](Files &files) {
                replaceIn(files, QStringLiteral("campaign-summary.json"), "good-r1", "good-r2");
                reseal(files);
            },
            "campaign.identity",
            text("campaign-summary.json is of campaign \"good-r2\", the folder of \"good-r1\""));
        row(
            "a manifest of another",
            [](Files &files) {
                changeManifest(
                    files, [](EvidenceManifest &manifest) { manifest.campaign = QStringLiteral("good-r2"); });
            },
            "campaign.identity",
            text("evidence-manifest.json is of campaign \"good-r2\", the folder of \"good-r1\""));
        row(
            "a report missing",
            [](Files &files) {
                files.removeIf(
                    [](const EvidenceFile &file) { return file.name == QLatin1String("phase2.json"); });
                reseal(files);
            },
            "campaign.rebuilt", text("phase2.json is not there, and the observations give it"));
        row(
            "checks missing",
            [](Files &files) {
                files.removeIf([](const EvidenceFile &file) { return file.name == kChecks; });
                reseal(files);
            },
            "campaign.rebuilt", text("checks.json is not there, and the observations give it"));
        row(
            "a report changed",
            [](Files &files) {
                QByteArray &bytes = fileOf(files, QStringLiteral("phase2.json")).bytes;
                bytes[20] = bytes.at(20) == 'x' ? 'y' : 'x';
                reseal(files);
            },
            "campaign.rebuilt",
            text("phase2.json is not what the observations say: it differs from byte 20 on"));
        row(
            "a report longer",
            [](Files &files) {
                fileOf(files, QStringLiteral("phase3.json")).bytes += ' ';
                reseal(files);
            },
            "campaign.rebuilt",
            QStringLiteral("phase3.json is not what the observations say: it differs from byte %1 on")
                .arg(fileBytes(m_folder, QStringLiteral("phase3.json")).size()));
        row(
            "a report not read",
            [](Files &files) {
                fileOf(files, QStringLiteral("phase3.json")).problem = QStringLiteral("too large");
            },
            "campaign.rebuilt",
            QStringLiteral("phase3.json is not what the observations say: it differs from byte %1 on")
                .arg(fileBytes(m_folder, QStringLiteral("phase3.json")).size()));
        for (const char *name :
             {"phase2-retry.json", "PHASE4.JSON", "cycles-other.jsonl", "old/phase2.json", "phase2.json.bak",
              "observations/notes.txt", "observations/phase9-x-y.obs.jsonl", "plan.json.bak"})
            row(name, add(name), "campaign.unread",
                QStringLiteral("%1 looks like evidence and is not part of it").arg(text(name)));
        row(
            "a report twice",
            [](Files &files) {
                files.append(fileOf(files, QStringLiteral("phase2.json")));
                reseal(files);
            },
            "campaign.unread", text("phase2.json looks like evidence and is not part of it"));
        const auto facts = [&](const char *name, const std::function<void(EvidenceManifest &)> &change,
                               const QString &reason) {
            row(
                name, [=](Files &files) { changeManifest(files, change); }, "campaign.manifest_facts",
                text("evidence-manifest.json: ") + reason);
        };
        facts(
            "a run less", [](EvidenceManifest &manifest) { manifest.runs.removeLast(); },
            text("its runs are not those of the plan and the observations"));
        facts(
            "a run that ended otherwise",
            [](EvidenceManifest &manifest) { manifest.runs.first().state = QStringLiteral("invalid"); },
            text("its runs are not those of the plan and the observations"));
        facts(
            "a server more",
            [](EvidenceManifest &manifest) { manifest.servers.append(manifest.servers.constFirst()); },
            text("its servers are not those that were observed"));
        facts(
            "another hash", [](EvidenceManifest &manifest) { manifest.evidenceSha256 += QLatin1Char('0'); },
            text("its hash of the evidence is another"));
        facts(
            "older rules", [](EvidenceManifest &manifest) { manifest.rulesVersion = kRulesVersion - 1; },
            QStringLiteral("it was written by rules version %1, this is %2; export it again")
                .arg(kRulesVersion - 1)
                .arg(kRulesVersion));
        facts(
            "evidence left out",
            [](EvidenceManifest &manifest) {
                manifest.absent.append(
                    {QStringLiteral("phase4-other.json"), {}, QStringLiteral("too large")});
            },
            text("phase4-other.json is evidence and was left out"));
        facts(
            "a file left out that is there",
            [](EvidenceManifest &manifest) {
                manifest.absent.append({QStringLiteral("index.html"), {}, QStringLiteral("too large")});
            },
            text("index.html is evidence and was left out"));
        row(
            "no manifest",
            [](Files &files) {
                files.removeIf([](const EvidenceFile &file) { return file.name == kManifest; });
            },
            "campaign.manifest_facts", text("evidence-manifest.json: it is not there"));
        row(
            "a manifest that cannot be used", [](Files &files) { fileOf(files, kManifest).bytes = "{}"; },
            "campaign.manifest_facts", text("evidence-manifest.json: it cannot be used"));
        row(
            "a finding of before",
            [](Files &files) {
                changeManifest(files, [](EvidenceManifest &manifest) {
                    manifest.findings.append(
                        {QStringLiteral("campaign.x"), QStringLiteral("it was changed")});
                });
            },
            "campaign.finding.campaign.x", text("before it was passed on: it was changed"));
        row(
            "a plan that is none",
            [](Files &files) {
                fileOf(files, kPlanFile).bytes = "{}";
                reseal(files);
            },
            "campaign.plan", text("plan.json: schema: must be a string that is not empty"));
        row(
            "a plan that cannot be read",
            [](Files &files) { fileOf(files, kPlanFile).problem = QStringLiteral("too large"); },
            "campaign.plan", text("plan.json cannot be read: too large"));
    }

    void aFolderIsOneCampaign() {
        QFETCH(const Change, change);
        QFETCH(const QString, id);
        QFETCH(const QString, reason);
        Files files = m_folder;
        change(files);
        const Judgement judgement = judged(files);
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        const Check *check = checkWith(judgement, id);
        QVERIFY(check);
        QCOMPARE(check->reason, reason);
        QCOMPARE(check->flaw, Check::Flaw::Invalid);
        QCOMPARE(check->phase, 0);
    }

    void whatIsNoEvidenceMayLieBeside() {
        Files files = m_folder;
        for (const char *name : {"notes.txt", "insight.md", "screenshot-phase2.png", "phase2.json.sig"})
            files.append({QString::fromLatin1(name), "x"});
        changeManifest(files, [](EvidenceManifest &manifest) {
            manifest.absent.append({QStringLiteral("core.dump"), {}, QStringLiteral("too large")});
        });
        reseal(files);
        QCOMPARE(judged(files).verdict, Verdict::UnprovenPass);
    }

    // What was run here has no manifest and need not have its reports yet; what is there must agree all the
    // same.
    void anUnpublishedCampaignNeedsItsObservations() {
        Files files = observedCampaign(few());
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::UnprovenPass);
        const QByteArray report = fileBytes(m_folder, QStringLiteral("phase2.json"));
        files.append({QStringLiteral("phase2.json"), report});
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::UnprovenPass);
        files.last().bytes += ' ';
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::InvalidEvidence);
        files = observedCampaign(few());
        files.append({QStringLiteral("phase2-retry.json"), report});
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::InvalidEvidence);
    }

    void theFolderIsNamedAfterItsCampaign() {
        JudgeContext context = contextOf(true);
        context.folder = QStringLiteral("other-r1");
        const Judgement judgement = judgeEvidence(m_folder, context);
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        QCOMPARE(judgement.reason,
                 QStringLiteral("plan.json is of campaign \"good-r1\", the folder of \"other-r1\""));
        context.folder.clear();
        QCOMPARE(judgeEvidence(m_folder, context).verdict, Verdict::UnprovenPass);
    }

    void theRunBeforeIsTheOneThatWasFollowed() {
        Files files = m_folder;
        changeManifest(files, [](EvidenceManifest &manifest) {
            manifest.previous = PreviousRun{QStringLiteral("good-r0"), QStringLiteral("ev0")};
        });
        const auto previous = [&](const std::optional<QString> &hash) {
            JudgeContext context = contextOf(true);
            context.evidenceOf = [=](const QString &campaign) {
                return campaign == QLatin1String("good-r0") ? hash : std::nullopt;
            };
            return judgeEvidence(files, context);
        };
        QVERIFY(!checkWith(judged(files), QStringLiteral("campaign.previous")));
        QVERIFY(!checkWith(previous(std::nullopt), QStringLiteral("campaign.previous")));
        const Judgement same = previous(QStringLiteral("ev0"));
        QCOMPARE(checkWith(same, QStringLiteral("campaign.previous"))->outcome, Check::Outcome::Pass);
        const Judgement other = previous(QStringLiteral("ev1"));
        QCOMPARE(other.verdict, Verdict::InvalidEvidence);
        QCOMPARE(other.reason,
                 QStringLiteral("The evidence of good-r0, the run before, was changed since this one "
                                "was published"));
    }

    void aPlanIsComparedWithTheClaim() {
        const auto claimOf = [](const char *name, const char *value) {
            GoodCampaignPlan plan = few();
            plan.parameters.insert(QString::fromLatin1(name), QString::fromLatin1(value));
            return judged(publishedCampaign(plan));
        };
        const Judgement weaker = claimOf("convergence_min", "0.2");
        QCOMPARE(weaker.verdict, Verdict::UnprovenPass);
        QCOMPARE(weaker.claim,
                 QStringLiteral("Weaker than the protocol's claim: convergence_min is 0.2, the claim asks "
                                "for at least 0.9."));
        const Check *check = checkWith(weaker, QStringLiteral("campaign.plan_claim"));
        QVERIFY(check);
        QCOMPARE(check->flaw, Check::Flaw::Unsupported);
        QCOMPARE(check->reason,
                 QStringLiteral("the plan asks for less than the protocol's claim: convergence_min is "
                                "0.2, the claim asks for at least 0.9"));
        QCOMPARE(
            checkWith(claimOf("convergence_min", "0.95"), QStringLiteral("campaign.plan_claim"))->outcome,
            Check::Outcome::Pass);
    }

    // A protocol that this version does not know claims nothing that it could vouch for.
    void aProtocolThatIsNotKnownProvesNothing() {
        const Files files = publishedCampaign();
        JudgeContext context = contextOf(true);
        const auto verdictWith = [&](const std::function<void(Protocol &)> &change) {
            Protocol protocol = smallProtocol();
            change(protocol);
            context.protocols = {protocol};
            const RecordedPlan plan = planOf(files);
            return derive(plan, files, context.protocols, {}).judgement;
        };
        QCOMPARE(verdictWith([](Protocol &) {}).verdict, Verdict::Proven);
        for (const auto &change : std::initializer_list<std::function<void(Protocol &)>>{
                 [](Protocol &protocol) { protocol.name += QLatin1Char('x'); },
                 [](Protocol &protocol) { protocol.version += QLatin1Char('x'); },
                 [](Protocol &protocol) { protocol.source += ' '; }}) {
            const Judgement judgement = verdictWith(change);
            QCOMPARE(judgement.verdict, Verdict::UnprovenPass);
            QCOMPARE(
                judgement.claim,
                QStringLiteral("The claim of protocol small-gate, version 1, is not known to this version."));
        }
    }

    void phasesThatWereNotAskedForAreMissing() {
        Files files = observedCampaign(few());
        RecordedPlan plan = planOf(files);
        plan.phases = {1, 2, 4};
        plan.runs.removeIf([](const PlannedRun &run) { return run.phase == 3; });
        files.removeIf([](const EvidenceFile &file) { return file.name.contains(QLatin1String("phase3")); });
        fileOf(files, kPlanFile).bytes = planBytes(plan);
        QCOMPARE(derive(plan, files, {smallProtocol()}, {}).judgement.verdict, Verdict::Incomplete);
        QCOMPARE(derive(plan, files, {}, {}).judgement.verdict,
                 Verdict::UnprovenPass); // no protocol requires it
    }

    void nothingObservedIsNoEvidence() {
        const Files files{{kPlanFile, fileBytes(m_folder, kPlanFile)}};
        QCOMPARE(judgeEvidence(files, contextOf(false)).verdict, Verdict::NoEvidence);
        QCOMPARE(judgeEvidence({}, contextOf(false)).verdict, Verdict::NoEvidence);
    }

    void reportsWithoutObservationsAreAClaim() {
        Files files = m_folder;
        files.removeIf([](const EvidenceFile &file) {
            return file.name == kPlanFile || file.name.startsWith(kObservationFolder) ||
                   file.name == kManifest;
        });
        JudgeContext context = contextOf(true);
        const RecordedPlan plan = planOf(m_folder);
        context.plan = PublishedPlan{plan.protocol, plan.parameters, plan.peers, plan.phases};
        const Judgement judgement = judgeEvidence(files, context);
        QVERIFY2(judgement.verdict == Verdict::UnprovenPass, qPrintable(judgement.reason));
        QCOMPARE(judgement.claim, QStringLiteral("The reports claim it; no observations support them."));
        QVERIFY(checkWith(judgement, QStringLiteral("campaign.observations")));
        QCOMPARE(judgement.phases.size(), 4);
        for (const PhaseJudgement &phase : judgement.phases)
            QCOMPARE(phase.verdict, Verdict::UnprovenPass);
        // Of a whole campaign too.
        Files whole = publishedCampaign();
        whole.removeIf([](const EvidenceFile &file) {
            return file.name == kPlanFile || file.name.startsWith(kObservationFolder) ||
                   file.name == kManifest;
        });
        context.plan->parameters.insert(QStringLiteral("cycles"), QStringLiteral("45"));
        QCOMPARE(judgeEvidence(whole, context).verdict, Verdict::UnprovenPass);
        // Observations whose plan was taken away are left out of the judgement, which is said.
        const EvidenceFile stream{kStream, fileBytes(m_folder, kStream)};
        for (const EvidenceFile &more : {stream, EvidenceFile{QStringLiteral("phase2-retry.json"), "{}"}}) {
            const Judgement other = judgeEvidence(files + Files{more}, context);
            QCOMPARE(other.verdict, Verdict::InvalidEvidence);
            QCOMPARE(other.reason,
                     QStringLiteral("%1 looks like evidence and is not part of it").arg(more.name));
        }
    }

    void namesThatLookLikeEvidence_data() {
        QTest::addColumn<bool>("looks");
        const auto row = [](const char *name, bool looks) { QTest::newRow(name) << looks; };
        for (const char *name : {"phase1-node-a.json",
                                 "Phase2.JSON",
                                 "phase4.json.bak",
                                 "_phase2.json",
                                 "a/phase2.json",
                                 "cycles-f.jsonl",
                                 "cycles-f.ndjson",
                                 "checks.json",
                                 "plan.json",
                                 "campaign-summary.json",
                                 "campaign_summary.json",
                                 "campaignsummary.json",
                                 "evidence-manifest.json",
                                 "evidence manifest.json",
                                 "observations/x",
                                 "a/Observations",
                                 "x.obs.jsonl",
                                 "x.obs.json.zst",
                                 "phase2.json.zst",
                                 "cycles-f.zst",
                                 "ｐhase2.json"})
            row(name, true);
        for (const char *name :
             {"notes.txt", "phase2.txt", "myphase2.json", "summary.json", "evidence-manifest.json.sig",
              "index.html", "observation.md", "insights.json"})
            row(name, false);
    }

    void namesThatLookLikeEvidence() {
        QFETCH(const bool, looks);
        QCOMPARE(looksLikeEvidence(QString::fromUtf8(QTest::currentDataTag())), looks);
    }

private:
    Files m_folder;
};

Q_DECLARE_METATYPE(Change)

QTEST_APPLESS_MAIN(DerivationTest)
#include "tst_derivation.moc"
