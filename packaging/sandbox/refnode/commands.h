// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "packaging/sandbox/refnode/store.h"

#include <string>

// The commands that end by themselves. Each prints its answer and returns the exit code.
namespace refnode {

int backup(Store &store, const std::string &database, const std::string &folder, std::size_t keep);
int curate(Store &store, std::int64_t maxOperations, bool dryRun);
int migrate(const std::string &from, const std::string &to, std::int64_t batch, bool dryRun);
int speakMcp(Store &store); ///< JSON-RPC 2.0, one message a line, until the input ends

} // namespace refnode
