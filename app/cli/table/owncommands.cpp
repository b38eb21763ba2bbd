// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: the sandbox, and commands about the program itself.
#include "app/cli/commands.h"
#include "app/cli/sandbox.h"
#include "app/cli/selfdescription.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 1> kGroupUsage{"COMMAND"};
constexpr std::array<const char *, 1> kNothingBehind{""};
constexpr std::array<const char *, 1> kOptionsBehind{"[OPTIONS]"};
constexpr std::array<OptionSpec, 4> kUpOptions{{
    {.name = "server",
     .value = "PATH",
     .help = "The server under test; later commands keep it, also after down. Default: the reference node "
             "that belongs to slipwayctl.",
     .offers = Completion::File},
    {.name = "reference", .help = "The reference node again."},
    {.name = "lie", .help = "The server loses writes that it acknowledged."},
    {.name = "json", .help = "Prints the fleet file on standard output."},
}};
constexpr std::array<ExitMeaning, 4> kStatusExits{{
    {ExitCode::Done, "all of it is up"},
    {ExitCode::No, "it is not, or only a part of it"},
    kUsageExit,
    {ExitCode::NotDone, "it is not known"},
}};

constexpr CommandSpec kSandboxUp{
    .name = "sandbox up",
    .summary = "bring the fleet up, repair it, or leave a healthy one alone",
    .usage = kOptionsBehind,
    .description = "Brings the fleet up, repairs it, or leaves a healthy one alone, and writes fleet.json.",
    .options = kUpOptions,
    .documents = "fleet/1",
    .run = sandboxUp,
};
constexpr CommandSpec kSandboxStatus{
    .name = "sandbox status",
    .summary = "show which hosts are up",
    .usage = kOptionsBehind,
    .description = "Shows which hosts are up.",
    .options = kOnlyJson,
    .documents = "sandbox/1",
    .exits = kStatusExits,
    .run = sandboxStatus,
};
constexpr CommandSpec kSandboxDown{
    .name = "sandbox down",
    .summary = "end its hosts",
    .usage = kNothingBehind,
    .description = "Ends the hosts and everything that runs on them.",
    .run = sandboxDown,
};
constexpr std::array<const CommandSpec *, 3> kSandboxCommands{&kSandboxUp, &kSandboxStatus, &kSandboxDown};

constexpr std::array<const char *, 3> kHelpUsage{"[COMMAND … | TOPIC | guide | exit-codes | environment]",
                                                 "json [DOCUMENT]", "--man slipway|slipwayctl|slipway-fleet"};
constexpr std::array<OptionSpec, 1> kHelpOptions{
    {{.name = "man",
      .value = "PROGRAM",
      .help = "Prints the man page of slipwayctl, of slipway or of the fleet file, as man(7) has it.",
      .offers = Completion::Words,
      .words = "slipway slipwayctl slipway-fleet"}}};
constexpr std::array<OptionSpec, 1> kReportOptions{{{.name = "out",
                                                     .value = "FILE",
                                                     .help = "The file to write; it must not be there.",
                                                     .offers = Completion::File}}};
constexpr std::array<const char *, 1> kShellUsage{"bash|zsh|fish"};
constexpr std::array<const char *, 1> kCompleteUsage{"-- WORD …"};

} // namespace

const CommandSpec kSandbox{
    .name = "sandbox",
    .summary = "a fleet of four hosts on this machine",
    .usage = kGroupUsage,
    .description =
        "A fleet of four hosts on this machine. As root the hosts have networks of their own; otherwise they "
        "are SSH servers on loopback addresses, and faults that need packet filters cannot be exercised.",
    .children = kSandboxCommands,
};

const CommandSpec kHelp{
    .name = "help",
    .summary = "explain a command, a topic of the guide, the exit codes or the environment",
    .usage = kHelpUsage,
    .description =
        "Explains a command, the exit codes or the variables of the environment. \"help guide\" "
        "lists the topics of "
        "the guide, such as first-campaign, triaging, ci and trouble; \"help TOPIC\" prints one. "
        "\"help json\" says which document each command prints with --json, and \"help json DOCUMENT\" "
        "prints its JSON Schema.",
    .options = kHelpOptions,
    .isPaged = true,
    .maxArguments = -1,
    .offers = Completion::Command,
    .run = help,
};

const CommandSpec kReportBug{
    .name = "report-bug",
    .summary = "show what a bug report should contain, or write it to a file",
    .usage = kOptionsBehind,
    .description =
        "Shows what a bug report should contain: versions, facts about the archive, and the last events with "
        "the hosts and files that they name, without secrets and without values of variables. With --out it "
        "is written into a new file, readable by its owner only. Nothing is sent.",
    .options = kReportOptions,
    .isPaged = true,
    .run = reportBug,
};

const CommandSpec kVersion{
    .name = "version",
    .summary = "print the version and the revision it was built from",
    .usage = kNothingBehind,
    .description = "Prints the version and the revision that it was built from.",
    .run = version,
};

const CommandSpec kCompletions{
    .name = "completions",
    .summary = "print the completion script of a shell",
    .usage = kShellUsage,
    .description = "Prints the completion script of a shell; the packages install it. For a program that is "
                   "not installed: source <(slipwayctl completions bash).",
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Words,
    .words = "bash zsh fish",
    .run = completions,
};

const CommandSpec kComplete{
    .name = "complete",
    .summary = "print what may stand for the last word, as completion scripts ask",
    .usage = kCompleteUsage,
    .description = "Prints what may stand for the last of the words: a line each, behind a blank what it "
                   "means; :file or :folder is for the shell's own names of those. Completion scripts ask "
                   "this at each key.",
    .maxArguments = -1,
    .argumentsMayBeEmpty = true,
    .run = complete,
};

} // namespace slipway::cli
