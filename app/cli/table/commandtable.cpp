// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table/commandtable.h"

#include "app/cli/table/rows.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 1> kGroupUsage{"COMMAND"};
constexpr std::array<const CommandSpec *, 18> kFleetCommands{
    &kFleetImport,  &kFleetList,    &kFleetShow,      &kFleetRename,     &kFleetRemove,    &kFleetUndo,
    &kFleetCheck,   &kFleetSsh,     &kFleetSshConfig, &kFleetKnownHosts, &kFleetForgetKey, &kFleetCreate,
    &kFleetPrepare, &kFleetDestroy, &kFleetOrphans,   &kFleetCost,       &kFleetToken,     &kFleetApi};

const CommandSpec kFleet{
    .name = "fleet",
    .summary = "import, list and check fleets; rent and destroy them",
    .usage = kGroupUsage,
    .description = "Named fleets, the hosts of any fleet, and fleets that are rented.",
    .children = kFleetCommands,
};

constexpr std::array<const char *, 1> kUsage{"COMMAND [ARGUMENTS] [OPTIONS]"};
constexpr std::array<const CommandSpec *, 25> kCommands{
    &kArchive, &kComplete, &kCompletions, &kDiff,    &kExport, &kFleet,     &kGate,   &kHelp,   &kImport,
    &kInsight, &kList,     &kRejudge,     &kRelease, &kRemove, &kReportBug, &kRepro,  &kResume, &kRun,
    &kSandbox, &kSearch,   &kSeries,      &kShow,    &kTriage, &kVerify,    &kVersion};
constexpr std::array<OptionSpec, 1> kOptions{{{.name = "version", .help = "Prints the version."}}};

} // namespace

const CommandSpec kProgram{
    .name = "",
    .summary = "run and judge release ship-gates",
    .usage = kUsage,
    .description =
        "Runs and judges release ship-gates: campaigns of four phases on remote hosts, judged from "
        "the evidence they leave. Options may stand anywhere. slipwayctl help COMMAND says more.",
    .options = kOptions,
    .children = kCommands,
};

} // namespace slipway::cli
