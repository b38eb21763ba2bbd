// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycleline.h"

#include "models/core/instant.h"
#include "models/core/wholenumber.h"
#include "models/observation/jsonranges.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonParseError>

namespace slipway {

namespace {

// No burst is as large; below it the sums over a million cycles stay exact.
constexpr qint64 kMaxOfACycle = 1'000'000'000;

const std::array kRowKeys{QLatin1String("count_node0"), QLatin1String("count_node1"),
                          QLatin1String("count_node2")};
const std::array kLatencyKeys{QLatin1String("latency_p50_us"), QLatin1String("latency_p95_us"),
                              QLatin1String("latency_p99_us")};

// The field writes numbers as strings too. Absent and "ERR" are unknown; everything else that is not a count
// is a flaw.
bool readCount(const QJsonValue &value, std::optional<qint64> &into) {
    if (value.isUndefined() || value.isNull() || value.toString() == QLatin1String("ERR"))
        return true;
    into = countOf(value);
    return into && *into <= kMaxOfACycle;
}

// Names of writes; false for anything that is none.
bool readLost(const QJsonValue &value, QStringList &into) {
    if (value.isUndefined())
        return true;
    const QJsonArray ids = value.toArray();
    if (!value.isArray() || ids.isEmpty() || ids.size() > kMaxLost)
        return false;
    for (const QJsonValue id : ids) {
        if (!id.isString() || id.toString().size() > kMaxLostId)
            return false;
        into.append(id.toString());
    }
    return true;
}

QString timeText(const QDateTime &time) {
    return time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

QByteArray cycleToLine(const Cycle &cycle) {
    QJsonObject object{{QStringLiteral("cycle"), cycle.number}, {QStringLiteral("fault"), cycle.fault}};
    const auto put = [&](const QString &key, const std::optional<qint64> &value) {
        if (value)
            object.insert(key, *value);
    };
    put(QStringLiteral("writes"), cycle.writes);
    put(QStringLiteral("ok"), cycle.ok);
    put(QStringLiteral("quorum_not_met"), cycle.quorumNotMet);
    put(QStringLiteral("fail"), cycle.fail);
    for (size_t node = 0; node < kRowKeys.size(); ++node) {
        const auto &rows = cycle.rows.at(node);
        object.insert(kRowKeys.at(node), rows ? QString::number(*rows) : QStringLiteral("ERR"));
    }
    put(QStringLiteral("durable"), cycle.durable);
    put(QStringLiteral("converged"), cycle.converged);
    if (!cycle.lost.isEmpty())
        object.insert(QStringLiteral("lost"), QJsonArray::fromStringList(cycle.lost));
    put(QStringLiteral("changed"), cycle.changed);
    put(QStringLiteral("not_own"), cycle.notOwn);
    if (!cycle.trouble.isEmpty())
        object.insert(QStringLiteral("trouble"), cycle.trouble);
    put(QStringLiteral("in_flight"), cycle.inFlight);
    put(QStringLiteral("settle_ms"), cycle.settleMs);
    for (size_t i = 0; i < kLatencyKeys.size(); ++i)
        put(kLatencyKeys.at(i), cycle.latencyUs.at(i));
    if (cycle.faultInjected)
        object.insert(QStringLiteral("fault_injected"), *cycle.faultInjected);
    for (const auto &[key, time] : {std::pair{QStringLiteral("started_at"), cycle.startedAt},
                                    std::pair{QStringLiteral("fault_at"), cycle.faultAt},
                                    std::pair{QStringLiteral("ended_at"), cycle.endedAt}}) {
        if (time.isValid())
            object.insert(key, timeText(time));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Cycle> parseCycleLine(const QByteArray &line, const SourceRange &source) {
    const auto refuse = [&](const QString &why) {
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1, byte %2: %3: %4")
                                                  .arg(source.file)
                                                  .arg(source.offset)
                                                  .arg(why, QString::fromUtf8(line.left(80)))};
    };
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return refuse(QStringLiteral("a cycle's line is not a JSON object"));
    if (const auto key = doubledKey(line))
        return refuse(QStringLiteral("\"%1\" is there twice").arg(*key));
    const QJsonObject object = document.object();
    Cycle cycle;
    cycle.source = source;
    cycle.fault = object.value(QLatin1String("fault")).toString();
    std::optional<qint64> number;
    if (!readCount(object.value(QLatin1String("cycle")), number) || !number || *number < 1 ||
        *number > 1'000'000'000)
        return refuse(QStringLiteral("a cycle has no number from 1 up"));
    cycle.number = static_cast<int>(*number);
    if (cycle.fault.isEmpty())
        return refuse(QStringLiteral("a cycle names no fault class"));
    for (const auto &[key, into] :
         {std::pair{"writes", &cycle.writes}, std::pair{"ok", &cycle.ok},
          std::pair{"quorum_not_met", &cycle.quorumNotMet}, std::pair{"fail", &cycle.fail},
          std::pair{"changed", &cycle.changed}, std::pair{"not_own", &cycle.notOwn},
          std::pair{"count_node0", cycle.rows.data()}, std::pair{"count_node1", &cycle.rows[1]},
          std::pair{"count_node2", &cycle.rows[2]}, std::pair{"durable", &cycle.durable},
          std::pair{"converged", &cycle.converged}, std::pair{"in_flight", &cycle.inFlight},
          std::pair{"settle_ms", &cycle.settleMs}, std::pair{kLatencyKeys[0].data(), cycle.latencyUs.data()},
          std::pair{kLatencyKeys[1].data(), &cycle.latencyUs[1]},
          std::pair{kLatencyKeys[2].data(), &cycle.latencyUs[2]}}) {
        if (!readCount(object.value(QLatin1String(key)), *into))
            return refuse(QStringLiteral("\"%1\" is not a count").arg(QLatin1String(key)));
    }
    if (!readLost(object.value(QLatin1String("lost")), cycle.lost))
        return refuse(QStringLiteral("\"lost\" is not a list of at most %1 ids").arg(kMaxLost));
    const QJsonValue trouble = object.value(QLatin1String("trouble"));
    cycle.trouble = trouble.toString();
    if (!trouble.isUndefined() && (cycle.trouble.isEmpty() || cycle.trouble.size() > kMaxTrouble))
        return refuse(QStringLiteral("\"trouble\" is not a text of at most %1 characters").arg(kMaxTrouble));
    if (object.value(QLatin1String("fault_injected")).isBool())
        cycle.faultInjected = object.value(QLatin1String("fault_injected")).toBool();
    cycle.startedAt = instantOf(object.value(QLatin1String("started_at")).toString());
    cycle.faultAt = instantOf(object.value(QLatin1String("fault_at")).toString());
    cycle.endedAt = instantOf(object.value(QLatin1String("ended_at")).toString());
    return cycle;
}

QString faultOfCycleFile(const QString &name) {
    const QLatin1String prefix("cycles-");
    const QLatin1String suffix(".jsonl");
    if (!name.startsWith(prefix) || !name.endsWith(suffix) || name.size() <= prefix.size() + suffix.size())
        return {};
    return name.mid(prefix.size(), name.size() - prefix.size() - suffix.size());
}

QString forEachCycle(const EvidenceFile &file, const std::function<void(Cycle &&)> &seen) {
    QString problem = file.problem;
    for (qsizetype from = 0; from < file.bytes.size();) {
        const qsizetype found = file.bytes.indexOf('\n', from);
        const qsizetype end = found < 0 ? file.bytes.size() : found;
        const auto line = QByteArray::fromRawData(file.bytes.constData() + from, end - from);
        if (!line.trimmed().isEmpty()) {
            if (auto cycle = parseCycleLine(line, {file.name, from, line.size()}))
                seen(std::move(*cycle));
            else if (problem.isEmpty())
                problem = cycle.error().text;
        }
        from = end + 1;
    }
    return problem;
}

CycleFile readCycleFile(const EvidenceFile &file) {
    CycleFile read;
    read.fault = faultOfCycleFile(file.name);
    read.source = {file.name, 0, file.bytes.size()};
    read.problem = forEachCycle(file, [&](Cycle &&cycle) { read.cycles.append(std::move(cycle)); });
    return read;
}

std::optional<int> takeCutOff(QList<Cycle> &cycles) {
    if (cycles.isEmpty() || !cycles.constLast().startedAt.isValid() || cycles.constLast().endedAt.isValid())
        return std::nullopt;
    return cycles.takeLast().number;
}

} // namespace slipway
