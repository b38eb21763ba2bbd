// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/evidence/rules.h"

#include <QSet>

namespace slipway::rules {

/// Whether the cycles of one host can have taken place: each ends after it began with its fault in between,
/// takes no less time than what was measured in it, begins after the one before ended, and is not another
/// one's copy. Lines without times, as the field's, are not judged. Fed in the order of the lines, class
/// after class; keeps a hash for each cycle. Not thread-safe.
class CycleTimes {
public:
    void beginClass(const QString &fault);
    void add(const Cycle &cycle);
    /// Adds a check where some line has times.
    void judge(Checks &checks) const;

private:
    struct Span {
        QString fault;
        QDateTime began;
        QDateTime ended;
    };

    void complain(const Cycle &cycle, const QString &why);
    [[nodiscard]] QString flawOf(const Cycle &cycle) const;
    [[nodiscard]] QString overlapOfClasses() const;

    QList<Span> m_spans;
    QSet<QByteArray> m_courses;
    qint64 m_timed = 0;
    QString m_flaw;
    SourceRange m_source;
};

} // namespace slipway::rules
