// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/documentstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/triagestore.h"
#include "app/core/builtinprotocols.h"
#include "models/campaign/judgerecord.h"
#include "models/core/instant.h"
#include "tests/app/archive/oldarchive.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QString kProgram = testPaths::program("slipwayctl");
const QString kNeighbour = QStringLiteral("neighbour-r1");
const QString kOld = QStringLiteral("old-r1");
const QString kAdded = QStringLiteral("added-r1");

struct Said {
    int code = -1;
    QByteArray text;
};

} // namespace

// Another program changed what an archive holds of one campaign, and put the triggers back. Whoever looks at
// that campaign or passes it on is informed, by the program that people use.
class ChangedRowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_base = m_dir.filePath(QStringLiteral("base"));
        m_data = m_dir.filePath(QStringLiteral("data"));
        QVERIFY(QDir().mkpath(m_base));
        fill();
        copyBase();
        // What the rows below change is shown as proven, and verified as a pass.
        QVERIFY(run({QStringLiteral("show"), test::kGoodId}).text.startsWith("\ngood-r1: PROVEN"));
        const Said verified = run({QStringLiteral("verify"), test::kGoodId});
        QVERIFY2(verified.code == 3, verified.text.constData());
        m_folder = exported(test::kGoodId);
        QCOMPARE(run({QStringLiteral("verify"), m_folder}).code, 3);
        m_neighbour = neighbour();
        QVERIFY(!m_neighbour.contains("INVALID"));
    }

    void whatAnotherProgramChangedIsNeverProven_data() {
        QTest::addColumn<QString>("campaign");
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("unit");
        const auto row = [](const QString &name, const QByteArray &sql, const QByteArray &unit,
                            const QString &campaign = test::kGoodId) {
            QTest::newRow(qPrintable(name)) << campaign << sql << unit;
        };
        struct Table {
            const char *name;
            const char *set;     ///< what is changed in a row
            const char *added;   ///< the columns of a row more, from those of the row that is there
            const char *unit;    ///< of the row
            const char *another; ///< of the one that is added
        };
        static const Table tables[] = {
            {"parameter", "value='9'", "campaign, name || 'x', value", "parameter", "parameter"},
            {"phase_run", "exit_code=3",
             "campaign, phase, step, 'other', state, started_at, finished_at, exit_code, job, message, "
             "position",
             R"(phase_run [2,"burst","chaos"])", R"(phase_run [2,"burst","other"])"},
            {"evidence_file", "saved_at=7",
             "campaign, name, revision+1, saved_at, sha256, problem, removed, bytes",
             R"(evidence_file ["plan.json",1])", R"(evidence_file ["plan.json",2])"},
            {"stream", "bytes=9", "campaign, 'phase9-x.log', bytes, sha256", R"(stream ["phase2-x.log"])",
             R"(stream ["phase9-x.log"])"},
            {"observation_stream", "lines=lines+1",
             "campaign, 'phase9-x-y.obs.jsonl', plain_bytes, plain_sha256, lines, sha256, bytes",
             R"(observation_stream ["phase1-functional-node-a.obs.jsonl"])",
             R"(observation_stream ["phase9-x-y.obs.jsonl"])"},
            {"judgement", "judged_at=7", "NULL, campaign, judged_at, rules_version, verdict, content",
             "judgement [1]", "judgement [3]"},
            {"triage", "noted_at=7", "NULL, campaign, noted_at, content", "triage [1]", "triage [2]"},
            {"removal", "noted_at=7", "NULL, campaign, noted_at, removed", "removal [2]", "removal [3]"},
            {"salient", "place='elsewhere'", "NULL, campaign, 'other', place, text, folded",
             R"(salient ["reason"])", R"(salient ["other"])"}};
        for (const Table &table : tables) {
            const QByteArray of = QByteArray(table.name) + " WHERE campaign='good-r1'";
            const QByteArray first = "(SELECT rowid FROM " + of + " ORDER BY rowid " +
                                     (of.startsWith("removal") ? "DESC" : "ASC") + " LIMIT 1)";
            const QString name = QString::fromLatin1(table.name);
            row(name + QStringLiteral(" changed"),
                "UPDATE " + QByteArray(table.name) + " SET " + table.set + " WHERE rowid=" + first,
                table.unit);
            row(name + QStringLiteral(" removed"),
                "DELETE FROM " + QByteArray(table.name) + " WHERE rowid=" + first, table.unit);
            row(name + QStringLiteral(" added"),
                "INSERT INTO " + QByteArray(table.name) + " SELECT " + table.added + " FROM " + table.name +
                    " WHERE rowid=" + first,
                table.another);
        }
        row(QStringLiteral("campaign changed"), "UPDATE campaign SET reason='All hold' WHERE id='good-r1'",
            "campaign");
        row(QStringLiteral("campaign removed"), "DELETE FROM campaign WHERE id='good-r1'", "campaign");
        row(QStringLiteral("campaign added"),
            "INSERT INTO campaign SELECT 'added-r1', ref, fleet, protocol, source, state, started_at, "
            "finished_at, peers, phases, verdict, claimed, reason, claim FROM campaign WHERE id='good-r1'",
            "campaign", kAdded);
        row(QStringLiteral("the bytes of a file"),
            "UPDATE evidence_file SET bytes=CAST(bytes || x'0a' AS BLOB) WHERE campaign='good-r1' AND "
            "name='plan.json'",
            R"(evidence_file ["plan.json",1])");
        row(QStringLiteral("the bytes of a stream"),
            "UPDATE observation_stream SET bytes=(SELECT bytes FROM observation_stream WHERE "
            "name='phase2-probe2-chaos.obs.jsonl') WHERE name='phase2-probe1-chaos.obs.jsonl'",
            R"(observation_stream ["phase2-probe1-chaos.obs.jsonl"])");
        row(QStringLiteral("a verdict"),
            "UPDATE judgement SET verdict='PROVEN', content='{\"verdict\":\"PROVEN\"}' WHERE "
            "campaign='old-r1'; UPDATE campaign SET verdict='PROVEN', reason='All hold' WHERE id='old-r1'",
            "campaign", kOld);
        const QByteArray documents = " WHERE name='insight/good-r1'";
        const QByteArray insight = R"(document ["insight/good-r1",1])";
        row(QStringLiteral("document changed"), "UPDATE document SET saved_at=7" + documents, insight);
        row(QStringLiteral("document removed"), "DELETE FROM document" + documents, insight);
        row(QStringLiteral("document added"),
            "INSERT INTO document SELECT name, revision+1, saved_at, sha256, problem, bytes FROM document" +
                documents,
            R"(document ["insight/good-r1",2])");
        row(QStringLiteral("observation changed"), "UPDATE observation SET line=x'33' WHERE id=1",
            "observations", kOld);
        row(QStringLiteral("observation removed"), "DELETE FROM observation WHERE id=1", "observations",
            kOld);
        row(QStringLiteral("observation added"),
            "INSERT INTO observation SELECT NULL, campaign, stream, 900, line FROM observation WHERE id=1",
            "observations", kOld);
    }

    void whatAnotherProgramChangedIsNeverProven() {
        QFETCH(QString, campaign);
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, unit);
        copyBase();
        const QByteArray triggers = "SELECT sql || ';' FROM sqlite_master WHERE type='trigger'";
        const QByteArray made = shell(triggers);
        const QByteArray drop =
            shell("SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type='trigger'");
        QCOMPARE(shell(drop + sql + ';' + made), QByteArray());
        for (const QStringList &words :
             {QStringList{QStringLiteral("show"), campaign}, QStringList{QStringLiteral("verify"), campaign},
              QStringList{QStringLiteral("diff"), campaign, m_folder}}) {
            const Said said = run(words);
            const QByteArray what = words.constFirst().toUtf8() + ": " + said.text;
            QVERIFY2(isInvalid(said, campaign), what.constData());
            QVERIFY2(said.text.contains(unit), what.constData());
            QVERIFY2(said.text.contains("slipwayctl archive check"), what.constData());
        }
        const QString folder = exported(campaign);
        if (folder.isEmpty()) {
            QVERIFY2(m_said.code != 0 && m_said.text.contains(unit), m_said.text.constData());
        } else {
            const Said said = run({QStringLiteral("verify"), folder});
            QVERIFY2(said.code == 4 && isInvalid(said, campaign), said.text.constData());
            QVERIFY(named(folder).contains(QString::fromUtf8(unit)));
        }
        QCOMPARE(neighbour(), m_neighbour);
    }

private:
    void fill() const {
        const auto opened = Archive::open(Paths{m_base});
        QVERIFY2(opened.ok(), opened ? "" : qPrintable(opened.error().text));
        Archive &archive = **opened;
        const Protocol protocol = *builtInProtocol(QStringLiteral("ship-gate"));
        test::GoodCampaignPlan plan = test::threeCycles();
        plan.protocol = &protocol;
        plan.parameters = {{QStringLiteral("fault_after_acks"), QStringLiteral("3")}}; // of six writes
        for (const QString &id : {test::kGoodId, kNeighbour, kOld}) {
            CampaignRecord record;
            record.summary.id = id;
            record.summary.protocol = protocol.name;
            record.summary.source = QStringLiteral("run");
            record.summary.state = RunState::Passed;
            record.summary.startedAt = utcOfMilliseconds(1'800'000'000'000);
            record.parameters = {{QStringLiteral("cycles"), QStringLiteral("3")}};
            QVERIFY(CampaignStore(archive).create(record).ok());
            PhaseRun run;
            run.phase = 2;
            run.step = QStringLiteral("burst");
            run.host = QStringLiteral("chaos");
            run.state = RunState::Passed;
            QVERIFY(CampaignStore(archive).savePhaseRun(id, run).ok());
        }
        for (const EvidenceFile &file : test::observedCampaign(plan)) {
            const QString name = file.name.section(QLatin1Char('/'), -1);
            if (file.name == kPlanFile)
                QVERIFY(EvidenceStore(archive).save(test::kGoodId, file).ok());
            else
                QVERIFY(ObservationStore(archive).save(test::kGoodId, test::streamOf(name, file.bytes)).ok());
        }
        QVERIFY(EvidenceStore(archive).save(kOld, {QStringLiteral("phase2.json"), "{\"pass\":false}"}).ok());
        QVERIFY(test::addOldObservations(archive, kOld, {{QStringLiteral("s"), 0, "one"}}).ok());
        QVERIFY(ObservationStore(archive)
                    .saveSpool(test::kGoodId, QStringLiteral("phase2-x.log"), 1, sha256Of("l"))
                    .ok());
        QVERIFY(DocumentStore(archive)
                    .save({QStringLiteral("insight/good-r1"), R"({"headline":"A headline"})"})
                    .ok());
        Judgement judgement;
        judgement.verdict = Verdict::Proven;
        judgement.reason = QStringLiteral("All checks hold");
        QVERIFY(JudgementStore(archive).save(test::kGoodId, judgement).ok());
        QVERIFY(TriageStore(archive).save(test::kGoodId, {FailureClass::Product, {}, {}, {}}).ok());
        for (const bool removed : {true, false})
            QVERIFY(CampaignStore(archive).setRemoved(test::kGoodId, removed).ok());
        CampaignRecord record = *CampaignReader(archive).load(test::kGoodId);
        record.summary.finishedAt = record.summary.startedAt.addSecs(3600);
        setJudgement(record.summary, judgement);
        QVERIFY(CampaignStore(archive).update(record.summary).ok());
        judgement.verdict = Verdict::Fail;
        QVERIFY(JudgementStore(archive).save(kOld, judgement).ok());
    }

    Said run(const QStringList &words) const {
        QProcess program;
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(kProgram, QStringList{QStringLiteral("--data-dir"), m_data} + words);
        if (!program.waitForFinished(120'000))
            return {};
        return {program.exitCode(), program.readAll()};
    }

    // It is shown as such before anything else, or not at all.
    static bool isInvalid(const Said &said, const QString &campaign) {
        return said.text.trimmed().startsWith(campaign.toUtf8() + ": INVALID EVIDENCE") ||
               (said.code == 4 && said.text.contains("Campaign " + campaign.toUtf8() +
                                                     " is not what was recorded: in the archive, "));
    }

    // What the manifest of a published folder carries along.
    static QString named(const QString &folder) {
        QFile file(folder + QLatin1Char('/') + kManifest);
        const auto manifest =
            file.open(QIODevice::ReadOnly) ? readManifest(file.readAll()) : Result<EvidenceManifest>(Error{});
        QStringList reasons;
        for (const Finding &finding : manifest ? manifest->findings : QList<Finding>())
            reasons << finding.reason;
        return reasons.join(QLatin1Char('\n'));
    }

    // The folder that it was published in; empty when it was refused, and m_said says why.
    QString exported(const QString &campaign) {
        const QString tree = m_dir.filePath(QStringLiteral("tree%1").arg(++m_trees));
        if (!QDir().mkpath(tree) ||
            QProcess::execute(QStringLiteral("git"), {QStringLiteral("init"), QStringLiteral("-q"), tree}) !=
                0)
            return {};
        m_said = run({QStringLiteral("export"), campaign, QStringLiteral("--to"), tree});
        const QString folder = tree + QStringLiteral("/runs/") + campaign;
        return QDir(folder).exists() ? folder : QString();
    }

    QByteArray neighbour() const {
        return run({QStringLiteral("show"), kNeighbour}).text +
               run({QStringLiteral("verify"), kNeighbour}).text;
    }

    void copyBase() const {
        QDir(m_data).removeRecursively();
        QDirIterator files(m_base, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = m_data + QLatin1Char('/') + QDir(m_base).relativeFilePath(files.next());
            QVERIFY(QDir().mkpath(QFileInfo(path).path()));
            QVERIFY(QFile::copy(files.filePath(), path));
        }
    }

    QByteArray shell(const QByteArray &sql) const {
        QProcess program;
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral("sqlite3"), {m_data + QStringLiteral("/archive.sqlite")});
        program.write(sql + ";\n");
        program.closeWriteChannel();
        program.waitForFinished();
        return program.readAll().trimmed();
    }

    QTemporaryDir m_dir;
    QString m_base; ///< as it was recorded
    QString m_data; ///< what is looked at
    QString m_folder;
    QByteArray m_neighbour;
    Said m_said;
    int m_trees = 0;
};

QTEST_GUILESS_MAIN(ChangedRowsTest)
#include "tst_changedrows.moc"
