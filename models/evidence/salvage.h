// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/jsonranges.h"

#include <QList>
#include <QString>

#include <optional>

namespace slipway {

/// What the harness's log says of one fault class. It never lifts a verdict.
struct SalvagedFault {
    QString fault; ///< empty: the log does not name it
    qint64 cyclesBegun = 0;
    std::optional<qint64> cyclesPlanned;
    std::optional<qint64> writes; ///< of the summary in the log, as are those below
    std::optional<qint64> acknowledged;
    std::optional<double> bound; ///< the harness's own; what it divides by changed over time
    QString fatal;               ///< the line with which the harness gave up
    ByteRange range;
};

/// Reads a log that landed in a report's place, fault class by fault class in its order. Empty for bytes that
/// are not such a log.
[[nodiscard]] QList<SalvagedFault> salvageLog(const QByteArray &bytes);

} // namespace slipway
