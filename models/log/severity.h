// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace slipway {

enum class Severity { Normal, Warning, Error };

/// How a log line wants to be seen, by the words that harnesses and servers use. Pure; looks at the first 512
/// bytes.
[[nodiscard]] Severity severityOf(QByteArrayView line);
/// A regular expression, without regard to case, that every line matches which is an error.
[[nodiscard]] QString errorPattern();

} // namespace slipway
