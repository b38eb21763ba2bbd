// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace slipway {

/// What a script branches on: the only exit codes of slipwayctl, the same for all commands.
enum class ExitCode {
    Done = 0,
    No = 1,
    Usage = 2,
    Unproven = 3,
    NotDone = 4,
    Stopped = 5,
    HeldBack = 6,
};

/// What a code means, for a person.
struct ExitMeaning {
    ExitCode code = ExitCode::Done;
    const char *text = "";
};

/// What each code means in general: the table of `slipwayctl help exit-codes`, the man page and the README.
inline constexpr std::array<ExitMeaning, 7> kExitMeanings{{
    {ExitCode::Done, "done; of a campaign: PROVEN"},
    {ExitCode::No,
     "the answer is no: FAIL, a difference, damage, a problem, nothing found, not all of it done"},
    {ExitCode::Usage, "wrong usage, or refused before anything was started"},
    {ExitCode::Unproven, "UNPROVEN PASS, or a plan that cannot prove its claim"},
    {ExitCode::NotDone,
     "what was asked for is not there or could not be done; of a campaign: its evidence is "
     "missing, incomplete or invalid"},
    {ExitCode::Stopped, "stopped by a person or a signal; the same command continues"},
    {ExitCode::HeldBack, "published, but for files that were held back"},
}};

} // namespace slipway
