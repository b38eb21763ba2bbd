// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/cireport.h"
#include "app/cli/command.h"

#include <functional>

class QCommandLineParser;

namespace slipway {
class Session;
struct Paths;
} // namespace slipway

namespace slipway::cli {

/// How a campaign is followed by `run` and `resume`.
struct FollowOptions {
    bool acceptNew = false; ///< pin the keys of hosts that are not known yet
    bool quiet = false;
    bool json = false;
    CiReport ci;
};

[[nodiscard]] Result<FollowOptions> followOptions(const QCommandLineParser &parser);

using Begun = std::function<void(const Result<QString> &id)>;

/// Lets `begin` begin a campaign, follows it to its end with progress on stderr, prints the result, and
/// returns the verdict's exit code. Ctrl-C stops it on its hosts.
ExitCode follow(const Session &session, const FollowOptions &options, const Paths &paths,
                const std::function<void(const Begun &)> &begin);

} // namespace slipway::cli
