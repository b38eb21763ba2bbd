// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

// Every subcommand but the sandbox's, which a build may lack.
namespace slipway::cli {

int archive(const Context &context, const QStringList &arguments);
int diff(const Context &context, const QStringList &arguments);
int exportRuns(const Context &context, const QStringList &arguments);
int fleet(const Context &context, const QStringList &arguments);
int importPath(const Context &context, const QStringList &arguments);
int insight(const Context &context, const QStringList &arguments);
int rejudge(const Context &context, const QStringList &arguments);
int release(const Context &context, const QStringList &arguments);
int resume(const Context &context, const QStringList &arguments);
int run(const Context &context, const QStringList &arguments);
int removeCampaigns(const Context &context, const QStringList &arguments);
int list(const Context &context, const QStringList &arguments);
int search(const Context &context, const QStringList &arguments);
int triage(const Context &context, const QStringList &arguments);
int verify(const Context &context, const QStringList &arguments);
int show(const Context &context, const QStringList &arguments);

} // namespace slipway::cli
