// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/cycles/cycle.h"
#include "models/observation/evidencefile.h"

#include <functional>

namespace slipway {

/// One line of cycles-<fault>.jsonl: the field's {cycle, fault, writes, ok, quorum_not_met, fail,
/// count_node0…2}, counts being strings or numbers and "ERR" when a node could not be asked, with ours added:
/// durable, converged, changed, not_own, trouble, in_flight, fault_injected, settle_ms, latency_p50_us,
/// latency_p95_us, latency_p99_us, started_at, fault_at, ended_at. An absent number is written as nothing,
/// but for a count.
[[nodiscard]] QByteArray cycleToLine(const Cycle &cycle); ///< without the line end

/// The error names file and byte. Numbers that are not whole numbers from 0 up are refused, not guessed.
Result<Cycle> parseCycleLine(const QByteArray &line, const SourceRange &source);

/// The cycles of one fault class.
struct CycleFile {
    QString fault; ///< as the file's name says
    QList<Cycle> cycles;
    QString problem; ///< the first line that cannot be read; the lines after it are read all the same
    SourceRange source;
};

/// The fault class in "cycles-<fault>.jsonl"; empty for any other name.
[[nodiscard]] QString faultOfCycleFile(const QString &name);
[[nodiscard]] CycleFile readCycleFile(const EvidenceFile &file);

/// The same without keeping them: calls `seen` for each cycle in order, and answers with the problem.
QString forEachCycle(const EvidenceFile &file, const std::function<void(Cycle &&)> &seen);

/// Takes the last cycle of a fault class away when its own line says that it began and not that it ended: the
/// campaign was stopped, or its program died, and it measured nothing. The field's lines show neither.
/// Answers with its number.
std::optional<int> takeCutOff(QList<Cycle> &cycles);

} // namespace slipway
