// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/builtinprotocols.h"
#include "app/pages/write/runentry.h"
#include "app/pages/write/runexport.h"
#include "app/pages/write/runpage.h"
#include "models/campaign/judgerecord.h"
#include "tests/app/pages/exportsample.h"
#include "tests/models/evidence/goodevidence.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace slipway;
using test::hostileRecord;
using test::importedRecord;
using test::ownRecord;

namespace {

RunExport planned(const CampaignRecord &record, const RunPlace &place = {},
                  const ExportOptions &options = {}) {
    auto run = planRun(record, place, builtInProtocols(), options);
    if (!run)
        qFatal("%s", qPrintable(run.error().text));
    return *run;
}

QByteArray bytesOf(const QList<EvidenceFile> &files, const QString &name) {
    for (const EvidenceFile &file : files) {
        if (file.name == name)
            return file.bytes;
    }
    return "absent";
}

QJsonObject jsonOf(const RunExport &run, const QString &name) {
    return QJsonDocument::fromJson(bytesOf(run.files, name)).object();
}

Judgement judged(const QList<EvidenceFile> &files) {
    return judgeEvidence(files, {builtInProtocols(), true, {}, {}, {}});
}

} // namespace

// From a campaign to the bytes of its folder; nothing here touches a disk.
class RunExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importedFilesComeOutUnchanged() {
        const CampaignRecord record = importedRecord();
        const RunExport run = planned(record);
        for (const EvidenceFile &file : record.files)
            QCOMPARE(bytesOf(run.files, file.name), file.bytes);
        QCOMPARE(run.files.size(), record.files.size() + 4);
        QCOMPARE(run.judgement.verdict, Verdict::UnprovenPass); // reports without observations are a claim
        QVERIFY(run.warnings.isEmpty());
    }

    void theSameAgainChangesNothing() {
        const CampaignRecord record = ownRecord();
        const RunExport run = planned(record);
        const RunExport again =
            planned(record, {run.files, PreviousRun{QStringLiteral("other"), QStringLiteral("0")}});
        QVERIFY(!anyChange(again.changes));
        QCOMPARE(again.changes.size(), run.files.size());
    }

    void importedAgainItIsTheSame() {
        const RunExport run = planned(ownRecord());
        CampaignRecord imported;
        imported.summary.id = run.id;
        imported.summary.source = kImported;
        imported.files = run.files;
        const RunExport again = planned(imported, {run.files, {}});
        for (const FileChange &change : again.changes) {
            // Who ran it where is not in the reports, so that the manifest of an import knows it not.
            if (!change.path.endsWith(kManifest))
                QVERIFY2(change.kind == FileChange::Kind::Unchanged, qPrintable(change.path));
        }
    }

    void everyCheckIsWrittenDown() {
        const RunExport run = planned(ownRecord());
        const QJsonObject checks = jsonOf(run, kChecks);
        QCOMPARE(checks.value(QStringLiteral("checks")).toArray().size(), run.judgement.checks.size());
        QCOMPARE(checks.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        bool bounded = false;
        for (const QJsonValue value : checks.value(QStringLiteral("checks")).toArray()) {
            const QJsonObject check = value.toObject();
            for (const auto &key : {"id", "rule_version", "expected", "actual", "outcome", "file", "offset"})
                QVERIFY2(check.contains(QLatin1String(key)), key);
            if (check.value(QStringLiteral("id")).toString().startsWith(QStringLiteral("phase4.bound."))) {
                bounded = check.value(QStringLiteral("bound")).toDouble() > 0.995;
                QCOMPARE(check.value(QStringLiteral("n")).toInt(), 700);
            }
        }
        QVERIFY(bounded);
        QCOMPARE(checks.value(QStringLiteral("times")).toArray().size(), 4);
    }

    void theManifestSaysWhatThereIs() {
        const RunExport run = planned(ownRecord());
        const QJsonObject manifest = jsonOf(run, kManifest);
        QCOMPARE(manifest.value(QStringLiteral("files")).toArray().size(), run.files.size() - 1);
        for (const QJsonValue value : manifest.value(QStringLiteral("files")).toArray()) {
            const QJsonObject file = value.toObject();
            QCOMPARE(file.value(QStringLiteral("sha256")).toString(),
                     sha256Of(bytesOf(run.files, file.value(QStringLiteral("name")).toString())));
        }
        const QJsonObject ran = manifest.value(QStringLiteral("runs")).toArray().at(0).toObject();
        QCOMPARE(ran.value(QStringLiteral("nonce")).toString(), QStringLiteral("nonce-1"));
        QCOMPARE(manifest.value(QStringLiteral("servers")).toArray().size(), 3);
    }

    void theRunBeforeIsNamedOnceAndForAll() {
        const PreviousRun first{QStringLiteral("r1"), QStringLiteral("aa")};
        const RunExport run = planned(ownRecord(), {{}, first});
        QCOMPARE(jsonOf(run, kManifest)
                     .value(QStringLiteral("previous"))
                     .toObject()
                     .value(QStringLiteral("evidence_sha256"))
                     .toString(),
                 QStringLiteral("aa"));
        const RunExport again =
            planned(ownRecord(), {run.files, PreviousRun{QStringLiteral("r1"), QStringLiteral("bb")}});
        QVERIFY(!anyChange(again.changes));
    }

    // Their manifests named the run before by another hash.
    void theLinkOfAnOlderVersionIsMadeAnew() {
        const auto previous = [](const QByteArray &old) {
            const QByteArray manifest = "{\"schema\": \"slipway-manifest/1\", \"campaign\": \"own-r2\", "
                                        "\"files\": [{\"name\": \"phase2.json\", \"bytes\": 1, \"sha256\": "
                                        "\"00\"}], \"previous\": " +
                                        old + "}";
            const RunExport run =
                planned(ownRecord(),
                        {{{kManifest, manifest}}, PreviousRun{QStringLiteral("r1"), QStringLiteral("bb")}});
            return jsonOf(run, kManifest).value(QStringLiteral("previous"));
        };
        const QJsonValue link = previous("{\"campaign\": \"r1\", \"manifest_sha256\": \"00\"}");
        QCOMPARE(link[QLatin1String("campaign")].toString(), QStringLiteral("r1"));
        QCOMPARE(link[QLatin1String("evidence_sha256")].toString(), QStringLiteral("bb"));
        QVERIFY(previous("null").isNull()); // it was the first
    }

    void filesGetNamesThatEveryCloneCanHold() {
        CampaignRecord record = importedRecord();
        for (const char *name : {"_notes.json", "aux.json", "A.log", "a.log", "logs/.env", "INDEX.html"})
            record.files.append({QString::fromLatin1(name), QByteArray("of ") + name});
        const RunExport run = planned(record);
        QVERIFY(run.absent.isEmpty());
        QCOMPARE(run.renamed.size(), 5);
        for (auto it = run.renamed.begin(); it != run.renamed.end(); ++it) {
            QCOMPARE(bytesOf(run.files, it.key()), "of " + it.value().toUtf8());
            QCOMPARE(bytesOf(run.files, it.value()), QByteArray("absent"));
            QVERIFY(std::any_of(run.warnings.begin(), run.warnings.end(), [&](const QString &warning) {
                return warning.startsWith(
                    QStringLiteral("\"%1\" is published as %2: the name ").arg(it.value(), it.key()));
            }));
        }
        QCOMPARE(bytesOf(run.files, QStringLiteral("a.log")), QByteArray("of a.log"));
        QCOMPARE(run.judgement.verdict, planned(importedRecord()).judgement.verdict);
        QVERIFY(!anyChange(planned(record, {run.files, {}}).changes)); // always the same
    }

    void whatWasPublishedIsJudgedAlike() {
        for (const CampaignRecord &record : {ownRecord(), importedRecord()}) {
            const RunExport run = planned(record);
            const Judgement verified = judged(run.files);
            QCOMPARE(verified.verdict, run.judgement.verdict);
            QCOMPARE(verified.checks.size(), run.judgement.checks.size());
            QCOMPARE(entryOf(run.id, run.files, run.judgement).verdict, run.judgement.verdict);
        }
    }

    void aFolderLowersNoThreshold() {
        CampaignRecord record = ownRecord();
        record.parameters.insert(QStringLiteral("convergence_min"), QStringLiteral("0.5"));
        test::changeCycles(record.files, [](QJsonObject &line) {
            line.insert(QStringLiteral("converged"), line.value(QStringLiteral("ok")).toInt() - cycleLoss);
        });
        record.summary.verdict = judgeRecord(record, builtInProtocols()).verdict;
        QVERIFY(record.summary.verdict != Verdict::Fail);
        const RunExport run = planned(record);
        const auto convergence =
            std::find_if(run.judgement.checks.begin(), run.judgement.checks.end(), [](const Check &check) {
                return check.id.startsWith(QStringLiteral("phase4.convergence."));
            });
        QCOMPARE(convergence->outcome, Check::Outcome::Fail);
    }

    void tamperingShows_data() {
        QTest::addColumn<int>("how");
        QTest::addColumn<QString>("reported");
        QTest::newRow("a changed byte") << 0 << QStringLiteral("phase2.json");
        QTest::newRow("a missing file") << 1 << QStringLiteral("phase3.json");
        QTest::newRow("a file on top") << 2 << QStringLiteral("phase5.json");
        QTest::newRow("a changed page") << 3 << kPage;
        QTest::newRow("a changed check") << 4 << kChecks;
        QTest::newRow("a manifest that is none") << 5 << kManifest;
        QTest::newRow("a manifest without a file") << 6 << kManifest; // its seal does not fit
        QTest::newRow("a file that cannot be read") << 7 << QStringLiteral("phase2.json");
        QTest::newRow("an emptied manifest") << 8 << kManifest;
    }

    void tamperingShows() {
        QFETCH(int, how);
        QFETCH(QString, reported);
        QList<EvidenceFile> files = planned(ownRecord()).files;
        QCOMPARE(judged(files).verdict, Verdict::UnprovenPass);
        switch (how) {
        case 0:
            test::fileOf(files, reported).bytes += ' ';
            break;
        case 1:
            files.removeIf([&](const EvidenceFile &file) { return file.name == reported; });
            break;
        case 2:
            files.append({reported, "{}"});
            break;
        case 3:
            test::fileOf(files, reported).bytes.replace("PROVEN", "PROVEn");
            break;
        case 4:
            test::fileOf(files, reported).bytes.replace("\"n\": 700", "\"n\": 701");
            break;
        case 5:
            test::fileOf(files, reported).bytes.prepend('x');
            break;
        case 6:
            test::changeJson(files, kManifest, [](QJsonObject &manifest) {
                QJsonArray array = manifest.value(QStringLiteral("files")).toArray();
                array.removeAt(0);
                manifest.insert(QStringLiteral("files"), array);
            });
            break;
        case 7:
            test::fileOf(files, reported).problem = QStringLiteral("it is a symbolic link");
            break;
        default:
            test::fileOf(files, reported).bytes.clear();
        }
        const Judgement judgement = judged(files);
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        QVERIFY2(judgement.reason.contains(reported), qPrintable(judgement.reason));
    }

    void secretsStayHere() {
        CampaignRecord record = ownRecord();
        const QByteArray secret = "hunter"
                                  "2hunter2";
        test::changeJson(record.files, QStringLiteral("phase3.json"), [&](QJsonObject &report) {
            report.insert(QStringLiteral("to_url"),
                          QStringLiteral("postgres://me:%1@10.250.0.9/x").arg(QString::fromLatin1(secret)));
        });
        record.insight = test::insight();
        record.insight->forSme = QStringLiteral("I used {\"password\": \"%1\"} and postgres://me:%1@h")
                                     .arg(QString::fromLatin1(secret));
        record.insight->bugs[0].rootCause = QStringLiteral("PGPASSWORD=%1").arg(QString::fromLatin1(secret));
        record.parameters.insert(QStringLiteral("dsn"),
                                 QStringLiteral("postgres://me:%1@h").arg(QString::fromLatin1(secret)));
        record.phaseRuns[0].message = QString::fromLatin1(secret);
        ExportOptions options;
        options.redaction.privateAddresses = true;
        const RunExport run = planned(record, {}, options);
        for (const EvidenceFile &file : run.files) {
            QVERIFY2(!file.bytes.contains(secret), qPrintable(file.name));
            QVERIFY2(!file.bytes.contains("10.250.0.9"), qPrintable(file.name));
            if (file.name.endsWith(QStringLiteral(".json")))
                QVERIFY2(QJsonDocument::fromJson(file.bytes).isObject(), qPrintable(file.name));
        }
        QVERIFY(bytesOf(record.files, QStringLiteral("phase3.json")).contains(secret));
        QVERIFY(!jsonOf(run, kManifest).value(QStringLiteral("masked")).toArray().isEmpty());
        QCOMPARE(judged(run.files).verdict, Verdict::UnprovenPass);
    }

    void aSecretAsIdOfACampaignIsRefused() {
        CampaignRecord record = ownRecord();
        const QString token = QStringLiteral("gh"
                                             "p_7aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1z");
        record.summary.id = token + QStringLiteral("-r1");
        const auto refused = planRun(record, {}, builtInProtocols(), {});
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
        QVERIFY2(refused.error().text.contains(QStringLiteral("cannot be published")) &&
                     !refused.error().text.contains(token.mid(4, 8)),
                 qPrintable(refused.error().text));
    }

    void whatOthersPutThereIsNotLost() {
        const RunExport run = planned(ownRecord());
        RunPlace place{run.files, {}};
        place.files.append({QStringLiteral("notes.txt"), "mine"});
        const auto refused = planRun(ownRecord(), place, builtInProtocols(), {});
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::AlreadyExists);
        QVERIFY(refused.error().text.contains(QStringLiteral("notes.txt")));
    }

    void whatAnExportMadeMayGo() {
        const CampaignRecord record = ownRecord();
        const RunExport run = planned(record);
        CampaignRecord without = record;
        without.files.removeIf(
            [](const EvidenceFile &file) { return file.name == QStringLiteral("phase3.json"); });
        const RunExport after = planned(without, {run.files, {}});
        const auto gone =
            std::find_if(after.changes.begin(), after.changes.end(),
                         [](const FileChange &change) { return change.kind == FileChange::Kind::Removed; });
        QVERIFY(gone != after.changes.end());
        QCOMPARE(gone->path, QStringLiteral("runs/own-r2/phase3.json"));
    }

    void aSignatureOfAnotherManifestGoes() {
        const RunExport run = planned(ownRecord());
        RunPlace place{run.files, {}};
        place.files.append({kManifestSignature, "sig"});
        QCOMPARE(bytesOf(planned(ownRecord(), place).files, kManifestSignature), QByteArray("sig"));
        CampaignRecord other = ownRecord();
        other.insight = test::insight();
        QCOMPARE(bytesOf(planned(other, place).files, kManifestSignature), QByteArray("absent"));
    }

    void sizesAreReportedAndLimited() {
        CampaignRecord record = ownRecord();
        record.files.append({QStringLiteral("phase4-field.tar"), QByteArray(3'500'000, 'x')});
        ExportOptions options;
        options.sizeLimit = 4LL * 1024 * 1024;
        QVERIFY(planned(record, {}, options)
                    .warnings.join(QLatin1Char('\n'))
                    .contains(QStringLiteral("phase4-field.tar")));
        options.sizeLimit = 3LL * 1024 * 1024;
        const auto refused = planRun(record, {}, builtInProtocols(), options);
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().text.contains(QStringLiteral("phase4-field.tar")));
    }

    void aFileThatIsNotHereIsReportedToBeMissing() {
        CampaignRecord record = importedRecord();
        record.files.append({QStringLiteral("core"), {}, QStringLiteral("it is a symbolic link")});
        const RunExport run = planned(record);
        QCOMPARE(bytesOf(run.files, QStringLiteral("core")), QByteArray("absent"));
        QCOMPARE(run.warnings.size(), 1);
        QCOMPARE(jsonOf(run, kManifest).value(QStringLiteral("absent")).toArray().size(), 1);
        QVERIFY(bytesOf(run.files, kPage).contains("core is not here"));
    }

    void namesThatCannotBePublishedAreLeftOut_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        for (const auto &name : {"../x", "a/../../b", "/etc/passwd", "", ".git/config", "a/.GIT/x", "a//b",
                                 "a%2Fb", "a%00b", "%2E%2E", ".slipway-x", "a\nb", "100%.txt"})
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(name);
        QTest::newRow("a secret") << QStringLiteral("ghp_0123456789abcdefghijklmnopqrstuvwxyz.txt")
                                  << QString(40, QLatin1Char('*')) + QStringLiteral(".txt");
    }

    void namesThatCannotBePublishedAreLeftOut() {
        QFETCH(QString, name);
        QFETCH(QString, shown);
        CampaignRecord record = importedRecord();
        record.files.append({name, "x"});
        const RunExport run = planned(record);
        for (const EvidenceFile &file : run.files) {
            QVERIFY2(file.name != name, qPrintable(file.name));
            QVERIFY2(name == shown || !file.bytes.contains(name.toUtf8()), qPrintable(file.name));
        }
        QCOMPARE(run.absent.size(), 1);
        QCOMPARE(run.absent.constFirst().name, shown);
        QVERIFY2(run.warnings.constFirst().startsWith(shown + QStringLiteral(" is left out: ")),
                 qPrintable(run.warnings.constFirst()));
        QCOMPARE(jsonOf(run, kManifest).value(QStringLiteral("absent")).toArray().size(), 1);
    }

    void hostileTextsAreShownAsText() {
        const RunExport run = planned(hostileRecord());
        const QByteArray page = bytesOf(run.files, kPage);
        QVERIFY(page.size() > qsizetype{1024} * 1024);
        const QString text = QString::fromUtf8(page);
        QCOMPARE(text.count(QStringLiteral("<script"), Qt::CaseInsensitive), 1); // its own, at its end
        QVERIFY(text.mid(text.indexOf(QStringLiteral("<script")))
                    .startsWith(QStringLiteral("<script>\"use strict\";")));
        QVERIFY(!text.contains(QStringLiteral("<img"), Qt::CaseInsensitive));
        QVERIFY(text.contains(QStringLiteral("&lt;script&gt;")));
        QVERIFY(!text.contains(QChar(0x202e)));
        QVERIFY(text.contains(QStringLiteral("[U+202E]")));
        QVERIFY(!text.contains(QChar(0)));
        // What stands in quotes is text, of the description for one.
        static const QRegularExpression quoted(QStringLiteral("\"[^\"<>]*\""));
        static const QRegularExpression attribute(QStringLiteral("<[^>]*\\s(on[a-z]+|style|src)="));
        QVERIFY(!attribute.match(QString(text).remove(quoted)).hasMatch());
        QVERIFY(
            attribute.match(QString(text + QStringLiteral("<p onclick=\"x\">")).remove(quoted)).hasMatch());
        static const QRegularExpression address(QStringLiteral("href=\"([^\"]*)\""));
        static const QRegularExpression good(QStringLiteral("^(#[A-Za-z0-9._~-]+$|\\./|\\.\\./|https?://)"));
        int links = 0;
        for (auto it = address.globalMatch(text); it.hasNext(); ++links) {
            const QString found = it.next().captured(1);
            QVERIFY2(good.match(found).hasMatch(), qPrintable(found));
        }
        QVERIFY(links > 10);
    }

    void theAnswerComesFirst() {
        CampaignRecord record = ownRecord();
        record.insight = test::insight();
        const QString page = QString::fromUtf8(bytesOf(planned(record).files, kPage));
        qsizetype at = 0;
        for (const auto &part : {"og:title\" content=\"UNPROVEN PASS: own-r2",
                                 "own-r2</b>",
                                 "UNPROVEN PASS",
                                 "The summary claims a pass",
                                 "Claim: ",
                                 "id=\"cause\"",
                                 "First check that is not supported",
                                 "Expected",
                                 "Measured",
                                 "<svg",
                                 "id=\"facts\"",
                                 "ai-memory ref",
                                 "Completed at",
                                 "Evidence hash",
                                 "slipwayctl verify ./own-r2",
                                 "Analysis",
                                 "HEADLINE",
                                 "set out to test",
                                 "TESTED",
                                 "demonstrated",
                                 "PROVED",
                                 "IN WORDS",
                                 "For three audiences",
                                 "Non-technical end users",
                                 "PLAIN",
                                 "Decision makers",
                                 "RISK",
                                 "Engineers and architects",
                                 "DETAILS",
                                 "Bugs surfaced",
                                 "A BUG",
                                 "Impact",
                                 "Root cause",
                                 "Fixed in",
                                 "https://example.org/fix",
                                 "next campaign",
                                 "NEXT",
                                 "Phase 1:",
                                 "What this phase proves",
                                 "phase1.recall",
                                 "Raw evidence",
                                 "phase1-node-a.json",
                                 "Phase 2:",
                                 "phase2.json",
                                 "Phase 3:",
                                 "phase3.json",
                                 "Phase 4:",
                                 "<svg",
                                 "95 % bound",
                                 "threshold 0.995",
                                 "Kept all",
                                 "phase4.json",
                                 "Across phases",
                                 "All artefacts",
                                 "campaign-summary.json"}) {
            const qsizetype found = page.indexOf(QLatin1String(part), at);
            QVERIFY2(found >= 0, part);
            at = found;
        }
    }

    void withoutAnAnalysisThereIsNoBoxForOne() {
        const QByteArray page = bytesOf(planned(ownRecord()).files, kPage);
        for (const char *part : {"Analysis", "id=\"focus\"", "#focus"})
            QVERIFY2(!page.contains(part), part);
    }

    // Whoever links to a check, a cycle or a file finds it there in every later page of the run.
    void everyCheckCycleAndFileHasAnAnchor() {
        CampaignRecord record = ownRecord();
        test::changeJson(record.files, QStringLiteral("phase2.json"), [](QJsonObject &report) {
            report.insert(QStringLiteral("probe2_both_peers_down"), QStringLiteral("201"));
        });
        const RunExport run = planned(record);
        const QByteArray page = bytesOf(run.files, kPage);
        QStringList anchors;
        for (const Check &check : run.judgement.checks)
            anchors << check.id;
        for (int cycle = 1; cycle <= 700; ++cycle)
            anchors << QStringLiteral("kill_primary_mid_write.%1").arg(cycle);
        for (const EvidenceFile &file : run.files) {
            if (file.name != kPage && file.name != kBadge && file.name != kManifest)
                anchors << QStringLiteral("file-") + file.name;
        }
        QVERIFY(anchors.size() > 770);
        for (const QString &anchor : std::as_const(anchors))
            QVERIFY2(page.count(QStringLiteral(" id=\"%1\"").arg(anchorOf(anchor)).toUtf8()) == 1,
                     qPrintable(anchor));
        static const QRegularExpression inside(QStringLiteral("href=\"#([^\"]+)\""));
        const QString text = QString::fromUtf8(page);
        for (auto it = inside.globalMatch(text); it.hasNext();) {
            const QString to = it.next().captured(1);
            QVERIFY2(text.contains(QStringLiteral(" id=\"%1\"").arg(to)), qPrintable(to));
        }
        QCOMPARE(anchorOf(QStringLiteral("a b/é~\"")), QStringLiteral("a~20b~2F~C3~A9~7E~22"));
    }

private:
    static constexpr int cycleLoss = 2;
};

QTEST_GUILESS_MAIN(RunExportTest)
#include "tst_runexport.moc"
