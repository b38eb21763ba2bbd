// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runentry.h"

#include <QList>

namespace slipway {

/// `runs/index.html` and `runs/index.json`: the runs of a tree, which are given newest first. Pure.
[[nodiscard]] QByteArray indexPage(const QList<RunEntry> &entries);
[[nodiscard]] QByteArray indexJson(const QList<RunEntry> &entries);
/// "Written by Slipway 0.1.0": by this a later version knows its own.
[[nodiscard]] QString writtenBySlipway();
/// Whether one of them, or the feed, was written by any version of this.
[[nodiscard]] bool isIndexOfOurs(const QByteArray &bytes);

} // namespace slipway
