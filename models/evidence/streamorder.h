// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/hostclock.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace slipway {

/// Whether the observations of one stream can have been made one after another by a program that ran: writes
/// are made once and end after they began, cycles follow each other and hold what is theirs, a fault lies in
/// its burst and took effect as it does, nodes are asked when all had settled, who was killed answers no
/// more, and no cycle is another one's copy. Times of day are compared with each other only where nobody set
/// the clock meanwhile. Fed line by line; memory is that of the ids of at most kMaxIds writes and of a
/// hash for each cycle. Not thread-safe.
class StreamOrder {
public:
    static constexpr qsizetype kMaxIds = 1'000'000; ///< writes that are compared by id; of more, the first

    /// `at`: the time of the observation by HostClock; `isClockSet`: it was set since the line before.
    void add(const Observation &observation, const QDateTime &at, bool isClockSet);
    /// The first contradiction, with its byte; empty when there is none.
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    struct Write {
        qint64 startUs = 0;
        qint64 endUs = 0;
        bool acked = false;
    };

    void complain(const Observation &observation, const QString &why);
    [[nodiscard]] bool isOfCycle(const Observation &observation) const;
    void keepCourse(const Observation &observation);
    void addWrite(const Observation &observation);
    void beginWork(const Observation &observation, const QDateTime &at);
    void beginCycle(const Observation &observation, const QDateTime &at);
    void addFault(const Observation &observation);
    void addHealing(const Observation &observation);
    void endCycle(const Observation &observation);
    [[nodiscard]] QList<QByteArray> coursesOf() const;

    QSet<size_t> m_ids;
    QHash<QByteArray, int> m_courses; ///< hash of a cycle's times → its number
    QSet<QString> m_left;             ///< fault classes that are over
    QString m_fault;
    int m_cycle = 0;
    bool m_open = false;
    bool m_settled = false;    ///< within the open cycle, or in a stream without cycles
    bool m_isInjected = false; ///< the fault of the open cycle
    bool m_isEffectReported = false;
    bool m_probed = false;
    bool m_clockSet = false; ///< within the open cycle, or in a stream without cycles ever
    qint64 m_beganMs = 0;    ///< the open cycle or the stream without cycles, time of day
    QDateTime m_began;       ///< the same by HostClock
    std::optional<qint64> m_faultUs;
    std::optional<qint64> m_ackedBefore;
    QString m_killed;      ///< the node that ended in this cycle
    qint64 m_killedMs = 0; ///< when that was known, time of day
    std::vector<Write> m_writes;
    QString m_problem;
};

} // namespace slipway
