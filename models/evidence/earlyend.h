// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/evidence/convergencebound.h"

#include <QMap>
#include <QSet>

namespace slipway {

/// Whether a plan lets a fault class end before all its cycles ran: parameter "stop_early", 1 for yes.
[[nodiscard]] bool mayEndEarly(const QMap<QString, QString> &parameters);

/// Which fault classes are decided by the cycles so far, so that more of them would change nothing: the bound
/// holds at every look. Fed with cycles as they come. Not thread-safe.
class EarlyEnd {
public:
    explicit EarlyEnd(const QMap<QString, QString> &parameters);

    /// The classes of these cycles that are decided and may therefore end, each time anew; none where the
    /// plan does not let them.
    [[nodiscard]] QStringList add(const QList<Cycle> &cycles);

private:
    bool m_allowed;
    double m_claim;
    QSet<QString> m_planned;
    QMap<QString, ConvergenceBound> m_bounds; ///< of the planned classes
};

} // namespace slipway
