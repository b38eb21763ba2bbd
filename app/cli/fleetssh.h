// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace slipway::cli {

/// `fleet ssh`, `fleet ssh-config` and `fleet known-hosts`. None of them brings a sandbox up. The first does
/// not return where it succeeds: the process is ssh then.
ExitCode fleetSsh(const Context &context, const QCommandLineParser &parser);
ExitCode fleetSshConfig(const Context &context, const QCommandLineParser &parser);
ExitCode fleetKnownHosts(const Context &context, const QCommandLineParser &parser);

} // namespace slipway::cli
