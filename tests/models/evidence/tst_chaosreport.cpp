// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclebuilder.h"
#include "models/evidence/reportbuilder.h"
#include "tests/models/evidence/observedlines.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace slipway;
using namespace slipway::test;

namespace {

QJsonObject json(QByteArray text) {
    return QJsonDocument::fromJson(text.replace('\'', '"')).object();
}

QString compact(const QJsonObject &object) {
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Cycle cycleOf(int number, qint64 ok, qint64 converged) {
    Cycle cycle;
    cycle.number = number;
    cycle.fault = QStringLiteral("f");
    cycle.ok = ok;
    cycle.rows = {std::nullopt, ok + 1, ok};
    cycle.durable = ok;
    cycle.converged = converged;
    cycle.faultInjected = true;
    cycle.inFlight = 1;
    return cycle;
}

QMap<QString, QString> parametersWith(const char *name = "writes", const char *value = "7") {
    QMap<QString, QString> parameters{{QStringLiteral("faults"), QStringLiteral("f")},
                                      {QStringLiteral("cycles"), QStringLiteral("2")},
                                      {QStringLiteral("writes"), QStringLiteral("7")},
                                      {QStringLiteral("convergence_min"), QStringLiteral("0.8")}};
    parameters.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    return parameters;
}

QString reasonsOf(const QJsonObject &report) {
    QStringList reasons;
    for (const QJsonValue reason : report.value(QStringLiteral("reasons")).toArray())
        reasons << reason.toString();
    return reasons.join(QStringLiteral(" | "));
}

Cycle cycleFrom(const QByteArray &lines) {
    return cyclesFromStream({QStringLiteral("s"), observedLine("'obs':'cycle_begin','fault':'f','cycle':1") +
                                                      lines + observedLine("'obs':'cycle_end'")})
        .constFirst();
}

QByteArray writeLine(const QByteArray &id, const QByteArray &code, int start, int end) {
    return observedLine("'obs':'write','id':'" + id + "','code':'" + code +
                        "','start_us':" + QByteArray::number(start) + ",'end_us':" + QByteArray::number(end));
}

} // namespace

class ChaosReportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportSumsUpItsCycles() {
        QCOMPARE(compact(chaosReport({cycleOf(1, 5, 4), cycleOf(2, 6, 6)}, parametersWith())),
                 compact(json(
                     "{'phase':4,'pass':true,'cycles_per_fault':2,'writes_per_cycle':7,"
                     "'convergence_by_fault':{'f':1},'acked_by_fault':{'f':11},'durable_by_fault':{'f':11},"
                     "'converged_by_fault':{'f':10},'reasons':['']}")));
    }

    void aClassOfWhichNoCycleWasStruckDoesNotPass() {
        Cycle late = cycleOf(1, 5, 5);
        late.inFlight = 0;
        Cycle missed = cycleOf(2, 5, 5);
        missed.faultInjected = false;
        QCOMPARE(reasonsOf(chaosReport({late, missed}, parametersWith())),
                 QStringLiteral("f: in no cycle did the fault take effect with a write in flight"));
        QCOMPARE(reasonsOf(chaosReport({late, cycleOf(2, 5, 5)}, parametersWith())), QString());
    }

    void cyclesOfOtherClassesAreNotCounted() {
        Cycle other = cycleOf(1, 100, 100);
        other.fault = QStringLiteral("g");
        const QJsonObject report =
            chaosReport({cycleOf(1, 5, 5), other, cycleOf(2, 5, 5)}, parametersWith("faults", "f g"));
        QCOMPARE(compact(report.value(QStringLiteral("acked_by_fault")).toObject()),
                 compact(json("{'f':10,'g':100}")));
        QCOMPARE(reasonsOf(report), QStringLiteral("g: 1 of 2 cycles ran"));
    }

    void aClassThatDidNotRunIsNotMeasured() {
        const QJsonObject report = chaosReport({}, parametersWith());
        QCOMPARE(report.value(QStringLiteral("acked_by_fault")).toObject(), QJsonObject());
        QCOMPARE(reasonsOf(report), QStringLiteral("f: 0 of 2 cycles ran"));
    }

    void whatTheCyclesShowIsAReason_data() {
        QTest::addColumn<QList<Cycle>>("cycles");
        QTest::addColumn<QString>("reasons");
        const auto row = [](const char *name, const QList<Cycle> &cycles, const char *reasons) {
            QTest::newRow(name) << cycles << QString::fromUtf8(reasons);
        };
        const Cycle good = cycleOf(1, 5, 5);
        row("just converged", {cycleOf(1, 5, 3), good}, "");
        row("not converged", {cycleOf(1, 5, 2), good},
            "f: 7 of 10 acknowledged writes on every survivor, at least 0.8 must be");
        row("a cycle too few", {good}, "f: 1 of 2 cycles ran");
        row("a cycle too many", {good, good, good}, "f: 3 of 2 cycles ran");
        row("none acknowledged", {cycleOf(1, 0, 0), cycleOf(2, 0, 0)}, "f: no write was acknowledged");
        for (const size_t node : {size_t(1), size_t(2)}) {
            Cycle uncounted = good;
            uncounted.rows.at(node).reset();
            row(node == 1 ? "first survivor not counted" : "second survivor not counted", {uncounted, good},
                "f: a survivor could not be counted");
        }
        Cycle unasked = good;
        unasked.ok.reset();
        row("no outcomes", {unasked, cycleOf(2, 10, 10)}, "f: a survivor could not be counted");
        Cycle cut = cycleOf(2, 5, 0);
        cut.startedAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::utc()).toUTC();
        row("the last one cut off", {good, cut}, "f: 1 of 2 cycles ran");
    }

    void whatTheCyclesShowIsAReason() {
        QFETCH(const QList<Cycle>, cycles);
        QFETCH(const QString, reasons);
        const QJsonObject report = chaosReport(cycles, parametersWith(), {QStringLiteral("note")});
        QCOMPARE(reasonsOf(report), reasons.isEmpty() ? reasons : QStringLiteral("note | ") + reasons);
        QCOMPARE(report.value(QStringLiteral("pass")), QJsonValue(reasons.isEmpty()));
    }

    void whatWasNotMeasuredIsNotInTheReport() {
        Cycle unknown = cycleOf(1, 5, 5);
        unknown.rows.at(1).reset();
        QCOMPARE(chaosReport({unknown, cycleOf(2, 5, 5)}, parametersWith())
                     .value(QStringLiteral("convergence_by_fault")),
                 QJsonValue(QJsonObject()));
        for (const auto member : {&Cycle::durable, &Cycle::converged}) {
            Cycle unasked = cycleOf(1, 5, 5);
            (unasked.*member).reset();
            const QJsonObject report = chaosReport({unasked, cycleOf(2, 5, 5)}, parametersWith());
            QVERIFY(report.value(QStringLiteral("converged_by_fault")).toObject().isEmpty());
            QVERIFY(report.value(QStringLiteral("durable_by_fault")).toObject().isEmpty());
            QCOMPARE(compact(report.value(QStringLiteral("acked_by_fault")).toObject()),
                     compact(json("{'f':10}")));
        }
    }

    // The least of both survivors' rows, floored to three decimals, never over 1.
    void theFieldsShareIsFloored() {
        const auto share = [](qint64 ok, qint64 first, qint64 second) {
            Cycle cycle = cycleOf(1, ok, 0);
            cycle.rows = {std::nullopt, first, second};
            return chaosReport({cycle}, parametersWith())
                .value(QStringLiteral("convergence_by_fault"))
                .toObject()
                .value(QStringLiteral("f"))
                .toDouble();
        };
        QCOMPARE(share(3, 2, 3), 0.666);
        QCOMPARE(share(3, 3, 2), 0.666);
        QCOMPARE(share(1000, 999, 999), 0.999);
        QCOMPARE(share(3, 4, 5), 1.0);
        QCOMPARE(share(0, 0, 0), 1.0);
        QCOMPARE(share(5, 0, 5), 0.0);
    }

    void lossesBeyondTheirLimitAreAReason() {
        const QList<Cycle> cycles{cycleOf(1, 5, 4), cycleOf(2, 5, 4)};
        QCOMPARE(reasonsOf(chaosReport(cycles, parametersWith("losses_max", "2"))), QString());
        QCOMPARE(reasonsOf(chaosReport(cycles, parametersWith("losses_max", "1"))),
                 QStringLiteral("f: 2 acknowledged writes were lost, at most 1 may be"));
    }

    void eachPhaseThatWasObservedHasItsReport() {
        const QByteArray chaos =
            observedLine("'obs':'cycle_begin','fault':'f','cycle':1") + observedLine("'obs':'cycle_end'") +
            observedLine("'obs':'cycle_begin','fault':'g','cycle':1") + observedLine("'obs':'cycle_end'");
        QList<ObservedStream> streams{streamOf(4, chaos), streamOf(3, observedLine("'obs':'end'")),
                                      streamOf(2, observedLine("'obs':'end'")),
                                      streamOf(1, observedLine("'obs':'end'"))};
        streams.append(streams.constLast());
        streams.last().host = QStringLiteral("node-b");
        QStringList names;
        const QList<EvidenceFile> files = buildReports(streams, parametersWith(), {QStringLiteral("node-a")});
        for (const EvidenceFile &file : files)
            names << file.name;
        QCOMPARE(names, (QStringList{QStringLiteral("phase1-node-a.json"),
                                     QStringLiteral("phase1-node-b.json"), QStringLiteral("phase2.json"),
                                     QStringLiteral("phase3.json"), QStringLiteral("phase4.json"),
                                     QStringLiteral("cycles-f.jsonl"), QStringLiteral("cycles-g.jsonl")}));
        QCOMPARE(fileBytes(files, QStringLiteral("cycles-f.jsonl")).count('\n'), 1);
        // A run that observed nothing has none.
        for (ObservedStream &stream : streams)
            stream.file.bytes.clear();
        QVERIFY(buildReports(streams, parametersWith(), {}).isEmpty());
    }

    void parametersReachTheReports() {
        const auto reasons = [](int phase, const QByteArray &lines, const char *name, const char *value) {
            const auto files = buildReports({streamOf(phase, lines + observedLine("'obs':'end'"))},
                                            parametersWith(name, value), {QStringLiteral("node-a")});
            return reasonsOf(QJsonDocument::fromJson(files.constFirst().bytes).object());
        };
        const QByteArray tools = observedOutput("mcp", "{'id':2,'result':{'tools':[1,2]}}");
        QVERIFY(!reasons(1, tools, "mcp_min_tools", "2").contains(QStringLiteral("MCP")));
        QVERIFY(reasons(1, tools, "mcp_min_tools", "3").contains(QStringLiteral("fewer than 3 MCP tools")));
        const QByteArray burst = observedLine("'obs':'write','id':'a','code':'201'") +
                                 observedLine("'obs':'write','id':'b','code':'201'") +
                                 observedLine("'obs':'held','node':'node-a','ids':['a']");
        QVERIFY(!reasons(2, burst, "delivery_min", "0.5").contains(QStringLiteral("holds 1 of 2")));
        QVERIFY(reasons(2, burst, "delivery_min", "0.6").contains(QStringLiteral("holds 1 of 2")));
        QVERIFY(reasons(3, {}, "memories", "9").contains(QStringLiteral("0 of 9 written")));
    }

    void theSummaryRepeatsTheReports() {
        const QList<EvidenceFile> reports{{QStringLiteral("phase2.json"), R"({"phase":2})"},
                                          {QStringLiteral("phase3.json"), "not JSON"},
                                          {QStringLiteral("checks.json"), R"({"phase":9})"},
                                          {QStringLiteral("phase4.json"), R"({"phase":4})"}};
        const EvidenceFile summary =
            buildSummary({QStringLiteral("r7"), QStringLiteral("v1"),
                          QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::utc()).toUTC(), true,
                          QStringLiteral("PROVEN")},
                         reports);
        QCOMPARE(summary.name, QStringLiteral("campaign-summary.json"));
        QCOMPARE(
            compact(QJsonDocument::fromJson(summary.bytes).object()),
            compact(json("{'campaign_id':'r7','ai_memory_git_ref':'v1','completed_at':'2026-01-02T03:04:05Z',"
                         "'overall_pass':true,'verdict':'PROVEN','phases':[{'phase':2},{'phase':4}]}")));
    }

    void writesAreInFlightWhenTheFaultStrikes() {
        const auto inFlight = [](int start, int end) {
            return cycleFrom(observedLine("'obs':'fault','fault_us':30") + writeLine("w", "000", start, end))
                .inFlight;
        };
        QCOMPARE(inFlight(29, 31), 1);
        QCOMPARE(inFlight(30, 31), 0);
        QCOMPARE(inFlight(29, 30), 0);
        QCOMPARE(inFlight(31, 40), 0);
        QCOMPARE(inFlight(10, 20), 0);
        QCOMPARE(cycleFrom(writeLine("w", "000", 29, 31)).inFlight, std::nullopt);
        QCOMPARE(
            cycleFrom(observedLine("'obs':'fault','fault_us':30.5") + writeLine("w", "000", 29, 31)).inFlight,
            std::nullopt);
    }

    // Who acknowledges what began after the fault was not struck then.
    void aPrimaryThatStillAnswersWasNotStruck() {
        const auto inFlight = [](int start, const QByteArray &code) {
            return cycleFrom(observedLine("'obs':'fault','fault_us':30") + writeLine("w", "000", 29, 31) +
                             writeLine("x", code, start, 9000))
                .inFlight;
        };
        QCOMPARE(inFlight(2030, "201"), 1);
        QCOMPARE(inFlight(2031, "201"), 0);
        QCOMPARE(inFlight(2031, "000"), 1);
    }

    void outcomesAreDistinguished() {
        const Cycle cycle = cycleFrom(writeLine("a", "201", 1, 2) + writeLine("b", "503", 1, 2) +
                                      writeLine("c", "503", 1, 2) + writeLine("d", "000", 1, 2) +
                                      writeLine("e", "200", 1, 2) + writeLine("f", "500", 1, 2));
        QCOMPARE(cycle.writes, 6);
        QCOMPARE(cycle.ok, 1);
        QCOMPARE(cycle.quorumNotMet, 2);
        QCOMPARE(cycle.fail, 3);
        QCOMPARE(cycleFrom({}).writes, std::nullopt);
    }

    void aCycleKnowsItsTimesAndItsBytes() {
        const QByteArray stream =
            QByteArray("{'t':'2026-01-02T03:00:00Z','obs':'begin'}\n"
                       "{'t':'2026-01-02T03:00:01Z','obs':'cycle_begin','fault':'kill_primary_mid_write',"
                       "'cycle':3}\n"
                       "{'t':'2026-01-02T03:00:02Z','obs':'fault','fault_us':30}\n"
                       "{'t':'2026-01-02T03:00:02Z','obs':'fault_effect','node':'node-0','status':137,"
                       "'effective':true}\n"
                       "{'t':'2026-01-02T03:00:03Z','obs':'settled','ms':70}\n"
                       "{'t':'2026-01-02T03:00:04Z','obs':'cycle_end'}\n"
                       "{'t':'2026-01-02T03:00:05Z','obs':'write','id':'w','code':'201'}\n")
                .replace('\'', '"');
        const QList<Cycle> cycles = cyclesFromStream({QStringLiteral("s"), stream});
        QCOMPARE(cycles.size(), 1);
        const Cycle &cycle = cycles.constFirst();
        QCOMPARE(cycle.number, 3);
        QCOMPARE(cycle.startedAt.time(), QTime(3, 0, 1));
        QCOMPARE(cycle.faultAt.time(), QTime(3, 0, 2));
        QCOMPARE(cycle.endedAt.time(), QTime(3, 0, 4));
        QCOMPARE(cycle.settleMs, 70);
        QCOMPARE(cycle.faultInjected, true);
        QCOMPARE(cycle.writes, std::nullopt); // what comes between cycles is of none
        const QByteArray bytes = stream.mid(cycle.source.offset, cycle.source.length);
        QVERIFY(bytes.startsWith("{\"t\":\"2026-01-02T03:00:01Z\"") &&
                bytes.endsWith("\"obs\":\"cycle_end\"}"));
    }

    void aCycleThatShowsNoNumberHasNone() {
        QCOMPARE(cyclesFromStream({QStringLiteral("s"), observedLine("'obs':'cycle_begin','fault':'f'")})
                     .constFirst()
                     .number,
                 0);
    }

    void rowsAreThoseOfTheSurvivors() {
        const auto rows = [](const QByteArray &name, const QByteArray &answer) {
            return cycleFrom(observedOutput(name, answer)).rows;
        };
        using Rows = std::array<std::optional<qint64>, 3>;
        QCOMPARE(rows("stats-node-1", "{'total':4}"), (Rows{std::nullopt, 4, std::nullopt}));
        QCOMPARE(rows("stats-node-2", "{'total':4}"), (Rows{std::nullopt, std::nullopt, 4}));
        for (const QByteArray name : {"stats-node-0", "stats-node-3", "stat5-node-1", "node-1"})
            QCOMPARE(rows(name, "{'total':4}"), Rows());
        QCOMPARE(rows("stats-node-1", "{'total':0}"), (Rows{std::nullopt, 0, std::nullopt}));
        QCOMPARE(rows("stats-node-1", "{'total':-1}"), Rows());
        QCOMPARE(rows("stats-node-1", "{'total':'4'}"), Rows());
        QCOMPARE(rows("stats-node-1", "4"), Rows());
    }

    // The first few of a million cycles are enough.
    void notesEnd() {
        QByteArray stream;
        for (int number = 1; number <= 20; ++number)
            stream += observedLine("'obs':'cycle_begin','fault':'f','cycle':" + QByteArray::number(number)) +
                      observedLine("'obs':'server','node':'node-1','pid':5,'text':'boom'") +
                      observedLine("'obs':'cycle_end'");
        QStringList notes;
        QCOMPARE(cyclesFromStream({QStringLiteral("s"), stream}, &notes).size(), 20);
        QCOMPARE(notes.size(), 8);
        QCOMPARE(notes.constLast(), QStringLiteral("f, cycle 8: node-1 (pid 5): boom"));
    }

    void whatWasNotAskedAsItMustBeIsNotKnown_data() {
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<std::optional<qint64>>("converged"); // of two
        using Count = std::optional<qint64>;
        const auto row = [](const char *name, const char *was, const char *is, const Count &converged) {
            QTest::newRow(name) << QByteArray(was) << QByteArray(is) << converged;
        };
        row("as it must be", "", "", 2);
        row("not alone", "'alone':true", "'alone':false", std::nullopt);
        row("pages without an end", "'alone':true", "'endless':true", std::nullopt);
        row("not a whole cycle", "'obs':'cycle_end','complete':true", "'obs':'cycle_end','complete':false",
            std::nullopt);
        row("not in time", "'obs':'settled','complete':true", "'obs':'settled','complete':false", 1);
    }
    void whatWasNotAskedAsItMustBeIsNotKnown() {
        QFETCH(QByteArray, was);
        QFETCH(QByteArray, is);
        QFETCH(const std::optional<qint64>, converged);
        QByteArray stream = observedLine("'obs':'cycle_begin','fault':'f','cycle':1") +
                            writeLine("a", "201", 1, 9) + writeLine("b", "201", 1, 9) +
                            observedLine("'obs':'settled','complete':true,'ms':5") +
                            observedLine("'obs':'held','node':'node-1','alone':true,'ids':['a','b']") +
                            observedLine("'obs':'held','node':'node-2','alone':true,'ids':['a','b']") +
                            observedLine("'obs':'cycle_end','complete':true");
        if (!was.isEmpty()) {
            const qsizetype at = stream.indexOf(was.replace('\'', '"'));
            QVERIFY(at >= 0);
            stream.replace(at, was.size(), is.replace('\'', '"'));
        }
        const QList<Cycle> cycles = cyclesFromStream({QStringLiteral("s"), stream});
        QCOMPARE(cycles.size(), 1);
        QCOMPARE(cycles.at(0).converged, converged);
        QCOMPARE(cycles.at(0).trouble.isEmpty(), converged.has_value());
    }

    void aWriteMayTakeNoTime() {
        const auto latencyOf = [](qint64 start, qint64 end) {
            return cycleFrom(writeLine("a", "201", start, end)).latencyUs.at(0);
        };
        QCOMPARE(latencyOf(5, 7), std::optional<qint64>(2));
        QCOMPARE(latencyOf(5, 5), std::optional<qint64>(0));
        QCOMPARE(latencyOf(5, 4), std::nullopt);
    }

    void nothingOfACycleIsLeftInTheNext() {
        const QByteArray first = observedLine("'obs':'cycle_begin','fault':'f','cycle':1") +
                                 writeLine("a", "201", 1, 9) + writeLine("b", "503", 1, 9) +
                                 observedLine("'obs':'fault','fault_us':5") +
                                 observedLine("'obs':'server','node':'node-1','text':'boom'") +
                                 observedLine("'obs':'held','node':'node-1','ids':['a']") +
                                 observedLine("'obs':'held','node':'node-2','ids':['a']");
        const QByteArray second = observedLine("'obs':'cycle_begin','fault':'f','cycle':2") +
                                  writeLine("c", "201", 4, 6) +
                                  observedLine("'obs':'held','node':'node-1','ids':['a','c']") +
                                  observedLine("'obs':'held','node':'node-2','ids':['a','c']");
        for (const QByteArray &between : {observedLine("'obs':'cycle_end'"), QByteArray()}) {
            const QList<Cycle> cycles = cyclesFromStream({QStringLiteral("s"), first + between + second});
            QCOMPARE(cycles.size(), 2);
            QCOMPARE(cycles.at(0).writes, 2);
            QCOMPARE(cycles.at(0).inFlight, 2);
            QCOMPARE(cycles.at(0).converged, std::nullopt); // a server was not what it should be
            QCOMPARE(cycles.at(1).number, 2);
            QCOMPARE(cycles.at(1).writes, 1);
            QCOMPARE(cycles.at(1).ok, 1);
            QCOMPARE(cycles.at(1).quorumNotMet, 0);
            QCOMPARE(cycles.at(1).inFlight, std::nullopt);
            QCOMPARE(cycles.at(1).converged, 1);
            QCOMPARE(cycles.at(1).durable, 1);
            QCOMPARE(cycles.at(1).latencyUs.at(0), 2);
            QVERIFY(!cycles.at(1).endedAt.isValid());
        }
    }
};

QTEST_APPLESS_MAIN(ChaosReportTest)
#include "tst_chaosreport.moc"
