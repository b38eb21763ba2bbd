// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/log/linesplitter.h"
#include "models/observation/observation.h"

#include <QMap>

namespace slipway {

/// The per-cycle lines of a field script, put together from "field_cycles" observations: live as cycles, in
/// the end as the files they came from, byte for byte. 64 MiB a fault class at most. Not thread-safe.
class FieldCycles {
public:
    void add(const Observation &observation);

    /// Cycles whose lines came whole since the last call; a line that is none is left out here, and
    /// so is what follows ten thousand of them: a host may print what it likes for as long as it likes.
    [[nodiscard]] QList<Cycle> takeFinished();
    /// "cycles-<fault>.jsonl" each.
    [[nodiscard]] QList<EvidenceFile> files() const;

private:
    struct Class {
        QByteArray bytes;
        LineSplitter splitter;
        int unreadable = 0; ///< lines that are not cycles
    };
    QMap<QString, Class> m_classes;
    QList<Cycle> m_finished;
};

} // namespace slipway
