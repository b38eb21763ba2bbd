// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>
#include <QStringList>

#include <stop_token>

namespace slipway {

/// Whether all runs of the branch that a checkout is on lie in it: what is derived from the folders (the list
/// of runs) is wrong otherwise. Unsupported: git was set to leave some out (sparse-checkout, skip-worktree,
/// a worktree without a checkout). The value: runs that are simply not there, removed by a person say. A
/// folder that is not a checkout is whole.
[[nodiscard]] Result<QStringList> runsMissingFrom(const QString &tree, const std::stop_token &stop);

} // namespace slipway
