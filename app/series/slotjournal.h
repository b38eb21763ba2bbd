// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/seriesstore.h"

#include <QDateTime>

namespace slipway {

/// A slot that somebody began to run.
struct SlotAttempt {
    QDateTime slot;
    QString campaign;      ///< its id, which no other attempt ever has
    bool isClosed = false; ///< it came to its end; false: a call was killed, or is still at it
};

/// What is noted of the slots of a series as they are run: each step before it is taken, so that a call that
/// is killed leaves word of where it was. Uses the archive behind `entries`, on its thread.
class SlotJournal {
public:
    SlotJournal(SeriesStore &entries, QString series) : m_entries(entries), m_series(std::move(series)) {}

    Result<QList<SlotAttempt>> attempts(); ///< the oldest first
    Result<void> noteBegun(const SlotAttempt &attempt);
    /// `trouble`: why no campaign came of it; empty: one did.
    Result<void> noteClosed(const SlotAttempt &attempt, const QString &trouble);

    /// When a person last let the series go on after the circuit breaker; invalid: never.
    Result<QDateTime> letGoAt();
    Result<void> letGoOn(const QString &by, const QString &why);

private:
    Result<void> note(const SlotAttempt &attempt, const QString &step, const QString &text);

    SeriesStore &m_entries;
    QString m_series;
};

} // namespace slipway
