// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace slipway {

/// The journal of a campaign, notes.log in its spool folder, a line each with the time in UTC: who led it and
/// what happened to the dashboard meanwhile. Notes that cannot be written are lost; nothing waits for them.
void addNote(const QString &spoolDir, const QString &text);

/// Without their line ends; at most the last 100 of them.
[[nodiscard]] QStringList notesOf(const QString &spoolDir);

} // namespace slipway
