// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/changednumbers.h"
#include "models/log/logtemplate.h"

namespace slipway {

/// A kind of line that only one of two campaigns has.
struct NewLine {
    QString stream; ///< "phase4-chaos-chaos", or an evidence file's name
    LogTemplate kind;
};

/// What a campaign has that another one has not.
struct Comparison {
    QString other;                ///< the id of the one that it is compared with
    QList<ChangedNumber> numbers; ///< the worst first
    bool bothHaveLogs = false;    ///< else no line can be said to be new
    QList<NewLine> newLines;      ///< at most 1,000
};

} // namespace slipway
