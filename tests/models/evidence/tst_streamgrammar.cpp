// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/canary.h"
#include "models/evidence/streamfacts.h"
#include "models/evidence/streamgrammar.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/observedlines.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>

using namespace slipway;
using namespace slipway::test;

namespace {

using Change = std::function<void(Lines &)>;

// The ship-gate's own protocol, with all of its parameters.
const Protocol &shipGate() {
    static const Protocol protocol = [] {
        QFile file(testPaths::source("resources/protocols/ship-gate.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s", qPrintable(file.errorString()));
        return withPrograms(*parseProtocol(file.readAll(), file.fileName()));
    }();
    return protocol;
}

bool is(const QJsonObject &line, const char *kind, const char *name = nullptr) {
    return line.value(QLatin1String("obs")).toString() == QLatin1String(kind) &&
           (!name || line.value(QLatin1String("name")).toString() == QLatin1String(name));
}

// Of phase 4 in the cycles of a fault class, which follow the canaries.
qsizetype placeOf(const Lines &lines, const char *kind, const char *name = nullptr) {
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (is(lines.at(i), kind, name) && lines.at(i).value(QLatin1String("fault")) != kCanaryClass)
            return i;
    }
    qFatal("no such line");
    return -1;
}

// The line once more behind itself, with other values.
Change again(const char *kind, const char *name = nullptr, const QJsonObject &fields = {}) {
    return [=](Lines &lines) {
        const qsizetype at = placeOf(lines, kind, name);
        QJsonObject line = lines.at(at);
        for (auto it = fields.constBegin(); it != fields.constEnd(); ++it)
            line.insert(it.key(), it.value());
        lines.insert(at + 1, line);
    };
}

Change with(const char *kind, const char *key, const QJsonValue &value, const char *name = nullptr) {
    return [=](Lines &lines) { lines[placeOf(lines, kind, name)].insert(QLatin1String(key), value); };
}

Change moved(const char *kind, const char *name, qsizetype to) {
    return [=](Lines &lines) { lines.move(placeOf(lines, kind, name), to); };
}

// A line of another kind right behind the beginning of the stream, or behind the first line of some kind.
Change more(const QJsonObject &fields, const char *behind = "begin") {
    return [=](Lines &lines) {
        const qsizetype at = placeOf(lines, behind);
        QJsonObject line = fields;
        for (const char *key : {"t", "up_ms"})
            line.insert(QLatin1String(key), lines.at(at).value(QLatin1String(key)));
        lines.insert(at + 1, line);
    };
}

QJsonObject object(QByteArray json) {
    return QJsonDocument::fromJson(json.replace('\'', '"')).object();
}

} // namespace

class StreamGrammarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        GoodCampaignPlan requested;
        requested.cycles = 3;
        requested.writes = 40;
        requested.parameters = {{QStringLiteral("fault_after_acks"), QStringLiteral("25")}};
        requested.protocol = &shipGate();
        m_files = observedCampaign(requested);
        m_plan = *readPlan(m_files.constFirst().bytes);
    }

    void whatTheProgramsShowIsAsPlanned() {
        for (const StreamFacts &facts : streamFacts(m_plan, m_files, shipGate().programs))
            QVERIFY2(facts.present && facts.problem.isEmpty(), qPrintable(facts.problem));
    }

    void whatNoProgramShowsIsAProblem_data() {
        QTest::addColumn<QString>("stream");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *stream, const char *name, const Change &change, const char *problem) {
            QTest::addRow("%s: %s", stream, name)
                << QString::fromLatin1(stream) << change << QString::fromLatin1(problem);
        };
        const char *unknown = "never reports this";
        const char *twice = "reported a second time";
        const char *late = "reported out of order";
        const QJsonObject server = object("{'obs':'server','node':'node-a','state':'foreign','pid':9}");

        row("phase1-functional-node-a", "an answer twice", again("output", "stats"), twice);
        row("phase1-functional-node-a", "a number twice", again("count", "snapshots"), twice);
        row("phase1-functional-node-a", "an answer of another name",
            with("output", "name", QStringLiteral("Stats"), "stats"), unknown);
        row("phase1-functional-node-a", "answers in another order", moved("output", "curator", 1), late);
        row("phase1-functional-node-a", "a server", more(server), unknown);
        row("phase1-functional-node-a", "a write", more(object("{'obs':'write','id':'x'}")), unknown);

        row("phase2-serve-node-b", "of another host", with("server", "node", QStringLiteral("node-a")),
            unknown);
        row("phase2-serve-node-b", "of a host in another spelling",
            with("server", "node", QStringLiteral("Node-B")), unknown);
        row("phase2-serve-node-b", "stopped at its start",
            again("server", nullptr, {{QStringLiteral("state"), QStringLiteral("stopped")}}), unknown);
        row("phase2-serve-node-b", "started twice", again("server"), twice);
        row("phase2-stop-b-node-b", "died and stopped",
            again("server", nullptr, {{QStringLiteral("state"), QStringLiteral("died")}}), twice);
        row("phase2-stop-b-node-b", "started at its end", with("server", "state", QStringLiteral("started")),
            unknown);
        row("phase2-stop-b-node-b", "what it holds behind its end", moved("own", nullptr, 2), late);
        row("phase2-clean-node-c", "a probe", more(object("{'obs':'probe','name':'probe2','code':'503'}")),
            unknown);
        row("phase2-clean-node-c", "a write", more(object("{'obs':'write','id':'x','code':'201'}")), unknown);

        row("phase2-burst-chaos", "settled twice",
            again("settled", nullptr, {{QStringLiteral("complete"), false}}), twice);
        row("phase2-burst-chaos", "another limit", with("settled", "limit_ms", 1000),
            "a wait of at most 1000 ms");
        row("phase2-burst-chaos", "no limit", with("settled", "limit_ms", QJsonValue()),
            "a wait of at most 0 ms");
        row("phase2-burst-chaos", "a node twice", again("held"), twice);
        row("phase2-burst-chaos", "rows of a stranger", with("held", "node", QStringLiteral("node-d")),
            unknown);
        row("phase2-burst-chaos", "statistics of a stranger",
            with("output", "name", QStringLiteral("stats-node-d"), "stats-node-a"), unknown);
        row("phase2-burst-chaos", "progress of a stranger",
            more(object("{'obs':'progress','node':'x','held':1}")), unknown);
        row("phase2-burst-chaos", "progress before the writes",
            more(object("{'obs':'progress','node':'node-a','held':1}")), late);
        row("phase2-burst-chaos", "progress after it settled",
            more(object("{'obs':'progress','node':'node-a','held':1}"), "settled"), late);
        row("phase2-burst-chaos", "a short write", with("write", "bytes", 71), "a write of 71 bytes");
        row("phase2-burst-chaos", "an agent of another name",
            with("write", "agent", QStringLiteral("ai:agent-eve")), "5 agents wrote, the plan says 4");
        row(
            "phase2-burst-chaos", "a write less",
            [](Lines &lines) { lines.removeAt(placeOf(lines, "write")); },
            "an agent did not make the 50 writes of the plan");

        row("phase2-probe1-chaos", "another probe", with("probe", "name", QStringLiteral("probe2")), unknown);
        row("phase2-probe1-chaos", "two probes", again("probe"), twice);

        row("phase3-migrate-node-a", "a page twice", again("output", "source-page-0"), unknown);
        row("phase3-migrate-node-a", "a page that is left out",
            with("output", "name", QStringLiteral("roundtrip-page-1"), "roundtrip-page-0"), unknown);
        row("phase3-migrate-node-a", "a migration twice", again("output", "forward"), twice);
        row("phase3-migrate-node-a", "the end before the beginning", moved("output", "roundtrip-page-0", 1),
            late);
        row("phase3-migrate-node-a", "seeded twice", again("count", "seeded"), twice);
        row("phase3-migrate-node-a", "too many seeded", with("count", "value", 1001),
            "more memories were seeded than the plan's 1000");
        row("phase3-migrate-node-a", "a server of another name", more(server), unknown);

        row("phase4-chaos-chaos", "settled twice",
            again("settled", nullptr, {{QStringLiteral("complete"), false}}), twice);
        row("phase4-chaos-chaos", "an effect twice",
            again("fault_effect", nullptr, {{QStringLiteral("effective"), false}}), twice);
        row("phase4-chaos-chaos", "a node twice", again("held"), twice);
        row("phase4-chaos-chaos", "rows of the primary", with("own", "node", QStringLiteral("node-0 ")),
            unknown);
        row("phase4-chaos-chaos", "statistics of the primary",
            with("output", "name", QStringLiteral("stats-node-0"), "stats-node-1"), unknown);
        row("phase4-chaos-chaos", "a node that is none",
            with("fault_effect", "node", QStringLiteral("node-3")), unknown);
        row("phase4-chaos-chaos", "a server between cycles", more(server, "cycle_end"), unknown);
        row("phase4-chaos-chaos", "own rows before it settled", moved("own", nullptr, 4), late);
        row("phase4-chaos-chaos", "more writes than planned", with("cycle_begin", "writes", 5000),
            "a cycle of 5000 writes, the plan says 40");
        row(
            "phase4-chaos-chaos", "a write less",
            [](Lines &lines) { lines.removeAt(placeOf(lines, "write")); }, "39 writes, the plan says 40");
        row(
            "phase4-chaos-chaos", "one agent for another",
            [](Lines &lines) {
                for (QJsonObject &line : lines) {
                    if (is(line, "write"))
                        line.insert(QStringLiteral("agent"), QStringLiteral("ai:agent-alice"));
                }
            },
            "1 agents wrote, the plan says 4");
        row("phase4-chaos-chaos", "struck too early", with("fault", "acked_before", 24),
            "the fault struck after 24 acknowledged writes, the plan says 25");
        row("phase4-chaos-chaos", "another limit", with("settled", "limit_ms", 86'400'000),
            "a wait of at most 86400000 ms, the plan says 20 s");
        row("phase4-chaos-chaos", "settled too late", with("settled", "ms", 50'001),
            "it settled within 50001 ms");
        row("phase4-chaos-chaos", "not exercised after cycles",
            more(object("{'obs':'not_exercised','fault':'kill_primary_mid_write'}"), "cycle_end"), unknown);
        row("phase4-chaos-chaos", "cycles of what was not exercised",
            more(object("{'obs':'not_exercised','fault':'kill_primary_mid_write'}")), unknown);
        row("phase4-chaos-chaos", "ended early without leave",
            more(object("{'obs':'ended_early','fault':'kill_primary_mid_write','cycles':1}"), "cycle_end"),
            unknown);
        row(
            "phase4-chaos-chaos", "an end within a cycle",
            [](Lines &lines) {
                while (!is(lines.at(lines.size() - 2), "write"))
                    lines.removeAt(lines.size() - 2);
            },
            "the stream ends within a cycle");
    }

    void whatNoProgramShowsIsAProblem() {
        QFETCH(const QString, stream);
        QFETCH(const Change, change);
        QFETCH(const QString, problem);
        const QString found = problemOf(stream, change, m_plan);
        QVERIFY2(found.startsWith(QStringLiteral("byte ")) && found.contains(problem), qPrintable(found));
    }

    void whatAProgramMayReportIsNotAProblem_data() {
        QTest::addColumn<QString>("stream");
        QTest::addColumn<Change>("change");
        QTest::newRow("progress of a peer, twice")
            << QStringLiteral("phase2-burst-chaos") << Change([](Lines &lines) {
                   for (const int held : {1, 2}) {
                       const qsizetype at = placeOf(lines, "settled");
                       QJsonObject line = lines.at(at);
                       line.insert(QStringLiteral("obs"), QStringLiteral("progress"));
                       line.insert(QStringLiteral("node"), QStringLiteral("node-b"));
                       line.insert(QStringLiteral("held"), held);
                       lines.insert(at, line);
                   }
               });
        // Answers that were asked for in time may come later than that.
        QTest::newRow("settled 29 s after the limit")
            << QStringLiteral("phase4-chaos-chaos") << with("settled", "ms", 49'000);
    }

    void whatAProgramMayReportIsNotAProblem() {
        QFETCH(const QString, stream);
        QFETCH(const Change, change);
        const QString found = problemOf(stream, change, m_plan);
        QVERIFY2(!found.contains(QLatin1String("report")) && !found.contains(QLatin1String("the plan")),
                 qPrintable(found));
    }

    // Of a program of another version it is not known what it reports.
    void onlyThisVersionsProgramsAreKnown() {
        QList<EvidenceFile> files = m_files;
        fileOf(files, QStringLiteral("phase2-serve-node-b"))
            .bytes.replace("\"node-b\",\"obs\"", "\"node-a\",\"obs\"");
        const auto problems = [&](const QMap<QString, QString> &programs) {
            QStringList all;
            for (const StreamFacts &facts : streamFacts(m_plan, files, programs))
                all << facts.problem;
            return all.join(QString());
        };
        QVERIFY2(problems(shipGate().programs).contains(QStringLiteral("step serve never reports this")),
                 qPrintable(problems(shipGate().programs)));
        QMap<QString, QString> others = shipGate().programs;
        for (QString &sha256 : others)
            sha256 = sha256Of(sha256.toUtf8());
        QCOMPARE(problems(others), QString());
        QCOMPARE(problems({}), QString());
    }

    void aClassMayEndEarlyByThePlan() {
        RecordedPlan plan = m_plan;
        plan.parameters.insert(QStringLiteral("stop_early"), QStringLiteral("1"));
        const QString stream = QStringLiteral("phase4-chaos-chaos");
        const auto early = [](int cycles) {
            return [=](Lines &lines) {
                QJsonObject line = lines.constLast();
                line.insert(QStringLiteral("obs"), QStringLiteral("ended_early"));
                line.insert(QStringLiteral("fault"), QStringLiteral("kill_primary_mid_write"));
                line.insert(QStringLiteral("cycles"), cycles);
                lines.insert(lines.size() - 1, line);
            };
        };
        QCOMPARE(problemOf(stream, early(3), plan), QString());
        QVERIFY(!problemOf(stream, early(2), plan).isEmpty());
        QVERIFY(!problemOf(stream, early(3), m_plan).isEmpty());
    }

    void anotherClassMayBeNotExercised() {
        QCOMPARE(problemOf(QStringLiteral("phase4-chaos-chaos"),
                           more(object("{'obs':'not_exercised','fault':'clock_skew_peer'}")), m_plan),
                 QString());
    }

private:
    static EvidenceFile &fileOf(QList<EvidenceFile> &files, const QString &stream) {
        const QString name = kObservationFolder + stream + QStringLiteral(".obs.jsonl");
        for (EvidenceFile &file : files) {
            if (file.name == name)
                return file;
        }
        qFatal("no such stream");
        return files.first();
    }

    [[nodiscard]] QString problemOf(const QString &stream, const Change &change,
                                    const RecordedPlan &plan) const {
        QList<EvidenceFile> files = m_files;
        EvidenceFile &file = fileOf(files, stream);
        Lines lines = linesOf(file.bytes);
        change(lines);
        file.bytes = bytesOf(lines);
        for (const PlannedRun &run : plan.runs) {
            if (run.streamFile() != file.name)
                continue;
            StreamGrammar grammar(plan, run);
            forEachObservation(file, [&](const Observation &observation) { grammar.add(observation); });
            return grammar.problem();
        }
        return QStringLiteral("it is not planned");
    }

    QList<EvidenceFile> m_files;
    RecordedPlan m_plan;
};

QTEST_APPLESS_MAIN(StreamGrammarTest)
#include "tst_streamgrammar.moc"
