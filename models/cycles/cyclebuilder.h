// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/canary.h"
#include "models/cycles/cycle.h"
#include "models/observation/hostclock.h"
#include "models/observation/writeledger.h"

#include <QHash>
#include <QSet>

#include <array>
#include <vector>

namespace slipway {

/// Turns the observations of phase 4 into cycles, one at a time, so that it serves live and afterwards alike
/// and holds no more than one cycle's writes. What was not observed stays absent. Not thread-safe.
class CycleBuilder {
public:
    void add(const Observation &observation);

    /// Cycles that came to their end since the last call.
    [[nodiscard]] QList<Cycle> takeFinished();
    /// The cycle that has begun and not ended, when there is one: what a crash leaves behind.
    [[nodiscard]] std::optional<Cycle> unfinished() const;
    /// The canary cycles that came to their end; takeFinished() does not return them.
    [[nodiscard]] const QList<CanaryCycle> &canaries() const { return m_canaries; }
    /// What was wrong with servers in the first cycles that had something: "cycle 3: node-1 …".
    [[nodiscard]] const QStringList &notes() const { return m_notes; }

private:
    struct Write {
        qint64 startUs = 0;
        qint64 endUs = 0;
        bool isAcknowledged = false;
    };

    [[nodiscard]] Cycle current() const;
    void begin(const Observation &observation, const QDateTime &at);
    void addWrite(const Observation &observation);
    void addRows(const Observation &observation);
    void finish();

    HostClock m_clock;
    bool m_clockSet = false; ///< somebody set the host's clock within this cycle
    bool m_open = false;
    Cycle m_cycle;
    QHash<QString, qint64> m_codes;
    std::vector<Write> m_writes;
    std::vector<qint64> m_latencies; ///< of the acknowledged ones, microseconds
    WriteLedger m_ledger;
    CanaryCycle m_canary; ///< of the open cycle
    QList<CanaryCycle> m_canaries;
    QStringList m_notes;
    std::optional<qint64> m_faultUs;
    bool m_isHealed = false; ///< the fault was seen to be over
    bool m_isLate = false;   ///< not every survivor held all of it when the wait was over
    QList<Cycle> m_finished;
};

/// Every cycle of a stream; a cycle without its end is the last one, with what is known of it. `notes` and
/// `canaries`, where given, become the builder's.
[[nodiscard]] QList<Cycle> cyclesFromStream(const EvidenceFile &file, QStringList *notes = nullptr,
                                            QList<CanaryCycle> *canaries = nullptr);

} // namespace slipway
