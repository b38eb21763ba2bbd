// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_streams.h"
#include "models/observation/zstream.h"
#include "tests/models/evidence/record.h"

#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace slipway;

namespace {

PlannedRun runOf(int phase, const char *step, const char *host) {
    return {phase,
            QString::fromLatin1(step),
            QString::fromLatin1(host),
            QStringLiteral("program.sh"),
            QStringLiteral("token-%1-%2").arg(QLatin1String(step), QLatin1String(host)),
            true};
}

RecordedPlan planWith(const QList<PlannedRun> &runs) {
    RecordedPlan plan;
    plan.campaign = QStringLiteral("r7");
    plan.run = QStringLiteral("k3");
    plan.key = QStringLiteral("0011");
    plan.programs = {{QStringLiteral("program.sh"), QStringLiteral("abcd")}};
    plan.runs = runs;
    return plan;
}

// Single quotes here are double quotes there: moc loses its way among raw strings.
QByteArray line(const QByteArray &time, const QByteArray &fields) {
    return QByteArray("{'t':'2026-01-02T" + time + "Z'," + fields + "}\n").replace('\'', '"');
}

QByteArray beginOf(const PlannedRun &run, const QByteArray &time) {
    return line(time, "'obs':'begin','campaign':'r7','run':'k3','key':'0011','job':'" + run.token.toLatin1() +
                          "','program_sha256':'abcd','phase':" + QByteArray::number(run.phase) + ",'step':'" +
                          run.step.toLatin1() + "','host':'" + run.host.toLatin1() +
                          "','version':'server 1','server_sha256':'5e','separate_user':true");
}

QByteArray endOf(const PlannedRun &run, const QByteArray &time) {
    return line(time, "'obs':'end','phase':" + QByteArray::number(run.phase) + ",'step':'" +
                          run.step.toLatin1() + "'");
}

EvidenceFile streamOf(const PlannedRun &run, const QByteArray &from, const QByteArray &to) {
    return {run.streamFile(), beginOf(run, from) + line(to, "'obs':'count'") + endOf(run, to)};
}

const PlannedRun kBurst = runOf(2, "burst", "chaos");

StreamFacts factsOf(const QByteArray &bytes) {
    return streamFacts(planWith({kBurst}), kBurst, {{kBurst.streamFile(), bytes}});
}

QStringList reportedOf(const QList<StreamFacts> &streams) {
    Judgement judgement;
    rules::judgeStreams(streams, judgement.checks);
    return test::described(judgement);
}

Check checkOf(const QList<StreamFacts> &streams, const QString &id) {
    QList<Check> checks;
    rules::judgeStreams(streams, checks);
    const auto it =
        std::find_if(checks.begin(), checks.end(), [&](const Check &check) { return check.id == id; });
    return it == checks.end() ? Check() : *it;
}

} // namespace

class StreamFactsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStreamShowsOfItsRun() {
        const QByteArray begin = beginOf(kBurst, "10:00:00.000001");
        const QByteArray bytes = begin + endOf(kBurst, "10:00:09.5");
        const StreamFacts facts = factsOf(bytes);
        QCOMPARE(facts.problem, QString());
        QVERIFY(facts.present);
        QVERIFY(!facts.cutShort);
        QCOMPARE(facts.run.token, kBurst.token);
        QCOMPARE(facts.version, QStringLiteral("server 1"));
        QCOMPARE(facts.serverSha256, QStringLiteral("5e"));
        QCOMPARE(facts.programSha256, QStringLiteral("abcd"));
        QCOMPARE(facts.separateUser, std::optional<bool>(true));
        QCOMPARE(facts.sha256, sha256Of(bytes));
        QCOMPARE(facts.beganAt.toUTC().time(), QTime(10, 0, 0));
        QCOMPARE(facts.endedAt.toUTC().time(), QTime(10, 0, 9, 500));
        QCOMPARE(facts.clockJumps, 0);
        QVERIFY(!facts.isSteady);
        QCOMPARE(facts.begin, (SourceRange{kBurst.streamFile(), 0, begin.size() - 1}));
        // Compressed, it says the same.
        const StreamFacts packed =
            streamFacts(planWith({kBurst}), kBurst,
                        {{kBurst.streamFile() + QStringLiteral(".zst"), zstdCompress(bytes)}});
        QCOMPARE(packed.problem, QString());
        QCOMPARE(packed.sha256, facts.sha256);
        QCOMPARE(packed.begin, facts.begin);
        // Without its last line's end it is the same observations.
        QCOMPARE(factsOf(bytes.chopped(1)).sha256, facts.sha256);
    }

    void whatIsNotAsPlannedIsAProblem_data() {
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<QString>("problem"); // how it begins
        const auto row = [](const char *name, const char *was, const char *is, const char *problem) {
            QTest::newRow(name) << QByteArray(was).replace('\'', '"') << QByteArray(is).replace('\'', '"')
                                << QString::fromLatin1(problem).replace(QLatin1Char('\''), QLatin1Char('"'));
        };
        row("another campaign", "'r7'", "'r8'", "byte 0: campaign is 'r8', the plan says 'r7'");
        row("another run", "'k3'", "'k4'", "byte 0: run is 'k4', the plan says 'k3'");
        row("another key", "'0011'", "'0012'", "byte 0: key is '0012', the plan says '0011'");
        row("another token", "token-burst-chaos", "token-probe1-chaos",
            "byte 0: job is 'token-probe1-chaos', the plan says 'token-burst-chaos'");
        row("another host", "'host':'chaos'", "'host':'node-a'",
            "byte 0: host is 'node-a', the plan says 'chaos'");
        row("another program", "'abcd'", "'abce'", "byte 0: program_sha256 is 'abce', the plan says 'abcd'");
        row("another phase", "'phase':2", "'phase':3", "byte 0: it is not of phase 2");
        row("half a phase", "'phase':2", "'phase':2.5", "byte 0: it is not of phase 2");
        row("another step", "'step':'burst'", "'step':'probe1'",
            "byte 0: step is 'probe1', the plan says 'burst'");
        row("no campaign", "'campaign'", "'other'", "byte 0: campaign is '', the plan says 'r7'");
        row("another step at the end", "'end','phase':2,'step':'burst'", "'end','phase':2,'step':'probe1'",
            "byte 279: step is 'probe1', the plan says 'burst'");
        row("another phase at the end", "'end','phase':2", "'end','phase':4",
            "byte 279: it is not of phase 2");
        row("no beginning", "'obs':'begin'", "'obs':'start'", "byte 0: an observation before the beginning");
        row("no end", "'obs':'end'", "'obs':'stop'", "it does not come to its end");
        row("a key twice", "'run':'k3'", "'run':'k4','run':'k3'", "byte 0: 'run' is there twice");
        row("a line that is not an observation", "'obs':'count'", "'obs':''",
            "observations/phase2-burst-chaos.obs.jsonl, byte 236: an observation does not say what it is");
    }

    void whatIsNotAsPlannedIsAProblem() {
        QFETCH(const QByteArray, was);
        QFETCH(const QByteArray, is);
        QFETCH(const QString, problem);
        QByteArray bytes = streamOf(kBurst, "10:00:00", "10:00:01").bytes;
        const qsizetype at = bytes.indexOf(was);
        QVERIFY(at >= 0);
        bytes.replace(at, was.size(), is);
        const StreamFacts facts = factsOf(bytes);
        QVERIFY2(facts.problem.startsWith(problem), qPrintable(facts.problem));
        QCOMPARE(facts.cutShort, problem == QLatin1String("it does not come to its end"));
        test::compareWithRecord(reportedOf({facts}));
    }

    // Another user who may do everything is kept from nothing.
    void aServerOfRootIsNotKeptApart_data() {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<bool>("apart");
        QTest::newRow("another") << QByteArray("65534") << true;
        QTest::newRow("root") << QByteArray("root") << false;
        QTest::newRow("0") << QByteArray("0") << false;
    }
    void aServerOfRootIsNotKeptApart() {
        QFETCH(const QByteArray, user);
        QFETCH(const bool, apart);
        const QByteArray begin =
            beginOf(kBurst, "10:00:00")
                .replace("\"separate_user\"", "\"server_user\":\"" + user + "\",\"separate_user\"");
        QCOMPARE(factsOf(begin + endOf(kBurst, "10:00:01")).separateUser, std::optional<bool>(apart));
    }

    void theFirstProblemCounts() {
        const QByteArray begin = beginOf(kBurst, "10:00:00");
        const QByteArray end = endOf(kBurst, "10:00:01");
        QCOMPARE(factsOf(begin + begin + end).problem,
                 QStringLiteral("byte %1: it begins twice").arg(begin.size()));
        QCOMPARE(factsOf(begin + end + line("10:00:02", "'obs':'count'")).problem,
                 QStringLiteral("byte %1: an observation after the end").arg(begin.size() + end.size()));
        const StreamFacts both = factsOf(beginOf(kBurst, "10:00:00").replace("k3", "k4"));
        QVERIFY2(both.problem.contains(QStringLiteral("run is")), qPrintable(both.problem));
        QVERIFY(!both.cutShort); // it is of another run besides
        // What a host says is cut to a line's length.
        const StreamFacts described = factsOf(QByteArray(begin).replace("k3", QByteArray(500, 'y')) + end);
        QCOMPARE(
            described.problem,
            QStringLiteral("byte 0: run is \"%1\", the plan says \"k3\"").arg(QString(80, QLatin1Char('y'))));
    }

    void aPlanThatNamesNothingIsNotAgreedWith() {
        RecordedPlan plan = planWith({kBurst});
        plan.key.clear();
        const QByteArray bytes = streamOf(kBurst, "10:00:00", "10:00:01").bytes;
        const StreamFacts facts = streamFacts(
            plan, kBurst, {{kBurst.streamFile(), QByteArray(bytes).replace("\"key\":\"0011\",", "")}});
        QCOMPARE(facts.problem, QStringLiteral("byte 0: key is \"\", the plan says \"\""));
    }

    void whatCannotBeReadIsNotEmpty() {
        QVERIFY(!streamFacts(planWith({kBurst}), kBurst, {}).present);
        QCOMPARE(streamFacts(planWith({kBurst}), kBurst, {}).problem, QString());
        const StreamFacts empty = factsOf({});
        QVERIFY(empty.present && empty.cutShort);
        QCOMPARE(empty.problem, QStringLiteral("it is empty"));
        const StreamFacts unread =
            streamFacts(planWith({kBurst}), kBurst, {{kBurst.streamFile(), {}, QStringLiteral("too large")}});
        QCOMPARE(unread.problem, QStringLiteral("it cannot be read: too large"));
        QVERIFY(!unread.cutShort);
        const StreamFacts broken =
            streamFacts(planWith({kBurst}), kBurst, {{kBurst.streamFile() + QStringLiteral(".zst"), "x"}});
        QVERIFY(!broken.problem.isEmpty() && !broken.cutShort);
    }

    // Without the time since boot: only a clock that goes back is seen, from the line before.
    void clocksThatGoBackAreMeasured() {
        const auto factsWith = [](const QByteArray &lines, const QByteArray &end = "10:00:20") {
            return factsOf(beginOf(kBurst, "10:00:05") + lines + endOf(kBurst, end));
        };
        QCOMPARE(factsWith(line("10:00:07", "'obs':'count'")).clockJumps, 0);
        QCOMPARE(factsWith(line("10:00:04", "'obs':'count'")).clockJumps, 0); // as lines of agents may
        const StreamFacts once = factsWith(line("10:00:03.999", "'obs':'count'"));
        QCOMPARE(once.clockJumps, 1);
        QCOMPARE(once.worstJumpMs, -1001);
        QCOMPARE(once.problem, QString());
        // The rest is counted on from there: 16.001 s after the line that seemed to come before the first.
        QCOMPARE(once.endedAt.time(), QTime(10, 0, 21, 1));
        const StreamFacts twice =
            factsWith(line("10:00:10", "'obs':'count'") + line("10:00:08", "'obs':'count'") +
                      line("10:00:05", "'obs':'count'"));
        QCOMPARE(twice.clockJumps, 2);
        QCOMPARE(twice.worstJumpMs, -3000);
        QCOMPARE(twice.endedAt.time(), QTime(10, 0, 25));
        // A time is never before that of an earlier line.
        QCOMPARE(factsWith(line("10:00:10", "'obs':'count'"), "10:00:09.5").endedAt.time(), QTime(10, 0, 10));
    }

    void clocksAreComparedWithTheTimeSinceBoot_data() {
        QTest::addColumn<QByteArray>("middle"); // time of day
        QTest::addColumn<QByteArray>("up");     // of the middle line; the others have 1000 and 9000
        QTest::addColumn<int>("jumps");
        QTest::addColumn<qint64>("worst");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const char *middle, const char *up, int jumps, qint64 worst,
                            const char *problem = "") {
            QTest::newRow(name) << QByteArray(middle) << QByteArray(up) << jumps << worst
                                << QString::fromLatin1(problem);
        };
        row("as it is", "10:00:04", "5000", 0, 0);
        row("a second off", "10:00:05", "5000", 0, 0);
        row("more than a second off", "10:00:05.001", "5000", 2, 1001); // there, and back again
        row("an hour back and forth", "09:00:04", "5000", 2, -3'600'000);
        row("a second back since boot", "10:00:04", "0", 2, 5000);
        row("more than a second back", "10:00:00", "-1", 0, 0,
            "the time since boot is told on some lines and not on others");
        row("not reported", "10:00:04", "null", 0, 0,
            "the time since boot is told on some lines and not on others");
        row("half", "10:00:04", "5000.5", 0, 0,
            "the time since boot is told on some lines and not on others");
    }

    void clocksAreComparedWithTheTimeSinceBoot() {
        QFETCH(const QByteArray, middle);
        QFETCH(const QByteArray, up);
        QFETCH(const int, jumps);
        QFETCH(const qint64, worst);
        QFETCH(const QString, problem);
        const auto with = [](QByteArray text, const QByteArray &ms) {
            return text.replace("\"obs\"", "\"up_ms\":" + ms + ",\"obs\"");
        };
        const QByteArray begin = with(beginOf(kBurst, "10:00:00"), "1000");
        const StreamFacts facts = factsOf(begin + with(line(middle, "'obs':'count'"), up) +
                                          with(endOf(kBurst, "10:00:08"), "9000"));
        QCOMPARE(facts.clockJumps, jumps);
        QCOMPARE(facts.worstJumpMs, worst);
        QCOMPARE(facts.problem.section(QStringLiteral(": "), 1), problem);
        QCOMPARE(facts.isSteady, problem.isEmpty());
        QCOMPARE(facts.beganUpMs, 1000);
        QCOMPARE(facts.endedUpMs, 9000);
        test::compareWithRecord(reportedOf({facts}));
        QCOMPARE(facts.endedAt.time(), QTime(10, 0, 8)); // by the time since boot, whatever the day's says
    }

    void theTimeSinceBootDoesNotGoBack() {
        const auto with = [](QByteArray text, const QByteArray &ms) {
            return text.replace("\"obs\"", "\"up_ms\":" + ms + ",\"obs\"");
        };
        const auto problemOf = [&](const QByteArray &end) {
            return factsOf(with(beginOf(kBurst, "10:00:00"), "5000") + with(endOf(kBurst, "10:00:01"), end))
                .problem;
        };
        QCOMPARE(problemOf("4000"), QString()); // as lines of agents may
        QVERIFY2(problemOf("3999").endsWith(QStringLiteral("the time since boot goes back by 1001 ms")),
                 qPrintable(problemOf("3999")));
    }

    void phasesOfOneHostFollowEachOther_data() {
        QTest::addColumn<QByteArray>(
            "from");                        // phase 4 of the same host, time of day; phase 2 ends at 10:00:10
        QTest::addColumn<QByteArray>("up"); // and since boot; phase 2 ends at 20000
        QTest::addColumn<QByteArray>("boot"); // phase 2 is of "one"
        QTest::addColumn<Check::Flaw>("flaw");
        QTest::addColumn<QString>("text");
        const QString before = QStringLiteral("the clock of chaos was set back by 3600 s before phase 4");
        QTest::newRow("later") << QByteArray("10:01:00") << QByteArray("70000") << QByteArray("one")
                               << Check::Flaw::None << QStringLiteral("times in order");
        QTest::newRow("set back, by the same boot later")
            << QByteArray("09:00:10") << QByteArray("70000") << QByteArray("one") << Check::Flaw::None
            << before + QStringLiteral("; times are counted from the host's start");
        QTest::newRow("earlier by the same boot")
            << QByteArray("10:01:00") << QByteArray("18999") << QByteArray("one") << Check::Flaw::Invalid
            << QStringLiteral("phase 4 began on chaos before phase 2 had ended there");
        QTest::newRow("a second earlier, as clocks are read")
            << QByteArray("10:01:00") << QByteArray("19000") << QByteArray("one") << Check::Flaw::None
            << QStringLiteral("times in order");
        QTest::newRow("started anew") << QByteArray("10:01:00") << QByteArray("500") << QByteArray("two")
                                      << Check::Flaw::None << QStringLiteral("times in order");
        QTest::newRow("a second earlier by the day, as clocks are read")
            << QByteArray("10:00:09") << QByteArray("500") << QByteArray("two") << Check::Flaw::None
            << QStringLiteral("times in order");
        QTest::newRow("started anew and set back")
            << QByteArray("09:00:10") << QByteArray("500") << QByteArray("two") << Check::Flaw::Unsupported
            << before + QStringLiteral(", so its times prove nothing");
    }

    void phasesOfOneHostFollowEachOther() {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, up);
        QFETCH(const QByteArray, boot);
        QFETCH(const Check::Flaw, flaw);
        QFETCH(const QString, text);
        const auto with = [](QByteArray bytes, const QByteArray &ms, const QByteArray &id) {
            return bytes.replace("\"obs\"", "\"boot_id\":\"" + id + "\",\"up_ms\":" + ms + ",\"obs\"");
        };
        const PlannedRun chaos = runOf(4, "chaos", "chaos");
        const EvidenceFile two{kBurst.streamFile(), with(beginOf(kBurst, "10:00:00"), "10000", "one") +
                                                        with(endOf(kBurst, "10:00:10"), "20000", "one")};
        const EvidenceFile four{chaos.streamFile(),
                                with(beginOf(chaos, from) + endOf(chaos, from), up, boot)};
        const QList<StreamFacts> streams = streamFacts(planWith({kBurst, chaos}), {two, four});
        test::compareWithRecord(reportedOf(streams));
        const Check check = checkOf(streams, QStringLiteral("campaign.clocks"));
        QCOMPARE(check.flaw, flaw);
        QCOMPARE(check.outcome == Check::Outcome::Pass, flaw == Check::Flaw::None);
        QCOMPARE(flaw == Check::Flaw::None ? check.actual : check.reason, text);
    }

    // A phase that left nothing stands between no two others.
    void aPhaseThatIsNotThereHidesNoClockThatWasSet() {
        const PlannedRun migrate = runOf(3, "migrate", "chaos");
        const PlannedRun chaos = runOf(4, "chaos", "chaos");
        const QList<StreamFacts> streams =
            streamFacts(planWith({kBurst, migrate, chaos}),
                        {streamOf(kBurst, "10:00:00", "10:00:10"), streamOf(chaos, "09:00:10", "09:00:20")});
        QCOMPARE(
            checkOf(streams, QStringLiteral("campaign.clocks")).reason,
            QStringLiteral("the clock of chaos was set back by 3600 s before phase 4, so its times prove "
                           "nothing"));
    }

    // Three are shown, of more the number.
    void clocksOfManyHosts_data() {
        QTest::addColumn<int>("hosts");
        for (const int hosts : {1, 3, 4, 5})
            QTest::addRow("%d", hosts) << hosts;
    }

    void clocksOfManyHosts() {
        QFETCH(const int, hosts);
        const auto with = [](QByteArray text, const QByteArray &ms) {
            return text.replace("\"obs\"", "\"up_ms\":" + ms + ",\"obs\"");
        };
        QList<PlannedRun> runs;
        QList<EvidenceFile> files;
        for (int i = 1; i <= hosts; ++i) {
            const PlannedRun run = runOf(2, "serve", ("node-" + QByteArray::number(i)).constData());
            runs << run;
            files << EvidenceFile{run.streamFile(), with(beginOf(run, "10:00:00"), "1000") +
                                                        with(endOf(run, "11:00:00"), "2000")};
        }
        test::compareWithRecord(reportedOf(streamFacts(planWith(runs), files)));
    }

    void onlyRunsThatObserveLeaveStreams() {
        PlannedRun silent = runOf(2, "serve", "node-a");
        silent.observed = false;
        const RecordedPlan plan = planWith({kBurst, silent});
        const QList<EvidenceFile> files{streamOf(kBurst, "10:00:00", "10:00:01"),
                                        streamOf(silent, "10:00:00", "10:00:01")};
        QCOMPARE(streamFacts(plan, files).size(), 1);
        const QList<ObservedStream> streams = observedStreams(plan, files);
        QCOMPARE(streams.size(), 1);
        QCOMPARE(streams.at(0).phase, 2);
        QCOMPARE(streams.at(0).step, QStringLiteral("burst"));
        QCOMPARE(streams.at(0).host, QStringLiteral("chaos"));
        QCOMPARE(streams.at(0).file.name, kBurst.streamFile());
    }

    void phasesSpanTheirRuns() {
        const PlannedRun first = runOf(1, "functional", "node-a");
        const PlannedRun second = runOf(1, "functional", "node-b");
        const PlannedRun absent = runOf(3, "migrate", "node-a");
        const RecordedPlan plan = planWith({first, second, kBurst, absent});
        const QList<StreamFacts> facts = streamFacts(plan, {streamOf(first, "10:00:02", "10:00:09"),
                                                            streamOf(second, "10:00:01", "10:00:05"),
                                                            streamOf(kBurst, "10:01:00", "10:02:00")});
        const auto at = [](int minute, int seconds) {
            return QDateTime(QDate(2026, 1, 2), QTime(10, minute, seconds), QTimeZone::utc()).toUTC();
        };
        QCOMPARE(spansOf(facts), (QList<PhaseSpan>{{1, at(0, 1), at(0, 9)}, {2, at(1, 0), at(2, 0)}}));
        QCOMPARE(completedAt(facts), at(2, 0));
        QCOMPARE(completedAt({facts.at(2), facts.at(0)}), at(2, 0)); // in whatever order
        QVERIFY(!completedAt({facts.at(3)}).isValid());
    }

    void aManifestShowsHowEachRunEnded() {
        const auto stateOf = [](const QList<EvidenceFile> &files) {
            return manifestRunsOf(streamFacts(planWith({kBurst}), files)).constFirst();
        };
        const EvidenceFile whole = streamOf(kBurst, "10:00:00", "10:00:01");
        const ManifestRun run = stateOf({whole});
        QCOMPARE(run.phase, 2);
        QCOMPARE(run.step, QStringLiteral("burst"));
        QCOMPARE(run.host, QStringLiteral("chaos"));
        QCOMPARE(run.nonce, kBurst.token);
        QCOMPARE(run.state, QStringLiteral("ended"));
        QCOMPARE(run.programSha256, QStringLiteral("abcd"));
        QCOMPARE(run.observationsSha256, sha256Of(whole.bytes));
        QCOMPARE(run.startedAt.time(), QTime(10, 0, 0));
        QCOMPARE(run.finishedAt.time(), QTime(10, 0, 1));
        QCOMPARE(stateOf({}).state, QStringLiteral("not run"));
        QCOMPARE(stateOf({{whole.name, whole.bytes.left(whole.bytes.lastIndexOf('{'))}}).state,
                 QStringLiteral("cut short"));
        QCOMPARE(stateOf({{whole.name, QByteArray(whole.bytes).replace("k3", "k4")}}).state,
                 QStringLiteral("invalid"));
    }

    // The run's stream is there, plain or compressed; the plain one is the newer.
    void aPlainStreamComesBeforeACompressedOne() {
        const EvidenceFile plain{kBurst.streamFile(), "a"};
        const EvidenceFile packed{kBurst.streamFile() + QStringLiteral(".zst"), "b"};
        QCOMPARE(findStream({packed, plain}, kBurst)->bytes, QByteArray("a"));
        QCOMPARE(findStream({packed}, kBurst)->bytes, QByteArray("b"));
        QVERIFY(!findStream({{QStringLiteral("x"), "c"}}, kBurst));
    }

    void runsOfAPhaseLeaveTheirObservations() {
        const PlannedRun other = runOf(2, "probe1", "chaos");
        const RecordedPlan plan = planWith({kBurst, other});
        const EvidenceFile one = streamOf(kBurst, "10:00:00", "10:00:01");
        const EvidenceFile two = streamOf(other, "10:00:02", "10:00:03");
        const QString id = QStringLiteral("phase2.observations");

        const Check whole = checkOf(streamFacts(plan, {one, two}), id);
        QCOMPARE(whole.outcome, Check::Outcome::Pass);
        QCOMPARE(whole.phase, 2);
        QCOMPARE(whole.n, 2);
        QCOMPARE(whole.actual, QStringLiteral("2 streams"));
        QCOMPARE(whole.source.file, kBurst.streamFile());

        const Check missing = checkOf(streamFacts(plan, {one}), id);
        QCOMPARE(missing.flaw, Check::Flaw::Missing);
        QCOMPARE(missing.reason, other.streamFile() + QStringLiteral(": it is not there"));

        const EvidenceFile cut{one.name, one.bytes.left(one.bytes.lastIndexOf('{'))};
        const Check first = checkOf(streamFacts(plan, {cut}), id);
        QCOMPARE(first.flaw, Check::Flaw::Missing);
        QCOMPARE(first.reason, kBurst.streamFile() + QStringLiteral(": it does not come to its end"));
        QCOMPARE(first.source.file, kBurst.streamFile());
        QVERIFY(first.source.length > 0);

        // A stream that is wrong weighs more than one that is missing, wherever it stands.
        const EvidenceFile wrong{two.name, QByteArray(two.bytes).replace("k3", "k4")};
        for (const QList<EvidenceFile> &files : {QList<EvidenceFile>{cut, wrong}, {wrong}}) {
            const Check invalid = checkOf(streamFacts(plan, files), id);
            QCOMPARE(invalid.flaw, Check::Flaw::Invalid);
            QVERIFY2(invalid.reason.startsWith(other.streamFile() + QStringLiteral(": byte 0: run is")),
                     qPrintable(invalid.reason));
        }
        // A phase of which nothing came is known by its reports.
        QCOMPARE(checkOf(streamFacts(plan, {}), id).id, QString());
    }

    void phasesAreJudgedInTheirOrder() {
        const PlannedRun chaos = runOf(4, "chaos", "chaos");
        QList<Check> checks;
        rules::judgeStreams(
            streamFacts(planWith({chaos, kBurst}),
                        {streamOf(chaos, "10:01:00", "10:02:00"), streamOf(kBurst, "10:00:00", "10:00:01")}),
            checks);
        QStringList ids;
        for (const Check &check : checks)
            ids << check.id;
        QCOMPARE(ids,
                 (QStringList{QStringLiteral("phase2.observations"), QStringLiteral("phase4.observations"),
                              QStringLiteral("campaign.one_server"), QStringLiteral("campaign.separate_user"),
                              QStringLiteral("campaign.clocks")}));
        QVERIFY(std::all_of(checks.begin(), checks.end(),
                            [](const Check &check) { return check.outcome == Check::Outcome::Pass; }));
    }

    void everyRunMeasuresOneServer() {
        const PlannedRun other = runOf(4, "chaos", "node-b");
        const PlannedRun absent = runOf(3, "migrate", "node-a");
        const RecordedPlan plan = planWith({absent, kBurst, other});
        const EvidenceFile one = streamOf(kBurst, "10:00:00", "10:00:01");
        const EvidenceFile two = streamOf(other, "10:00:02", "10:00:03");
        const QString id = QStringLiteral("campaign.one_server");
        const Check same = checkOf(streamFacts(plan, {one, two}), id);
        QCOMPARE(same.outcome, Check::Outcome::Pass);
        QCOMPARE(same.actual, QStringLiteral("5e"));
        QCOMPARE(same.n, 2);
        QCOMPARE(same.phase, 0);
        QCOMPARE(same.source.file, kBurst.streamFile());
        for (const auto &[was, is] : {std::pair{"\"5e\"", "\"5f\""}, std::pair{"server 1", "server 2"}}) {
            const Check several =
                checkOf(streamFacts(plan, {one, {two.name, QByteArray(two.bytes).replace(was, is)}}), id);
            QCOMPARE(several.flaw, Check::Flaw::Invalid);
            QCOMPARE(several.reason,
                     QStringLiteral("node-b (phase 4) ran another server than chaos (phase 2)"));
            QCOMPARE(several.source.file, other.streamFile());
        }
        const auto unnamed = [](const EvidenceFile &file) {
            return EvidenceFile{file.name, QByteArray(file.bytes).replace("\"5e\"", "\"\"")};
        };
        const Check unknown = checkOf(streamFacts(plan, {unnamed(one), unnamed(two)}), id);
        QCOMPARE(unknown.flaw, Check::Flaw::Unsupported);
        QCOMPARE(checkOf(streamFacts(plan, {}), id).flaw, Check::Flaw::Unsupported);
    }

    void serversRunAsAnotherUser_data() {
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<Check::Flaw>("flaw");
        QTest::newRow("another user") << QByteArray("\"separate_user\":true") << Check::Flaw::None;
        QTest::newRow("the same") << QByteArray("\"separate_user\":false") << Check::Flaw::Unsupported;
        QTest::newRow("not said") << QByteArray("\"other\":true") << Check::Flaw::Unsupported;
        QTest::newRow("said as text") << QByteArray("\"separate_user\":\"true\"") << Check::Flaw::Unsupported;
    }

    void serversRunAsAnotherUser() {
        QFETCH(const QByteArray, is);
        QFETCH(const Check::Flaw, flaw);
        const PlannedRun absent = runOf(3, "migrate", "node-a");
        EvidenceFile file = streamOf(kBurst, "10:00:00", "10:00:01");
        file.bytes.replace("\"separate_user\":true", is);
        const Check check = checkOf(streamFacts(planWith({absent, kBurst}), {file}),
                                    QStringLiteral("campaign.separate_user"));
        QCOMPARE(check.flaw, flaw);
        QCOMPARE(check.outcome == Check::Outcome::Pass, flaw == Check::Flaw::None);
        if (flaw != Check::Flaw::None) {
            QVERIFY2(check.reason.startsWith(QStringLiteral("the server on chaos (phase 2) ran as the user")),
                     qPrintable(check.reason));
            QCOMPARE(check.source.file, kBurst.streamFile());
        }
    }
};

QTEST_APPLESS_MAIN(StreamFactsTest)
#include "tst_streamfacts.moc"
