// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace slipway {

/// A file name as text: bytes that are not UTF-8 and control characters as %XX, so that every name is another
/// and none can drive a terminal.
[[nodiscard]] QString nameText(const QByteArray &name);
/// The name that this text is of, or the path, its parts between "/"; nothing when it is of none.
[[nodiscard]] std::optional<QByteArray> nameBytes(const QString &text);

/// Why a site, a usual file system or git cannot hold a file or folder of this name, as the end of a sentence
/// ("… is a name that Windows keeps for a device"); empty when they can. `part` is of a path, as text.
[[nodiscard]] QString namePartProblem(const QString &part);

/// By which two names are one on machines that distinguish neither upper from lower case nor how a letter is
/// composed.
[[nodiscard]] QString foldedName(const QString &name);

} // namespace slipway
