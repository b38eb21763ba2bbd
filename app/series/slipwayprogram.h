// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"

#include <QStringList>

#include <functional>

namespace slipway {

/// Runs this program again with other words on the same data directory, and waits for its end; its exit code.
/// `heard` gets each line that it says on standard error, cut to 4,000 characters; its standard output is
/// dropped. It is killed with this process, at whatever moment that dies: what it led can be resumed.
/// CommandFailed when it crashed or was killed. `lock`: a descriptor that it holds open until its end
/// (SlotLock).
Result<int> runSlipway(const Paths &paths, const QStringList &words, int lock,
                       const std::function<void(const QString &)> &heard);

} // namespace slipway
