// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace slipway::cli {

/// Asks on the terminal, without showing what is typed; nothing without a terminal or an answer. Gives up
/// after a minute.
[[nodiscard]] std::optional<QByteArray> askSecret(const QString &question);
/// "y" or "yes" on the terminal; without a terminal, an answer or within a minute: no.
[[nodiscard]] bool askYes(const QString &question);
/// For a key that a host wants; says on stderr what to do where there is no terminal.
[[nodiscard]] std::optional<QByteArray> askPassphrase(const QString &host, const QString &keyFile,
                                                      bool again);

} // namespace slipway::cli
