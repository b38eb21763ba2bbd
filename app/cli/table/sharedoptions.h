// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

// Options that several commands have, each with one text.
namespace slipway::cli {

inline constexpr OptionSpec kJsonOption{
    .name = "json", .help = "Prints the result as JSON on standard output; an error too, as {\"error\": …}."};
inline constexpr OptionSpec kQuietOption{.name = "quiet", .help = "No progress, only the result."};
inline constexpr OptionSpec kYesOption{.name = "yes", .help = "Does not ask."};

inline constexpr std::array<OptionSpec, 1> kOnlyJson{kJsonOption};

/// What a CI system reads of a judged campaign.
inline constexpr std::array<OptionSpec, 3> kCiOptions{{
    {.name = "junit",
     .value = "FILE",
     .help = "Writes JUnit XML: a suite for each phase, a case for each check, and the verdict first.",
     .offers = Completion::File},
    {.name = "summary",
     .value = "FILE",
     .help = "Adds Markdown to the file: verdict, why, the check that decided with its bytes, phases, "
             "cycles. In a step of "
             "GitHub: --summary \"$GITHUB_STEP_SUMMARY\".",
     .offers = Completion::File},
    {.name = "annotations",
     .value = "github",
     .help = "Prints the verdict and the checks that do not hold as annotations, to standard error.",
     .offers = Completion::Words,
     .words = "github"},
}};

/// Of what follows a campaign.
inline constexpr auto kFollowOptions =
    joined(kCiOptions, std::array<OptionSpec, 3>{
                           {{.name = "accept-new", .help = "Pins the keys of hosts that are not known yet."},
                            kQuietOption,
                            kJsonOption}});

/// Of what publishes.
inline constexpr std::array<OptionSpec, 7> kPublishOptions{{
    {.name = "to",
     .value = "REPO",
     .help = "A checkout, a folder, or with --push also an address or a bare repository.",
     .offers = Completion::Folder},
    {.name = "push",
     .help = "Commits and pushes with your own git, from a tree of its own: a checkout is not touched, what "
             "its \"origin\" points to gets a commit. When others are faster, it is done again on top of "
             "theirs, five times, never by force. Whatever ends it, the same command continues."},
    {.name = "branch", .value = "NAME", .help = "The branch to push to; default: main."},
    {.name = "dry-run",
     .help = "Shows what would change and writes nothing; with --push: on the branch as it is there now."},
    {.name = "diff", .help = "With --dry-run: the lines of texts that would change."},
    {.name = "replace", .help = "Overwrites what somebody else changed there and the archive does not have."},
    kJsonOption,
}};

/// Of what a person says about a series.
inline constexpr std::array<OptionSpec, 2> kByOptions{{
    {.name = "by", .value = "WHO", .help = "Who says so."},
    {.name = "why", .value = "TEXT", .help = "Why."},
}};

inline constexpr ExitMeaning kStoppedExit{ExitCode::Stopped, "stopped; the same command continues"};
inline constexpr ExitMeaning kUsageExit{ExitCode::Usage, "wrong usage"};

} // namespace slipway::cli
