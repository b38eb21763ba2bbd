// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodcampaign.h"
#include "models/core/instant.h"
#include "models/cycles/canary.h"

#include "models/observation/writeledger.h"
#include "models/observation/zstream.h"
#include "models/protocol/stephosts.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace slipway::test {

namespace {

const QByteArray kProtocol = R"({
  "schema": "slipway-protocol/1", "name": "small-gate", "version": "1",
  "claim": { "text": "At least 0.9 of the acknowledged writes are on every survivor.", "peers": 3,
             "faults": ["kill_primary_mid_write"],
             "at_least": { "convergence_min": 0.9, "mcp_min_tools": 30, "memories": 20 } },
  "parameters": [
    { "name": "mcp_min_tools", "type": "integer", "default": "30", "min": 1, "max": 100, "description": "d" },
    { "name": "agents", "type": "integer", "default": "2", "min": 1, "max": 64, "description": "d" },
    { "name": "writes_per_agent", "type": "integer", "default": "40", "min": 1, "max": 1000, "description": "d" },
    { "name": "delivery_min", "type": "real", "default": "0.95", "min": 0, "max": 1, "description": "d" },
    { "name": "memories", "type": "integer", "default": "20", "min": 1, "max": 1000, "description": "d" },
    { "name": "faults", "type": "text", "default": "kill_primary_mid_write", "description": "d" },
    { "name": "cycles", "type": "integer", "default": "50", "min": 1, "max": 100000, "description": "d" },
    { "name": "writes", "type": "integer", "default": "6", "min": 1, "max": 1000, "description": "d" },
    { "name": "stop_early", "type": "integer", "default": "0", "min": 0, "max": 1, "description": "d" },
    { "name": "convergence_min", "type": "real", "default": "0.9", "min": 0, "max": 1, "description": "d" }
  ],
  "phases": [
    { "number": 1, "name": "Functional", "proves": "p", "typicalSeconds": 1,
      "steps": [ { "name": "functional", "program": "phase1.sh", "on": "peers" } ] },
    { "number": 2, "name": "Federation", "proves": "p", "typicalSeconds": 1,
      "steps": [ { "name": "serve", "program": "serve.sh", "on": "peers", "action": "start" },
                 { "name": "burst", "program": "writes.sh", "on": "chaos", "action": "burst" },
                 { "name": "probe1", "program": "writes.sh", "on": "chaos", "action": "probe1" },
                 { "name": "probe2", "program": "writes.sh", "on": "chaos", "action": "probe2" },
                 { "name": "clean", "program": "serve.sh", "on": "peers", "action": "clean", "always": true } ] },
    { "number": 3, "name": "Migration", "proves": "p", "typicalSeconds": 1,
      "steps": [ { "name": "migrate", "program": "phase3.sh", "on": "peer:1" } ] },
    { "number": 4, "name": "Chaos", "proves": "p", "typicalSeconds": 1,
      "steps": [ { "name": "chaos", "program": "phase4.sh", "on": "chaos" } ] }
  ]
})";

const QString kKey = QStringLiteral("00112233445566778899aabbccddeeff");
constexpr qint64 kContentBytes = 120;
constexpr qint64 kBootMs = 1'799'999'000'000; // when every host was started
const std::array kPeers{QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")};

template <typename T>
T valueOf(const Result<T> &result) {
    if (!result)
        qFatal("%s", qPrintable(result.error().text));
    return *result;
}

QString digits(const QByteArray &bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(16));
}

// Lines of one run, each some time after the one before.
class StreamWriter {
public:
    StreamWriter(const RecordedPlan &plan, const PlannedRun &run, qint64 beginsUs, bool separateUser)
        : m_us(beginsUs), m_run(run) {
        line(QStringLiteral("begin"), {{QStringLiteral("campaign"), plan.campaign},
                                       {QStringLiteral("run"), plan.run},
                                       {QStringLiteral("key"), plan.key},
                                       {QStringLiteral("job"), run.token},
                                       {QStringLiteral("program_sha256"), plan.programs.value(run.program)},
                                       {QStringLiteral("phase"), run.phase},
                                       {QStringLiteral("step"), run.step},
                                       {QStringLiteral("host"), run.host},
                                       {QStringLiteral("version"), QStringLiteral("ai-memory 0.6.3")},
                                       {QStringLiteral("server_sha256"), QStringLiteral("5e").repeated(32)},
                                       {QStringLiteral("server_user"), QStringLiteral("slipway-server")},
                                       {QStringLiteral("separate_user"), separateUser},
                                       {QStringLiteral("boot_id"), QStringLiteral("boot-1")}});
    }

    void line(const QString &kind, QJsonObject fields) {
        m_us += 137;
        const QDateTime time = utcOfMilliseconds(m_us / 1000);
        fields.insert(QStringLiteral("t"),
                      time.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")) +
                          QStringLiteral("%1Z").arg(m_us % 1000, 3, 10, QLatin1Char('0')));
        fields.insert(QStringLiteral("up_ms"), (m_us / 1000 - kBootMs) / 10 * 10);
        fields.insert(QStringLiteral("obs"), kind);
        m_bytes += QJsonDocument(fields).toJson(QJsonDocument::Compact) + '\n';
    }

    void output(const QString &name, const QByteArray &answer, QJsonObject place = {}) {
        place.insert(QStringLiteral("name"), name);
        place.insert(QStringLiteral("exit"), 0);
        place.insert(QStringLiteral("bytes"), answer.size());
        place.insert(QStringLiteral("base64"), QString::fromLatin1(answer.toBase64()));
        line(QStringLiteral("output"), place);
    }

    void write(const QString &id, const QString &code, qint64 startUs, qint64 endUs, QJsonObject place = {}) {
        const QByteArray content = writtenContent(kKey, id, kContentBytes);
        const QString agent = QStringLiteral("ai:agent-") + id.section(QLatin1Char('-'), -2, -2);
        for (const auto &[key, value] : {std::pair{"id", id}, std::pair{"code", code},
                                         std::pair{"agent", agent}, std::pair{"sha256", digits(content)}})
            place.insert(QLatin1String(key), value);
        place.insert(QStringLiteral("bytes"), content.size());
        place.insert(QStringLiteral("start_us"), startUs);
        place.insert(QStringLiteral("end_us"), endUs);
        line(QStringLiteral("write"), place);
    }

    // What a node answers.
    void held(const QString &node, const QStringList &ids, QJsonObject place = {}) {
        QJsonArray rows;
        for (const QString &id : ids)
            rows.append(id + QLatin1Char(' ') + digits(writtenContent(kKey, id, kContentBytes)));
        place.insert(QStringLiteral("node"), node);
        place.insert(QStringLiteral("rows"), rows);
        line(QStringLiteral("held"), place);
    }

    // What its own database holds.
    void own(const QString &node, const QStringList &ids, QJsonObject place = {}) {
        QJsonArray roots;
        for (const QString &id : ids)
            roots.append(digits(kKey.toUtf8() + ':' + id.toUtf8() + ':' + QByteArray::number(kContentBytes)));
        place.insert(QStringLiteral("node"), node);
        place.insert(QStringLiteral("roots"), roots);
        line(QStringLiteral("own"), place);
    }

    EvidenceFile finish() {
        line(QStringLiteral("end"),
             {{QStringLiteral("phase"), m_run.phase}, {QStringLiteral("step"), m_run.step}});
        return {m_run.streamFile(), m_bytes};
    }

    [[nodiscard]] qint64 us() const { return m_us; }
    void wait(qint64 us) { m_us += us; }

private:
    qint64 m_us;
    const PlannedRun &m_run;
    QByteArray m_bytes;
};

QString agentOf(int index) {
    const std::array names{QStringLiteral("alice"), QStringLiteral("bob"), QStringLiteral("charlie"),
                           QStringLiteral("dana")};
    return index < 4 ? names[static_cast<size_t>(index)] : QString::number(index + 1);
}

int parameter(const RecordedPlan &plan, const char *name, int unset) {
    return plan.parameters.value(QLatin1String(name), QString::number(unset)).toInt();
}

// The ids of the burst: every agent's writes in turn.
QStringList burstIds(const RecordedPlan &plan) {
    const int agents = parameter(plan, "agents", 1);
    QStringList ids;
    for (int i = 0; i < agents * parameter(plan, "writes_per_agent", 1); ++i)
        ids << QStringLiteral("p2-r-%1-%2").arg(agentOf(i % agents)).arg(i / agents + 1);
    return ids;
}

void functional(StreamWriter &stream) {
    stream.output(QStringLiteral("store"), R"({"id":"m"})");
    stream.output(QStringLiteral("recall"), R"({"memories":[{"title":"t"}]})");
    stream.output(QStringLiteral("stats"), R"({"total":1,"by_tier":[{"tier":"mid","count":1}]})");
    stream.output(QStringLiteral("backup"), "done");
    for (const char *name : {"snapshots", "manifests"})
        stream.line(QStringLiteral("count"),
                    {{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("value"), 1}});
    const QString hash = QStringLiteral("ab").repeated(32);
    stream.line(QStringLiteral("hash"),
                {{QStringLiteral("name"), QStringLiteral("snapshot")}, {QStringLiteral("sha256"), hash}});
    stream.output(QStringLiteral("manifest"), QByteArray(R"({"sha256":")") + hash.toLatin1() + "\"}");
    stream.output(QStringLiteral("curator"),
                  R"({"memories_scanned":1,"errors":["no LLM client configured"]})");
    QByteArray tools;
    for (int i = 0; i < 31; ++i)
        tools += (i ? "," : "") + QByteArray(R"({"name":"tool)") + QByteArray::number(i) + "\"}";
    stream.output(QStringLiteral("mcp"), R"({"jsonrpc":"2.0","id":2,"result":{"tools":[)" + tools + "]}}\n");
}

void burst(StreamWriter &stream, const RecordedPlan &plan) {
    const QStringList ids = burstIds(plan);
    int i = 0;
    for (const QString &id : ids) {
        const qint64 began = stream.us();
        stream.wait(1500 + ++i * 7 % 90);
        stream.write(id, QStringLiteral("201"), began, stream.us());
    }
    stream.wait(40'000);
    stream.line(QStringLiteral("settled"),
                {{QStringLiteral("complete"), true},
                 {QStringLiteral("ms"), 40},
                 {QStringLiteral("limit_ms"), parameter(plan, "settle_seconds", 90) * 1000}});
    for (const QString &peer : kPeers) {
        stream.held(peer, ids);
        stream.output(QStringLiteral("stats-") + peer,
                      R"({"total":80,"by_namespace":[{"namespace":"ship-gate-phase2","count":)" +
                          QByteArray::number(ids.size()) + "}]}");
    }
}

void migration(StreamWriter &stream, int memories) {
    const QString tail = QStringLiteral(": \"quoted\", line\nend, Grüße, 日本語, 🚢");
    QJsonArray rows;
    for (int i = 1; i <= memories; ++i) {
        const QString title = QStringLiteral("p3-r-%1").arg(i);
        rows.append(QJsonObject{{QStringLiteral("title"), title},
                                {QStringLiteral("content"),
                                 QString::fromLatin1(writtenContent(kKey, title, kContentBytes)) + tail},
                                {QStringLiteral("tier"), QStringLiteral("mid")}});
    }
    const QByteArray page = QJsonDocument(QJsonObject{{QStringLiteral("memories"), rows}}).toJson();
    const QByteArray count = QByteArray::number(memories);
    const auto report = [&](const char *from, const char *to) {
        return QByteArray(R"({"from_url":")") + from + R"(://x","to_url":")" + to +
               R"(://y","memories_read":)" + count + R"(,"memories_written":)" + count +
               R"(,"errors":[],"dry_run":false})";
    };
    stream.line(QStringLiteral("count"),
                {{QStringLiteral("name"), QStringLiteral("seeded")}, {QStringLiteral("value"), memories}});
    stream.output(QStringLiteral("source-page-0"), page);
    stream.output(QStringLiteral("src-stats"), R"({"total":)" + count + "}");
    stream.output(QStringLiteral("forward"), report("sqlite", "postgres"));
    stream.output(QStringLiteral("idempotent"), report("sqlite", "postgres"));
    stream.output(QStringLiteral("reverse"), report("postgres", "sqlite"));
    stream.output(QStringLiteral("dst-stats"), R"({"total":)" + count + "}");
    stream.output(QStringLiteral("roundtrip-page-0"), page);
}

// Of a write, in microseconds: one in ten takes longer. No two cycles of a campaign have the same ones.
int latency(int cycle, int write) {
    quint32 mixed = quint32(cycle) * 2654435761U + quint32(write) * 2246822519U;
    mixed = (mixed ^ mixed >> 15) * 2246822519U;
    mixed ^= mixed >> 13;
    return 1000 + static_cast<int>(mixed % 800 + (mixed % 10 == 0 ? mixed / 1000 % 3000 : 0));
}

void cycle(StreamWriter &stream, const RecordedPlan &plan, int number, int writes) {
    QJsonObject place{{QStringLiteral("fault"), QStringLiteral("kill_primary_mid_write")},
                      {QStringLiteral("cycle"), number}};
    QJsonObject begin = place;
    begin.insert(QStringLiteral("writes"), writes);
    stream.line(QStringLiteral("cycle_begin"), begin);
    QStringList acked;
    const qint64 fault = // when all but two are done
        stream.us() + 20'000 + std::max(0, writes - 6) * 1700LL + latency(number, 0);
    for (int i = 1; i <= writes; ++i) {
        const QString agent = agentOf((i - 1) % parameter(plan, "agents", 1));
        const QString id = QStringLiteral("p4-r-1-%1-%2-%3").arg(number).arg(agent).arg(i);
        const bool isCut = i > writes - 2; // in flight when the primary dies
        const qint64 began = isCut ? fault - 500 : stream.us();
        stream.wait(latency(number, i));
        if (isCut && stream.us() < fault) {
            stream.wait(fault - stream.us());
            QJsonObject struck = place;
            struck.insert(QStringLiteral("fault_us"), stream.us());
            struck.insert(QStringLiteral("acked_before"), acked.size());
            struck.insert(QStringLiteral("injected"), true);
            stream.line(QStringLiteral("fault"), struck);
            QJsonObject effect = place;
            effect.insert(QStringLiteral("node"), QStringLiteral("node-0"));
            effect.insert(QStringLiteral("status"), 137);
            effect.insert(QStringLiteral("effective"), true);
            stream.line(QStringLiteral("fault_effect"), effect);
            stream.wait(300);
        }
        if (!isCut)
            acked << id;
        stream.write(id, isCut ? QStringLiteral("000") : QStringLiteral("201"), began, stream.us(), place);
    }
    QJsonObject settled = place;
    settled.insert(QStringLiteral("complete"), true);
    settled.insert(QStringLiteral("ms"), 5);
    settled.insert(QStringLiteral("limit_ms"), parameter(plan, "cycle_settle_seconds", 20) * 1000);
    stream.wait(5000 + 2 * latency(number, writes + 1));
    stream.line(QStringLiteral("settled"), settled);
    for (const char *node : {"node-1", "node-2"}) {
        stream.held(QLatin1String(node), acked, place);
        stream.output(QStringLiteral("stats-") + QLatin1String(node),
                      R"({"total":)" + QByteArray::number(acked.size()) + "}", place);
    }
    for (const char *node : {"node-1", "node-2"})
        stream.own(QLatin1String(node), acked, place);
    QJsonObject end = place;
    end.insert(QStringLiteral("complete"), true);
    stream.line(QStringLiteral("cycle_end"), end);
}

// A cycle in which a node was made to lose one acknowledged write.
void canary(StreamWriter &stream, const RecordedPlan &plan, int number, int writes) {
    QJsonObject place{{QStringLiteral("fault"), kCanaryClass}, {QStringLiteral("cycle"), number}};
    const auto with = [&](const QJsonObject &fields) {
        QJsonObject line = place;
        for (auto it = fields.constBegin(); it != fields.constEnd(); ++it)
            line.insert(it.key(), it.value());
        return line;
    };
    const QString kind = canaryKind(number);
    const bool isLost = kind == QLatin1String("lost");
    const QString faulty = isLost ? QStringLiteral("node-0") : QStringLiteral("node-%1").arg(number % 3);
    stream.line(QStringLiteral("cycle_begin"), with({{QStringLiteral("writes"), writes}}));
    QStringList acked;
    for (int i = 1; i <= writes; ++i) {
        acked << QStringLiteral("p4-r-0-%1-%2-%3")
                     .arg(number)
                     .arg(agentOf((i - 1) % parameter(plan, "agents", 1)))
                     .arg(i);
        const qint64 began = stream.us();
        stream.wait(latency(1000 + number, i));
        stream.write(acked.constLast(), QStringLiteral("201"), began, stream.us(), place);
    }
    stream.wait(5000 + 2 * latency(1000 + number, writes + 1));
    stream.line(QStringLiteral("settled"),
                with({{QStringLiteral("complete"), !isLost},
                      {QStringLiteral("ms"), 5},
                      {QStringLiteral("limit_ms"), parameter(plan, "cycle_settle_seconds", 20) * 1000}}));
    stream.line(kCanaryClass, with({{QStringLiteral("kind"), kind},
                                    {QStringLiteral("node"), faulty},
                                    {QStringLiteral("id"), acked.constFirst()}}));
    const QStringList nodes{QStringLiteral("node-0"), QStringLiteral("node-1"), QStringLiteral("node-2")};
    for (const QString &node : nodes) {
        const bool isMissing = isLost || (kind == QLatin1String("hidden") && node == faulty);
        stream.held(node, acked.mid(isMissing ? 1 : 0), place);
        stream.output(QStringLiteral("stats-") + node, R"({"total":4})", place);
    }
    for (const QString &node : nodes) {
        const bool isMissing = isLost || (kind == QLatin1String("forgotten") && node == faulty);
        stream.own(node, acked.mid(isMissing ? 1 : 0), place);
    }
    stream.line(QStringLiteral("cycle_end"), with({{QStringLiteral("complete"), true}}));
}

RecordedPlan planOf(const GoodCampaignPlan &requested) {
    const Protocol &protocol = requested.protocol ? *requested.protocol : smallProtocol();
    RecordedPlan plan;
    plan.campaign = kGoodId;
    plan.ref = QStringLiteral("v0.6.3");
    plan.run = QStringLiteral("r");
    plan.key = kKey;
    plan.protocol = protocol.name;
    plan.protocolVersion = protocol.version;
    plan.protocolSha256 = protocol.sha256();
    QMap<QString, QString> settings = requested.parameters;
    if (!settings.contains(QStringLiteral("cycles")))
        settings.insert(QStringLiteral("cycles"), QString::number(requested.cycles));
    settings.insert(QStringLiteral("writes"), QString::number(requested.writes));
    plan.parameters = valueOf(resolveParameters(protocol, {}, settings));
    plan.peers = QStringList(kPeers.begin(), kPeers.end());
    plan.phases = protocol.phaseNumbers();
    plan.recordedAt = utcOfMilliseconds(1'800'000'000'000);
    for (const Phase &phase : protocol.phases) {
        for (const Step &step : phase.steps) {
            plan.programs.insert(step.program, protocol.programs.value(step.program));
            const QStringList hosts = hostsOfStep<QString>(step, plan.peers, {QStringLiteral("chaos")});
            for (const QString &host : hosts)
                plan.runs.append({phase.number, step.name, host, step.program,
                                  QStringLiteral("p%1-%2-%3").arg(phase.number).arg(step.name, host), true});
        }
    }
    return plan;
}

// A server that an earlier step stopped is not reported again.
void stopServer(StreamWriter &stream, const RecordedPlan &plan, const PlannedRun &run) {
    const bool isStopped = std::any_of(plan.runs.begin(), plan.runs.end(), [&](const PlannedRun &other) {
        return other.host == run.host && other.step.startsWith(QLatin1String("stop-"));
    });
    if (isStopped && run.step == QLatin1String("clean"))
        return;
    stream.own(run.host, burstIds(plan));
    stream.line(QStringLiteral("server"), {{QStringLiteral("node"), run.host},
                                           {QStringLiteral("state"), QStringLiteral("stopped")},
                                           {QStringLiteral("pid"), 7}});
}

EvidenceFile streamOf(const RecordedPlan &plan, const PlannedRun &run, qint64 beginsUs,
                      const GoodCampaignPlan &requested) {
    StreamWriter stream(plan, run, beginsUs, requested.separateUser);
    if (run.step == QLatin1String("functional"))
        functional(stream);
    else if (run.step == QLatin1String("serve"))
        stream.line(QStringLiteral("server"), {{QStringLiteral("node"), run.host},
                                               {QStringLiteral("state"), QStringLiteral("started")},
                                               {QStringLiteral("pid"), 7}});
    else if (run.step == QLatin1String("clean") || run.step.startsWith(QLatin1String("stop-")))
        stopServer(stream, plan, run);
    else if (run.step == QLatin1String("burst"))
        burst(stream, plan);
    else if (run.step.startsWith(QLatin1String("probe")))
        stream.line(QStringLiteral("probe"),
                    {{QStringLiteral("name"), run.step},
                     {QStringLiteral("code"),
                      run.step == QLatin1String("probe1") ? QStringLiteral("201") : QStringLiteral("503")}});
    else if (run.step == QLatin1String("migrate"))
        migration(stream, plan.parameters.value(QStringLiteral("memories")).toInt());
    else if (run.step == QLatin1String("chaos")) {
        for (int number = 1; number <= parameter(plan, "canaries", 0); ++number)
            canary(stream, plan, number, requested.writes);
        for (int number = 1; number <= requested.cycles; ++number)
            cycle(stream, plan, number, requested.writes);
    }
    return stream.finish();
}

} // namespace

Protocol withPrograms(Protocol protocol) {
    for (const Phase &phase : std::as_const(protocol.phases)) {
        for (const Step &step : phase.steps)
            protocol.programs.insert(step.program, sha256Of(step.program.toUtf8()));
    }
    return protocol;
}

const Protocol &smallProtocol() {
    static const Protocol protocol =
        withPrograms(valueOf(parseProtocol(kProtocol, QStringLiteral("small-gate"))));
    return protocol;
}

const Protocol &canaryProtocol() {
    static const Protocol protocol = [] {
        QByteArray text = kProtocol;
        text.replace("small-gate", "canary-gate");
        text.replace("\"parameters\": [",
                     "\"parameters\": [ { \"name\": \"canaries\", \"type\": \"integer\", \"default\": "
                     "\"3\", \"min\": 3, \"max\": 60, \"description\": \"d\" },");
        return withPrograms(valueOf(parseProtocol(text, QStringLiteral("canary-gate"))));
    }();
    return protocol;
}

QList<EvidenceFile> observedCampaign(const GoodCampaignPlan &requested) {
    const RecordedPlan plan = planOf(requested);
    QList<EvidenceFile> files{{kPlanFile, planBytes(plan)}};
    qint64 us = 1'800'000'001'000'000;
    for (const PlannedRun &run : plan.runs) {
        us += 60'000'000; // one after the other, so that no host's clock goes back
        files.append(streamOf(plan, run, us, requested));
    }
    return files;
}

QList<EvidenceFile> publishedCampaign(const GoodCampaignPlan &requested) {
    QList<EvidenceFile> files;
    for (const EvidenceFile &file : observedCampaign(requested)) {
        if (file.name == kPlanFile)
            files.append(file);
        else
            files.append({file.name + kCompressedSuffix, zstdCompress(file.bytes)});
    }
    const Derivation derived =
        derive(valueOf(readPlan(files.constFirst().bytes)), files, contextOf(true).protocols, {});
    files += derived.reports;
    files += QList<EvidenceFile>{
        derived.summary, derived.checks, {QStringLiteral("index.html"), "<!doctype html>"}};
    reseal(files);
    return files;
}

QList<EvidenceFile> soundFolder() {
    const QList<EvidenceFile> files = publishedCampaign(threeCycles());
    const Judgement judgement = judged(files);
    if (judgement.verdict != Verdict::UnprovenPass)
        qFatal("%s", qPrintable(judgement.reason));
    for (const Check &check : judgement.checks) {
        const bool isBound = check.id == QLatin1String("phase4.bound.kill_primary_mid_write");
        if (check.outcome != Check::Outcome::Pass && !isBound)
            qFatal("%s", qPrintable(check.id));
    }
    return files;
}

void reseal(QList<EvidenceFile> &files) {
    EvidenceManifest manifest;
    const EvidenceFile *old = findFile(files, kManifest);
    const auto before = old ? readManifest(old->bytes) : Error{};
    files.removeIf([](const EvidenceFile &file) { return file.name == kManifest; });
    const EvidenceFile *planFile = findFile(files, kPlanFile);
    const auto plan = planFile ? readPlan(planFile->bytes) : Error{};
    if (plan) {
        const Derivation derived = derive(*plan, files, contextOf(true).protocols, {});
        manifest.campaign = plan->campaign;
        manifest.servers = serversOf(derived.reports);
        manifest.runs = manifestRunsOf(derived.streams);
    } else if (before) {
        manifest = *before;
        manifest.files.clear();
    }
    manifest.toolVersion = QStringLiteral("1");
    manifest.rulesVersion = kRulesVersion;
    manifest.evidenceSha256 = evidenceHash(files);
    for (const EvidenceFile &file : std::as_const(files))
        manifest.files.append({file.name, file.bytes.size(), sha256Of(file.bytes)});
    files.append({kManifest, manifestBytes(manifest)});
}

JudgeContext contextOf(bool published) {
    return {{smallProtocol(), canaryProtocol()}, published, published ? kGoodId : QString(), {}, {}};
}

Judgement judged(const QList<EvidenceFile> &files) {
    return judgeEvidence(files, contextOf(true));
}

} // namespace slipway::test
