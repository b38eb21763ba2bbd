// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/exitcode.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

class QCommandLineParser;

namespace slipway {

struct CommandContext;

/// What the shell offers for a value or an argument.
enum class Completion {
    None,
    Campaign,
    Fleet,
    File,
    Folder,
    Command,
    Words,
    Host,          ///< of the fleet that --fleet or the first argument names
    FleetThenHost, ///< as arguments: a fleet, one of its hosts, nothing behind
};

/// An option of a command: a row of the one table that the parser, the help, the man page and the
/// completions are made from.
struct OptionSpec {
    const char *name = "";       ///< without its dashes
    char letter = 0;             ///< the short form; 0: none
    const char *value = nullptr; ///< what stands for the value in the help; null: a flag
    const char *help = "";       ///< one sentence or more; lines are broken where they are shown
    Completion offers = Completion::None;
    const char *words = "";  ///< for Completion::Words: separated by blanks
    bool mayBeEmpty = false; ///< an empty value has a meaning
};

/// A term and what it means, in the help of a command.
struct TermSpec {
    const char *term = "";
    const char *help = "";
};

/// How a command is called and what it does: the parser, the help, the man page and the completions are made
/// from it. A group has children and does nothing itself. All texts are literals; a plain value that lives as
/// long as the program.
struct CommandSpec {
    const char *name = "";              ///< with its group: "fleet create"
    const char *summary = "";           ///< one line, no full stop
    std::span<const char *const> usage; ///< what may stand behind the name, a line for each form
    const char *description = "";       ///< sentences; an empty line begins a paragraph
    std::span<const TermSpec> terms{};  ///< formats, verbs, fields
    std::span<const OptionSpec> options{};
    /// What --json prints, separated by blanks: "campaign/1" is number 1 of resources/schemas/campaign.json.
    /// The first of them, unless a document says itself which it is.
    const char *documents = "";
    std::span<const ExitMeaning> exits{}; ///< where a code means more than in general
    bool isPaged = false; ///< on a terminal, long output goes through a pager; it neither asks nor streams
    int minArguments = 0;
    int maxArguments = 0;                 ///< negative: any number
    bool argumentsMayBeEmpty = false;     ///< an empty one has a meaning
    Completion offers = Completion::None; ///< for each argument
    const char *words = "";               ///< for Completion::Words: separated by blanks
    std::span<const char *const> verbs{}; ///< words that are offered from the second argument on
    std::span<const CommandSpec *const> children{};
    /// Gets what was parsed by this row.
    ExitCode (*run)(const CommandContext &context, const QCommandLineParser &parsed) = nullptr;
};

/// Two tables of options as one, at compile time.
template <std::size_t First, std::size_t Second>
[[nodiscard]] consteval std::array<OptionSpec, First + Second>
joined(const std::array<OptionSpec, First> &first, const std::array<OptionSpec, Second> &second) {
    std::array<OptionSpec, First + Second> all{};
    std::copy(first.begin(), first.end(), all.begin());
    std::copy(second.begin(), second.end(), all.begin() + First);
    return all;
}

/// Options that each command has.
inline constexpr std::array<OptionSpec, 3> kCommonOptions{{
    {.name = "data-dir",
     .value = "DIR",
     .help = "Where the archive, the logs and the fleets are. Without it: SLIPWAY_DATA_DIR, else "
             "$XDG_DATA_HOME/slipway, else ~/.local/share/slipway.",
     .offers = Completion::Folder},
    {.name = "verbose",
     .letter = 'v',
     .help =
         "Says on standard error what is done: programs, connections, requests, phases. The same is kept in "
         "slipway.log in $XDG_STATE_HOME/slipway (~/.local/state/slipway), or in the data directory where "
         "one is "
         "named."},
    {.name = "help", .letter = 'h', .help = "Shows this text."},
}};

/// A variable that is obeyed.
inline constexpr std::array<TermSpec, 6> kEnvironment{{
    {"SLIPWAY_DATA_DIR", "The data directory, unless --data-dir is given."},
    {"DIGITALOCEAN_TOKEN, DIGITALOCEAN_ACCESS_TOKEN",
     "The token for renting fleets, the first that is set. It comes before the one in the system keyring."},
    {"DIGITALOCEAN_API_URL", "Another address of the API."},
    {"VISUAL, EDITOR", "The editor for texts about a campaign."},
    {"SLIPWAY_PAGER, PAGER", "What shows output that is longer than the terminal, the first that is set; "
                             "default: less -FRX. Empty or "
                             "cat: "
                             "nothing does."},
    {"NO_COLOR, CLICOLOR_FORCE, TERM",
     "Verdicts have colours on a terminal. NO_COLOR takes them away, CLICOLOR_FORCE=1 gives them to pipes "
     "and "
     "files too, and TERM=dumb means neither colours, nor a pager, nor a line of progress that changes."},
}};

} // namespace slipway
