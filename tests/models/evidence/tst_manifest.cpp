// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/evidence/manifest.h"

#include "models/evidence/recordedplan.h"
#include "models/evidence/rules.h"
#include "models/observation/zstream.h"

#include <QTest>

using namespace slipway;

namespace {

EvidenceManifest manifest() {
    const auto at = [](qint64 ms) { return utcOfMilliseconds(1'800'000'000'000 + ms); };
    EvidenceManifest manifest;
    manifest.campaign = QStringLiteral("r7");
    manifest.evidenceSha256 = QStringLiteral("ev");
    manifest.toolVersion = QStringLiteral("0.1.0");
    manifest.rulesVersion = 5;
    manifest.previous = PreviousRun{QStringLiteral("r6"), QStringLiteral("ev6")};
    manifest.servers = {{QStringLiteral("node-a"), QStringLiteral("ai-memory 0.6.3"), QStringLiteral("5e")}};
    manifest.runs = {{2, QStringLiteral("burst"), QStringLiteral("chaos"), QStringLiteral("n1"),
                      QStringLiteral("ended"), at(1), at(2001), QStringLiteral("pr"), QStringLiteral("ob")}};
    manifest.masked = {{QStringLiteral("phase2.json"), QStringLiteral("token"), 17, 40}};
    manifest.absent = {{QStringLiteral("core.dump"), {}, QStringLiteral("too large")}};
    manifest.findings = {{QStringLiteral("campaign.manifest"), QStringLiteral("it was changed")}};
    manifest.files = {{QStringLiteral("phase2.json"), 3, sha256Of("two")},
                      {QStringLiteral("phase3.json"), 5, sha256Of("three")}};
    return manifest;
}

// The actual values of the checks that the files fail, by file.
QStringList oddities(const QList<EvidenceFile> &files) {
    QList<Check> checks;
    rules::judgeManifest(files, checks);
    QStringList odd;
    for (const Check &check : checks) {
        if (check.outcome != Check::Outcome::Pass)
            odd << check.id + QLatin1Char(' ') + check.actual;
    }
    return odd;
}

QList<EvidenceFile> folderWith(const QByteArray &bytes) {
    return {
        {QStringLiteral("phase2.json"), "two"}, {QStringLiteral("phase3.json"), "three"}, {kManifest, bytes}};
}

} // namespace

class ManifestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allOfAManifestIsReadAsItWasWritten() {
        const EvidenceManifest written = manifest();
        const auto read = readManifest(manifestBytes(written));
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().text));
        QCOMPARE(read->campaign, written.campaign);
        QCOMPARE(read->evidenceSha256, written.evidenceSha256);
        QCOMPARE(read->toolVersion, written.toolVersion);
        QCOMPARE(read->rulesVersion, written.rulesVersion);
        QVERIFY(read->previous);
        QCOMPARE(read->previous->campaign, QStringLiteral("r6"));
        QCOMPARE(read->previous->evidenceSha256, QStringLiteral("ev6"));
        QCOMPARE(read->servers, written.servers);
        QCOMPARE(read->runs, written.runs);
        QCOMPARE(read->masked.size(), 1);
        QCOMPARE(read->masked.at(0).file, QStringLiteral("phase2.json"));
        QCOMPARE(read->masked.at(0).kind, QStringLiteral("token"));
        QCOMPARE(read->masked.at(0).offset, 17);
        QCOMPARE(read->masked.at(0).length, 40);
        QCOMPARE(read->absent.size(), 1);
        QCOMPARE(read->absent.at(0).name, QStringLiteral("core.dump"));
        QCOMPARE(read->absent.at(0).problem, QStringLiteral("too large"));
        QCOMPARE(read->findings, written.findings);
        QCOMPARE(read->files.size(), 2);
        QCOMPARE(read->files.at(1).name, QStringLiteral("phase3.json"));
        QCOMPARE(read->files.at(1).bytes, 5);
        QCOMPARE(read->files.at(1).sha256, sha256Of("three"));
        EvidenceManifest first = written;
        first.previous.reset();
        QVERIFY(!readManifest(manifestBytes(first))->previous);
    }

    void aManifestThatWasChangedIsRefused_data() {
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("is");
        const auto row = [](const char *name, const char *was, const char *is) {
            QTest::newRow(name) << QByteArray(was) << QByteArray(is);
        };
        row("a file's hash", "\"sha256\": \"5e\"", "\"sha256\": \"5f\"");
        row("a run's state", "ended", "invalid");
        row("the seal", "\"seal\": \"", "\"seal\": \"0");
        row("a member more", "\"findings\"", "\"more\": 1, \"findings\"");
        row("a size that is not a whole number", "\"bytes\": 5", "\"bytes\": 5.5");
        row("a size below nothing", "\"bytes\": 5", "\"bytes\": -5");
        row("a size beyond what is exact", "\"bytes\": 5", "\"bytes\": 9007199254740992");
        row("another schema", "slipway-manifest/2", "slipway-manifest/3");
        row("no campaign", "\"campaign\": \"r7\"", "\"campaigns\": \"r7\"");
        row("a file without a name", "\"name\": \"phase2.json\"", "\"nam\": \"phase2.json\"");
        row("not JSON", "{", "");
    }

    void aManifestThatWasChangedIsRefused() {
        QFETCH(const QByteArray, was);
        QFETCH(const QByteArray, is);
        QByteArray bytes = manifestBytes(manifest());
        const qsizetype at = bytes.indexOf(was);
        QVERIFY(at >= 0);
        bytes.replace(at, was.size(), is);
        const auto read = readManifest(bytes);
        QVERIFY(!read.ok());
        QVERIFY2(read.error().text.contains(kManifest), qPrintable(read.error().text));
        QCOMPARE(oddities(folderWith(bytes)), QStringList(QStringLiteral("campaign.manifest unreadable")));
    }

    // Folders that were published before manifests were sealed: their list of files still holds.
    void anOldManifestStillListsItsFiles() {
        // Single quotes here are double quotes there: moc loses its way among raw strings.
        const QByteArray old =
            QByteArray("{'schema':'slipway-manifest/1','campaign':'r1','evidence_sha256':'x',"
                       "'previous':{'campaign':'r0','evidence_sha256':'y'},'files':[{'name':'phase2.json','"
                       "bytes':3,'sha256':'" +
                       sha256Of("two").toLatin1() + "'}]}")
                .replace('\'', '"');
        const auto read = readManifest(old);
        QVERIFY(read.ok());
        QCOMPARE(read->campaign, QStringLiteral("r1"));
        QCOMPARE(read->files.size(), 1);
        QCOMPARE(read->rulesVersion, 0);
        QVERIFY(read->previous);
        QCOMPARE(read->previous->campaign, QStringLiteral("r0"));
        QVERIFY(read->previous->evidenceSha256.isEmpty());
        QVERIFY(read->evidenceSha256.isEmpty()); // it is not sealed, so only the list counts
    }

    void aManifestOfMoreThanSixteenMebibytesIsNotRead() {
        const auto bytesWith = [](qsizetype letters) {
            EvidenceManifest large = manifest();
            large.toolVersion = QString(letters, QLatin1Char('x'));
            return manifestBytes(large);
        };
        constexpr qsizetype kLimit = qsizetype(16) * 1024 * 1024;
        const qsizetype rest = bytesWith(0).size();
        QVERIFY(readManifest(bytesWith(kLimit - rest)).ok());
        QVERIFY(!readManifest(bytesWith(kLimit - rest + 1)).ok());
    }

    void aFolderIsWhatItsManifestLists_data() {
        QTest::addColumn<QList<EvidenceFile>>("files");
        QTest::addColumn<QStringList>("odd");
        const QList<EvidenceFile> good = folderWith(manifestBytes(manifest()));
        const QStringList none;
        const auto odd = [](const char *text) { return QStringList(QString::fromLatin1(text)); };
        QTest::newRow("as published") << good << none;
        QTest::newRow("with a signature") << good + QList<EvidenceFile>{{kManifestSignature, "sig"}} << none;
        QTest::newRow("without a manifest") << QList<EvidenceFile>{good.at(0)} << none;
        QList<EvidenceFile> files = good;
        files[0].bytes = "tow";
        QTest::newRow("a file changed") << files << odd("campaign.manifest.phase2.json changed");
        files = good;
        files[1].problem = QStringLiteral("too large");
        QTest::newRow("a file that cannot be read") << files << odd("campaign.manifest.phase3.json not read");
        files = good;
        files.removeAt(0);
        QTest::newRow("a file missing") << files << odd("campaign.manifest.phase2.json missing");
        files = good + QList<EvidenceFile>{{QStringLiteral("notes.txt"), "x"}};
        QTest::newRow("a file on top") << files << odd("campaign.manifest.notes.txt extra");
        files = good + QList<EvidenceFile>{good.at(0)};
        QTest::newRow("a file twice") << files << odd("campaign.manifest.phase2.json extra");
        EvidenceManifest empty = manifest();
        empty.files.append({QStringLiteral("empty.txt"), 0, sha256Of({})});
        QTest::newRow("an empty file")
            << folderWith(manifestBytes(empty)) + QList<EvidenceFile>{{QStringLiteral("empty.txt"), {}}}
            << none;
        EvidenceManifest nameless = manifest();
        nameless.files.append({QString(), 0, sha256Of({})});
        QTest::newRow("a file without a name")
            << folderWith(manifestBytes(nameless)) << odd("campaign.manifest unreadable");
        EvidenceManifest twice = manifest();
        twice.files.append(twice.files.at(0));
        QTest::newRow("a file listed twice")
            << folderWith(manifestBytes(twice)) << odd("campaign.manifest.phase2.json twice");
    }

    void aFolderIsWhatItsManifestLists() {
        QFETCH(const QList<EvidenceFile>, files);
        QFETCH(const QStringList, odd);
        QCOMPARE(oddities(files), odd);
    }

    void whatAgreesIsCountedAndWhatDoesNotIsInvalid() {
        QList<EvidenceFile> files = folderWith(manifestBytes(manifest()));
        QList<Check> checks;
        rules::judgeManifest(files, checks);
        QCOMPARE(checks.size(), 1);
        QCOMPARE(checks.at(0).phase, 0);
        QCOMPARE(checks.at(0).actual, QStringLiteral("2 files"));
        QCOMPARE(checks.at(0).n, 2);
        QCOMPARE(checks.at(0).source, (SourceRange{kManifest, 0, 0}));
        checks.clear();
        rules::judgeManifest(folderWith("{}"), checks);
        QCOMPARE(checks.size(), 1);
        QCOMPARE(checks.at(0).source, (SourceRange{kManifest, 0, 2}));
        checks.clear();
        files[0].bytes = "tow";
        rules::judgeManifest(files, checks);
        QCOMPARE(checks.size(), 1);
        QCOMPARE(checks.at(0).outcome, Check::Outcome::Unknown);
        QCOMPARE(checks.at(0).flaw, Check::Flaw::Invalid);
        QCOMPARE(checks.at(0).source, (SourceRange{kManifest, 0, 0}));
        QCOMPARE(checks.at(0).reason,
                 QStringLiteral("the file phase2.json is not what was published: its SHA-256 is another"));
        // A folder in which nothing fits does not fill the page.
        for (int i = 0; i < 30; ++i)
            files.append({QStringLiteral("extra-%1").arg(i), "x"});
        checks.clear();
        rules::judgeManifest(files, checks);
        QCOMPARE(checks.size(), 20);
    }

    void theHashOfTheEvidenceIsThatOfItsRoot() {
        const QList<EvidenceFile> reports{{QStringLiteral("phase2.json"), "two"},
                                          {QStringLiteral("cycles-f.jsonl"), "c"}};
        const QString hash = evidenceHash(reports);
        QCOMPARE(hash, sha256Of("cycles-f.jsonl" + QByteArray(1, '\0') + sha256Of("c").toLatin1() +
                                "\nphase2.json" + QByteArray(1, '\0') + sha256Of("two").toLatin1() + '\n'));
        // Of a claim: all but what another version would write otherwise.
        for (const QString &name :
             {kBadge, kPage, QStringLiteral("checks.json"), kManifest, kManifestSignature})
            QCOMPARE(evidenceHash(reports + QList<EvidenceFile>{{name, "x"}}), hash);
        QVERIFY(evidenceHash(reports + QList<EvidenceFile>{{QStringLiteral("notes"), "x"}}) != hash);
        QVERIFY(evidenceHash({{QStringLiteral("phase2.json"), "tow"}, reports.at(1)}) != hash);

        // Of observations: they and the plan alone; however they are compressed.
        const QString stream = QStringLiteral("observations/phase1-functional-node-a.obs.jsonl");
        const QList<EvidenceFile> observed{{kPlanFile, "plan"}, {stream, "a\nb\n"}};
        const QString root = evidenceHash(observed);
        QCOMPARE(evidenceHash(observed + reports), root);
        QCOMPARE(
            evidenceHash({{kPlanFile, "plan"}, {stream + QStringLiteral(".zst"), zstdCompress("a\nb\n")}}),
            root);
        QVERIFY(evidenceHash({{kPlanFile, "plan"}, {stream, "a\nc\n"}}) != root);
        QVERIFY(evidenceHash({{kPlanFile, "plam"}, {stream, "a\nb\n"}}) != root);
        QVERIFY(evidenceHash({{kPlanFile, "plan"}, {stream + QStringLiteral(".zst"), "broken"}}) != root);
    }
};

QTEST_APPLESS_MAIN(ManifestTest)
#include "tst_manifest.moc"
