// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclebuilder.h"
#include "models/evidence/reportbuilder.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QTest>

using namespace slipway;

namespace {

const QByteArray kTime = "'t':'2026-01-02T03:04:05.000001Z',";

QByteArray line(const QByteArray &fields) {
    // Single quotes here are double quotes there: moc loses its way among raw strings.
    return QByteArray("{" + kTime + fields + "}\n").replace('\'', '"');
}

QByteArray write(const QByteArray &id, const QByteArray &code, int start, int end) {
    return line("'obs':'write','id':'" + id + "','code':'" + code +
                "','start_us':" + QByteArray::number(start) + ",'end_us':" + QByteArray::number(end));
}

QByteArray output(const QByteArray &name, const QByteArray &answer) {
    return line("'obs':'output','name':'" + name + "','exit':0,'base64':'" +
                QByteArray(answer).replace('\'', '"').toBase64() + '"');
}

QByteArray cycleStream() {
    return line(R"("obs":"cycle_begin","fault":"kill_primary_mid_write","cycle":1,"writes":4)") +
           write("w1", "201", 10, 20) + write("w2", "201", 12, 22) +
           line(R"("obs":"fault","fault_us":30,"acked_before":2)") +
           line(R"("obs":"fault_effect","node":"node-0","status":137,"effective":true)") +
           write("w3", "000", 25, 35) + write("w4", "503", 40, 45) +
           line(R"("obs":"settled","complete":false,"ms":50)") +
           line(R"("obs":"held","node":"node-1","ids":["w1","w2","w3"])") +
           line(R"("obs":"held","node":"node-2","ids":["w1"])") + output("stats-node-1", R"({"total":3})") +
           output("stats-node-2", R"({"total":1})") + line(R"("obs":"cycle_end","complete":true)");
}

const QString kKey = QStringLiteral("00112233445566778899aabbccddeeff");

QByteArray hex16(const QByteArray &bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(16);
}

QByteArray digestOf(const QByteArray &id) {
    return hex16(writtenContent(kKey, QString::fromLatin1(id), 150));
}

QByteArray rootOf(const QByteArray &id) {
    return hex16(kKey.toLatin1() + ':' + id + ":150");
}

// Two acknowledged writes that both survivors hold, themselves and unchanged.
QByteArray streamWithContents() {
    QByteArray stream = line("'obs':'begin','key':'" + kKey.toLatin1() + "'") +
                        line("'obs':'cycle_begin','fault':'f','cycle':1,'writes':2");
    for (const QByteArray id : {"w1", "w2"})
        stream +=
            line("'obs':'write','id':'" + id + "','code':'201','bytes':150,'sha256':'" + digestOf(id) + "'");
    for (const QByteArray node : {"node-1", "node-2"}) {
        stream += line("'obs':'held','node':'" + node + "','rows':['w1 " + digestOf("w1") + "','w2 " +
                       digestOf("w2") + "']");
        stream +=
            line("'obs':'own','node':'" + node + "','roots':['" + rootOf("w1") + "','" + rootOf("w2") + "']");
    }
    return stream + line("'obs':'cycle_end','complete':true");
}

} // namespace

class ReportBuilderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cyclesAreComparedByIdentity() {
        const QList<Cycle> cycles = cyclesFromStream({QStringLiteral("s"), cycleStream()});
        QCOMPARE(cycles.size(), 1);
        const Cycle &cycle = cycles.constFirst();
        QCOMPARE(cycle.writes, 4);
        QCOMPARE(cycle.ok, 2);
        QCOMPARE(cycle.quorumNotMet, 1);
        QCOMPARE(cycle.fail, 1);
        QCOMPARE(cycle.inFlight, 1); // w3: sent before the fault, answered after it
        QCOMPARE(cycle.durable, 2);
        QCOMPARE(cycle.converged,
                 1); // w2 is on one survivor only; w3 was never acknowledged and stands in for nothing
        QCOMPARE(cycle.lost, QStringList(QStringLiteral("w2")));
        QCOMPARE(cycle.rows[1], 3);
        QVERIFY(!cycle.rows[0]);
        QCOMPARE(cycle.faultInjected, true);
    }

    void lostWritesAreNamedInOrderAndNotWithoutEnd() {
        QByteArray stream =
            line(R"("obs":"cycle_begin","fault":"kill_primary_mid_write","cycle":1,"writes":30)");
        for (int number = 39; number >= 10; --number)
            stream += write("w" + QByteArray::number(number), "201", 10, 20);
        stream += line(R"("obs":"held","node":"node-1","ids":["w10"])") +
                  line(R"("obs":"held","node":"node-2","ids":["w10","w11"])") +
                  line(R"("obs":"cycle_end","complete":true)");
        const Cycle cycle = cyclesFromStream({QStringLiteral("s"), stream}).constFirst();
        QCOMPARE(cycle.converged, 1);
        QCOMPARE(cycle.lost.size(), kMaxLost);
        QCOMPARE(cycle.lost.constFirst(), QStringLiteral("w11"));
        QCOMPARE(cycle.lost.constLast(), QStringLiteral("w30"));
    }

    void aReportSaysThatTooManyWritesWereLost() {
        const QList<Cycle> cycles = cyclesFromStream({QStringLiteral("s"), cycleStream()}); // w2 is lost
        QMap<QString, QString> parameters{
            {QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")},
            {QStringLiteral("cycles"), QStringLiteral("1")},
            {QStringLiteral("convergence_min"), QStringLiteral("0.5")}};
        QVERIFY(chaosReport(cycles, parameters).value(QStringLiteral("pass")).toBool());
        parameters.insert(QStringLiteral("losses_max"), QStringLiteral("1"));
        QVERIFY(chaosReport(cycles, parameters).value(QStringLiteral("pass")).toBool());
        parameters.insert(QStringLiteral("losses_max"), QStringLiteral("0"));
        QVERIFY(!chaosReport(cycles, parameters).value(QStringLiteral("pass")).toBool());
    }

    void aReportWithFewerCyclesPassesOnlyWhereTheyDecide() {
        QList<Cycle> cycles(45, cyclesFromStream({QStringLiteral("s"), cycleStream()}).constFirst());
        for (Cycle &cycle : cycles)
            cycle.converged = cycle.ok; // as if nothing had been lost
        QMap<QString, QString> parameters{
            {QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")},
            {QStringLiteral("cycles"), QStringLiteral("60")},
            {QStringLiteral("convergence_min"), QStringLiteral("0.9")}};
        const auto passes = [&] {
            return chaosReport(cycles, parameters).value(QStringLiteral("pass")).toBool();
        };
        QVERIFY(!passes());
        parameters.insert(QStringLiteral("stop_early"), QStringLiteral("1"));
        QVERIFY(passes());
        cycles.resize(30);
        QVERIFY(!passes());
        cycles.resize(0);
        QVERIFY(!passes());
    }

    void writtenContentIsThatOfThePrograms() {
        // printf %s KEY:p4-x-1:150 | sha256sum, as rows.sh does.
        const QByteArray content = writtenContent(kKey, QStringLiteral("p4-x-1"), 150);
        QCOMPARE(content.size(), 150);
        const QByteArray root =
            QCryptographicHash::hash(kKey.toLatin1() + ":p4-x-1:150", QCryptographicHash::Sha256).toHex();
        QCOMPARE(content, QByteArray("slipway " + root + ' ' + root + ' ' + root).left(150));
        QVERIFY(writtenContent(kKey, QStringLiteral("x"), -1).isEmpty());
        QVERIFY(writtenContent(kKey, QStringLiteral("x"), qint64(1) << 40).isEmpty());
    }

    void writesAreHeldByContentAndByTheNodeItself_data() {
        QTest::addColumn<QByteArray>("was"); // replaced at its last place
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<int>("converged"); // -1: not known
        QTest::addColumn<QString>("note");
        const QByteArray row = "w2 " + digestOf("w2");
        const QByteArray held = line("'obs':'held','node':'node-2','rows':['" + row + "']");
        const QByteArray end = line("'obs':'cycle_end','complete':true");
        QTest::newRow("as written") << QByteArray() << QByteArray() << 2 << QString();
        QTest::newRow("another content")
            << row << QByteArray("w2 0000000000000000") << 1
            << QStringLiteral(
                   "f, cycle 1: node-2 answered 1 acknowledged writes with another content than was written");
        QTest::newRow("two contents under one id")
            << row << row + "\",\"w2 0000000000000000" << 1
            << QStringLiteral(
                   "f, cycle 1: node-2 answered 1 acknowledged writes with another content than was written");
        QTest::newRow("no row") << row << QByteArray("w3 0000000000000000") << 1 << QString();
        QTest::newRow("not in its own database")
            << rootOf("w2") << QByteArray("0000000000000000") << 1
            << QStringLiteral(
                   "f, cycle 1: node-2 answered 1 acknowledged writes that its own database does not hold");
        QTest::newRow("its database was not looked at")
            << QByteArray("\"own\"") << QByteArray("\"other\"") << -1 << QString();
        QTest::newRow("ids in place of rows")
            << QByteArray("\"rows\"") << QByteArray("\"ids\"") << -1 << QString();
        QTest::newRow("a second answer that differs") << end << held + end << -1 << QString();
        QTest::newRow("the node was not the one that was started")
            << end << line("'obs':'server','node':'node-2','state':'foreign','text':'x'") + end << -1
            << QStringLiteral("f, cycle 1: node-2 (pid 0): x");
    }

    void writesAreHeldByContentAndByTheNodeItself() {
        QFETCH(const QByteArray, was);
        QFETCH(const QByteArray, is);
        QFETCH(const int, converged);
        QFETCH(const QString, note);
        QByteArray stream = streamWithContents();
        if (!was.isEmpty()) {
            const qsizetype at = stream.lastIndexOf(was);
            QVERIFY(at > 0);
            stream.replace(at, was.size(), is);
        }
        QStringList notes;
        const Cycle cycle = cyclesFromStream({QStringLiteral("s"), stream}, &notes).constFirst();
        QCOMPARE(cycle.ok, 2);
        QCOMPARE(cycle.converged.value_or(-1), converged);
        QCOMPARE(notes.join(QLatin1Char(';')), note);
        // The line itself says so too.
        const qint64 changed = note.contains(QStringLiteral("another content")) ? 1 : 0;
        const qint64 notOwn = note.contains(QStringLiteral("its own database")) ? 1 : 0;
        QCOMPARE(cycle.changed.value_or(0), changed);
        QCOMPARE(cycle.notOwn.value_or(0), notOwn);
        QCOMPARE(cycle.trouble,
                 note.endsWith(QStringLiteral(": x")) ? QStringLiteral("node-2 (pid 0): x") : QString());
    }

    // What a server counts is a whole number, or it is not known.
    void aCountThatIsNotWholeIsNotKnown_data() {
        QTest::addColumn<QByteArray>("total");
        for (const char *total : {"2.5", "-1", "9007199254740992", "\"2\"", "null"})
            QTest::newRow(total) << QByteArray(total);
    }

    void aCountThatIsNotWholeIsNotKnown() {
        QFETCH(const QByteArray, total);
        QByteArray stream = cycleStream();
        stream.replace(output("stats-node-1", R"({"total":3})"),
                       output("stats-node-1", "{\"total\":" + total + '}'));
        const Cycle cycle = cyclesFromStream({QStringLiteral("s"), stream}).constFirst();
        QVERIFY(!cycle.rows[1]);
        QCOMPARE(cycle.rows[2], 1);
    }

    void aCountOfNoneIsKnown() {
        QByteArray stream = cycleStream();
        stream.replace(output("stats-node-1", R"({"total":3})"), output("stats-node-1", R"({"total":0})"));
        QCOMPARE(cyclesFromStream({QStringLiteral("s"), stream}).constFirst().rows[1], 0);
    }

    void writeThatIsNotTheDerivedOneIsNotCounted() {
        QByteArray stream = streamWithContents();
        stream.replace(stream.indexOf(digestOf("w2")), 16, "0000000000000000");
        const Cycle cycle = cyclesFromStream({QStringLiteral("s"), stream}).constFirst();
        QCOMPARE(cycle.ok, 2);
        QCOMPARE(cycle.converged, 1);
    }

    void latenciesAreThoseOfAcknowledgedWritesByNearestRank() {
        QByteArray stream = line(R"("obs":"cycle_begin","fault":"f","cycle":1,"writes":102)") +
                            write("dead", "000", 0, 900'000) + write("backwards", "201", 9, 1);
        for (int i = 100; i >= 1; --i)
            stream += write("w" + QByteArray::number(i), "201", 1000, 1000 + i);
        stream += line(R"("obs":"cycle_begin","fault":"f","cycle":2,"writes":1)") + write("x", "503", 1, 2);
        const QList<Cycle> cycles = cyclesFromStream({QStringLiteral("s"), stream});
        const std::array<std::optional<qint64>, 3> expected{50, 95, 99};
        QCOMPARE(cycles.constFirst().latencyUs, expected);
        QVERIFY(!cycles.constLast().latencyUs[0]);
    }

    void unaskedSurvivorLeavesNumbersUnknown() {
        QByteArray bytes = cycleStream();
        bytes.replace(line(R"("obs":"held","node":"node-2","ids":["w1"])"), QByteArray());
        const QList<Cycle> cycles = cyclesFromStream({QStringLiteral("s"), bytes});
        QVERIFY(!cycles.constFirst().converged);
        QVERIFY(!cycles.constFirst().durable);
    }

    void crashedProgramKeepsItsCycles() {
        const QByteArray half = cycleStream() + cycleStream().left(200);
        QCOMPARE(cyclesFromStream({QStringLiteral("s"), half}).size(), 2);
    }

    void garbageMakesNoReportThatPasses() {
        const QMap<QString, QString> parameters{
            {QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")},
            {QStringLiteral("cycles"), QStringLiteral("1")},
            {QStringLiteral("memories"), QStringLiteral("10")},
            {QStringLiteral("mcp_min_tools"), QStringLiteral("1")}};
        QList<ObservedStream> streams;
        for (int phase = 1; phase <= 4; ++phase)
            streams.append({phase,
                            QStringLiteral("s"),
                            QStringLiteral("node-a"),
                            {QStringLiteral("x"), "\xff\xfe garbage\n{\"obs\":1}\n[]\n"}});
        const auto files = buildReports(streams, parameters, {QStringLiteral("node-a")});
        QCOMPARE(files.size(), 4);
        for (const EvidenceFile &file : files) {
            const QJsonObject report = QJsonDocument::fromJson(file.bytes).object();
            QVERIFY2(!report.value(QStringLiteral("pass")).toBool(true), qPrintable(file.name));
        }
    }

    void faultNamesFromHostsDoNotBecomePaths() {
        QByteArray bytes = cycleStream();
        bytes.replace("kill_primary_mid_write", "../../etc/x");
        const auto files = buildReports(
            {{4, QStringLiteral("chaos"), QStringLiteral("chaos"), {QStringLiteral("x"), bytes}}},
            {{QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")}}, {});
        for (const EvidenceFile &file : files)
            QVERIFY(!file.name.contains(QLatin1Char('/')));
    }
};

QTEST_APPLESS_MAIN(ReportBuilderTest)
#include "tst_reportbuilder.moc"
