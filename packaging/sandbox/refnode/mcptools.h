// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "packaging/sandbox/refnode/store.h"

#include <functional>
#include <stdexcept>
#include <vector>

namespace refnode {

/// One tool as MCP lists and calls it.
struct Tool {
    const char *name;
    const char *description;
    Json properties; ///< JSON Schema of each argument
    std::vector<const char *> required;
    std::function<Json(Store &, const Json &)> call;
};

/// The caller's arguments are not what the tool takes.
struct BadArguments : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Every tool of this node. Each does what it says; tests call all of them.
[[nodiscard]] const std::vector<Tool> &tools();

} // namespace refnode
