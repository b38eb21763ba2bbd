// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace slipway {

/// The deadline of a step that names none.
inline const QString kDefaultDeadline = QStringLiteral("86400");

/// Seconds of a deadline as a protocol writes it, "300 + faults*cycles*60 + quorum_timeout_ms": a sum of
/// products of whole numbers and of parameters. A parameter whose name ends with _ms is in milliseconds and
/// counts in seconds, rounded up; one that is a list of names, as `faults`, counts them. At least 1 and at
/// most 31 days, within which a campaign must end. An error names what is neither a number nor a parameter.
/// Pure.
[[nodiscard]] Result<qint64> deadlineSeconds(const QString &deadline,
                                             const QMap<QString, QString> &parameters);

} // namespace slipway
