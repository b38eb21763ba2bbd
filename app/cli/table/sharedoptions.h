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

/// Of what follows a campaign.
inline constexpr std::array<OptionSpec, 3> kFollowOptions{
    {{.name = "accept-new", .help = "Pins the keys of hosts that are not known yet."},
     kQuietOption,
     kJsonOption}};

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

inline constexpr ExitMeaning kStoppedExit{ExitCode::Stopped, "stopped; the same command continues"};
inline constexpr ExitMeaning kUsageExit{ExitCode::Usage, "wrong usage"};

} // namespace slipway::cli
