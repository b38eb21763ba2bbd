// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycletrace.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxNodes = 16;

Settling::Node *nodeOf(Settling &settling, const QString &name) {
    const auto known = std::find_if(settling.nodes.begin(), settling.nodes.end(),
                                    [&](const Settling::Node &node) { return node.name == name; });
    if (known != settling.nodes.end())
        return &*known;
    if (settling.nodes.size() >= kMaxNodes)
        return nullptr;
    settling.nodes.append({name, {}});
    return &settling.nodes.last();
}

} // namespace

qint64 CycleTrace::inFlight() const {
    if (!faultUs)
        return 0;
    return std::count_if(writes.begin(), writes.end(), [this](const TracedWrite &write) {
        return write.startUs < *faultUs && write.endUs > *faultUs;
    });
}

CycleTrace traceOf(const QList<Observation> &observations, const QString &fault, int number) {
    CycleTrace trace;
    trace.fault = fault;
    trace.number = number;
    for (const Observation &seen : observations) {
        if (seen.integer("cycle") != number || seen.text("fault") != fault)
            continue;
        if (seen.kind == QLatin1String("write")) {
            const auto start = seen.integer("start_us");
            const auto end = seen.integer("end_us");
            if (start && end && *start <= *end)
                trace.writes.append({seen.text("agent"), seen.text("code"), *start, *end});
        } else if (seen.kind == QLatin1String("fault")) {
            trace.faultUs = seen.integer("fault_us");
        } else if (seen.kind == QLatin1String("fault_effect")) {
            trace.effective = seen.flag("effective");
            if (seen.time.isValid())
                trace.effectUs = seen.time.toMSecsSinceEpoch() * 1000;
        }
    }
    std::stable_sort(trace.writes.begin(), trace.writes.end(),
                     [](const TracedWrite &a, const TracedWrite &b) { return a.startUs < b.startUs; });
    return trace;
}

Settling settlingOf(const QList<Observation> &observations) {
    Settling settling;
    for (const Observation &seen : observations) {
        if (seen.kind == QLatin1String("progress")) {
            const auto ms = seen.integer("ms");
            const auto held = seen.integer("held");
            Settling::Node *node = ms && held ? nodeOf(settling, seen.text("node")) : nullptr;
            if (!node)
                continue;
            node->readings.append({*ms, *held});
            settling.acked = seen.integer("of").value_or(settling.acked);
        } else if (seen.kind == QLatin1String("settled")) {
            settling.settledMs = seen.integer("ms");
            settling.limitMs = seen.integer("limit_ms");
            settling.complete = seen.flag("complete");
        }
    }
    for (Settling::Node &node : settling.nodes)
        std::stable_sort(node.readings.begin(), node.readings.end(),
                         [](const auto &a, const auto &b) { return a.ms < b.ms; });
    return settling;
}

} // namespace slipway
