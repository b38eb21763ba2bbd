// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runentry.h"

#include <QList>

namespace slipway {

/// `runs/feed.xml`, in Atom (RFC 4287): the newest of the runs that say when they were completed, at most
/// kFeedRuns of them, newest first. Its addresses are relative to where it lies. Pure.
[[nodiscard]] QByteArray runFeed(const QList<RunEntry> &entries);

inline constexpr qsizetype kFeedRuns = 50;

} // namespace slipway
