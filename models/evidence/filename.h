// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace slipway {

/// A file name as text: bytes that are no UTF-8 and control characters as %XX, so that every name is another
/// and none can drive a terminal.
[[nodiscard]] QString nameText(const QByteArray &name);
/// The name that this text is of, or the path, its parts between "/"; nothing when it is of none.
[[nodiscard]] std::optional<QByteArray> nameBytes(const QString &text);

} // namespace slipway
