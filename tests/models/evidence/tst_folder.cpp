// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judgeevidence.h"

#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/models/evidence/record.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

using Files = QList<EvidenceFile>;
using Change = std::function<void(Files &)>;

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

} // namespace

// What a published folder must be besides its observations.
class FolderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_folder = soundFolder();
        m_sound = judged(m_folder);
    }

    void theFolderAsItWasPublished() { compareWithRecord(described(m_sound)); }

    void aFolderIsOneCampaign_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const Change &change, const char *id, const QString &reason) {
            QTest::newRow(name) << change << QString::fromLatin1(id) << reason;
        };
        const auto text = [](const char *is) { return QString::fromUtf8(is); };
        const auto add = [](const char *name) {
            return [=](Files &files) {
                files.append({QString::fromUtf8(name), "{}"});
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
        for (const char *name : {"phase2-retry.json",
                                 "PHASE4.JSON",
                                 "cycles-other.jsonl",
                                 "old/phase2.json",
                                 "phase2.json.bak",
                                 "retry-phase2.json",
                                 "node-b-phase2.json",
                                 "rerun_phase4.json",
                                 "phase2.txt",
                                 "phase_2",
                                 "Phase 2",
                                 "\321\200hase2.json",
                                 "xphase2.json.zst",
                                 "cycles.csv",
                                 "results.json",
                                 "summary.json.gz",
                                 "FAILED.JSON",
                                 "obs.jsonl",
                                 "sub/p2.ndjson",
                                 "x.zst",
                                 "observations/notes.txt",
                                 "observations/phase9-x-y.obs.jsonl",
                                 "plan.json.bak",
                                 "phase2.json.sig",
                                 "phase4.json.sig",
                                 "retry.tar.gz",
                                 "burst.xz",
                                 "retry.json~",
                                 "failed.json_",
                                 "retry.json5",
                                 "retry.yaml",
                                 "retry.db",
                                 "runs.parquet",
                                 "PhaseII.xml",
                                 "retry.jsonl.old.bak",
                                 "core.dump",
                                 "n\303\266tes.txt",
                                 "noext"})
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
        // It points at a file as a whole, or at the byte from which on one differs.
        QVERIFY(!check->source.file.isEmpty());
        compareWithRecord(without(described(judgement), described(m_sound)));
        const bool isByte = reason.contains(QLatin1String("it differs from byte"));
        QCOMPARE(check->source.length, isByte ? 1 : 0);
        QCOMPARE(check->source.offset, isByte ? reason.section(QLatin1Char(' '), -2, -2).toLongLong() : 0);
    }

    // Whatever it is called, a report is one.
    void aReportInATextIsEvidence_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("a note") << QByteArray("phase 2 was slow") << Verdict::UnprovenPass;
        QTest::newRow("other JSON") << QByteArray("{\"note\":1}") << Verdict::UnprovenPass;
        QTest::newRow("a report") << QByteArray("\n{\"phase\":2,\"pass\":false}") << Verdict::InvalidEvidence;
        QTest::newRow("a summary") << QByteArray("{\"overall_pass\":false}") << Verdict::InvalidEvidence;
    }
    void aReportInATextIsEvidence() {
        QFETCH(const QByteArray, text);
        QFETCH(const Verdict, verdict);
        for (const char *name : {"notes.txt", "insight.md", "server.log"}) {
            Files files = m_folder;
            files.append({QString::fromLatin1(name), text});
            reseal(files);
            QCOMPARE(judged(files).verdict, verdict);
        }
    }

    void otherFilesMayLieNextToEvidence() {
        Files files = m_folder;
        for (const char *name :
             {"notes.txt", "insight.md", "screenshot-phase2.png", "phase4-chaos-chaos.log", "key.pub"})
            files.append({QString::fromLatin1(name), "x"});
        changeManifest(files, [](EvidenceManifest &manifest) {
            manifest.absent.append({QStringLiteral("core.dump"), {}, QStringLiteral("too large")});
        });
        reseal(files);
        QCOMPARE(judged(files).verdict, Verdict::UnprovenPass);
    }

    void checksOfTheFolderPointAtItsFiles() {
        const Judgement judgement = judged(m_folder);
        for (const auto &[id, file] :
             {std::pair{"campaign.manifest", kManifest}, std::pair{"campaign.manifest_facts", kManifest},
              std::pair{"campaign.rebuilt", kPlanFile}, std::pair{"campaign.plan_claim", kPlanFile},
              std::pair{"phase2.observations",
                        QStringLiteral("observations/phase2-serve-node-a.obs.jsonl")}}) {
            const Check *check = checkWith(judgement, QString::fromLatin1(id));
            QVERIFY2(check, id);
            QCOMPARE(check->source, (SourceRange{file, 0, 0}));
        }
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
        QCOMPARE(checkWith(same, QStringLiteral("campaign.previous"))->source,
                 (SourceRange{kManifest, 0, 0}));
        const Judgement other = previous(QStringLiteral("ev1"));
        QCOMPARE(other.verdict, Verdict::InvalidEvidence);
        QCOMPARE(other.reason,
                 QStringLiteral("The evidence of good-r0, the run before, was changed since this one "
                                "was published"));
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
    Judgement m_sound;
};

QTEST_APPLESS_MAIN(FolderTest)
#include "tst_folder.moc"
