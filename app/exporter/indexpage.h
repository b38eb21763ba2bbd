// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exporter/runentry.h"

#include <QList>

namespace slipway {

/// `runs/index.html` and `runs/index.json`: the runs of a tree, which are given newest first. Pure.
[[nodiscard]] QByteArray indexPage(const QList<RunEntry> &entries);
[[nodiscard]] QByteArray indexJson(const QList<RunEntry> &entries);
/// Whether one of them was written by any version of this.
[[nodiscard]] bool isIndexOfOurs(const QByteArray &bytes);

} // namespace slipway
