// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/windowcommand.h"

namespace slipway {

namespace {

constexpr std::array<const char *, 1> kUsage{"[OPTIONS] [slipway://campaign/ID]"};

constexpr std::array<OptionSpec, 7> kOptions{{
    {.name = "select", .value = "ID", .help = "Shows this campaign first.", .offers = Completion::Campaign},
    {.name = "launch",
     .value = "FLEET",
     .help = "Launches a campaign on a fleet file or \"sandbox\"; together with --id.",
     .offers = Completion::Fleet},
    {.name = "id", .value = "ID", .help = "The id of the campaign to launch."},
    {.name = "ref", .value = "REF", .help = "The git ref that the campaign to launch is about."},
    {.name = "set", .value = "NAME=VALUE", .help = "A parameter of the campaign to launch; may be repeated."},
    {.name = "theme",
     .value = "NAME",
     .help = "light or dark; without it the desktop's.",
     .offers = Completion::Words,
     .words = "light dark"},
    {.name = "version", .letter = 'V', .help = "Prints the version."},
}};

constexpr std::array<ExitMeaning, 3> kExits{{
    {ExitCode::Done, "the window was closed"},
    {ExitCode::No, "the window could not be opened"},
    {ExitCode::Usage, "wrong usage"},
}};

} // namespace

const CommandSpec kWindowCommand{
    .name = "",
    .summary = "dashboard for release ship-gates",
    .usage = kUsage,
    .description =
        "A window on the campaigns of a release ship-gate: it launches them on remote hosts over "
        "SSH, follows "
        "their logs, shows convergence cycle by cycle and shows what failed and the bytes that prove "
        "it.\n\n"
        "It shares its archive with slipwayctl. In the window, ? lists the keys.\n\n"
        "A link shows a campaign: in the window that works on the same data directory already, else in "
        "a new one.",
    .options = kOptions,
    .exits = kExits,
    .maxArguments = 1,
};

} // namespace slipway
