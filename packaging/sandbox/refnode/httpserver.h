// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "packaging/sandbox/refnode/replication.h"

namespace refnode {

struct ServeOptions {
    std::string host = "127.0.0.1";
    int port = 9077;
    QuorumOptions quorum;
};

/// Serves until SIGTERM or SIGINT. Returns the process's exit code; says on stderr why it could not serve.
int serve(Store &store, const ServeOptions &options);

} // namespace refnode
