// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: commands that run campaigns, and show them.
#include "app/cli/commands.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 2> kRunUsage{"--fleet NAME|FILE|sandbox --id ID [OPTIONS]",
                                                "--plan --fleet NAME|FILE|sandbox [OPTIONS]"};
constexpr auto kRunOptions = joined(
    std::array<OptionSpec, 11>{{
        {.name = "plan",
         .help = "Runs nothing and touches no host: shows what would run where, with which parameters, how "
                 "long that takes, and what it can prove or why it cannot."},
        {.name = "fleet",
         .value = "NAME|FILE",
         .help = "A named fleet or a fleet file; \"sandbox\" brings up four hosts on this machine.",
         .offers = Completion::Fleet},
        {.name = "id",
         .value = "ID",
         .help = "1 to 64 letters, digits, dots, dashes, underscores; must be new."},
        {.name = "ref", .value = "REF", .help = "What is judged: a git ref of the server under test."},
        {.name = "protocol",
         .value = "FILE",
         .help = "Another protocol than the built-in ship-gate.",
         .offers = Completion::File},
        {.name = "scripts",
         .value = "DIR",
         .help = "The phase1*.sh … phase4*.sh of a folder, unmodified, as in the field.",
         .offers = Completion::Folder},
        {.name = "phases",
         .value = "1,2,3,4",
         .help = "Only these; the verdict still needs all.",
         .offers = Completion::Words,
         .words = "1 1,2 1,2,3 1,2,3,4"},
        {.name = "set", .value = "NAME=VALUE", .help = "A parameter of the protocol; may be repeated."},
        {.name = "keep", .help = "A rented fleet is not destroyed at the end; by default it is."},
        {.name = "take-over",
         .help = "For hosts of a campaign whose dashboard is gone: ends what it left there."},
        {.name = "despite-problems", .help = "Starts even if hosts lack what the campaign needs."},
    }},
    kFollowOptions);
constexpr std::array<ExitMeaning, 5> kRunExits{{
    {ExitCode::Done, "PROVEN; with --plan: it can prove the claim"},
    {ExitCode::No, "FAIL"},
    {ExitCode::Usage, "wrong usage, or nothing was started"},
    {ExitCode::Unproven, "UNPROVEN PASS; with --plan: it cannot prove the claim"},
    {ExitCode::NotDone, "the evidence is missing, incomplete or invalid"},
}};

constexpr std::array<const char *, 1> kResumeUsage{"[ID] [OPTIONS]"};
constexpr std::array<ExitMeaning, 5> kResumeExits{{
    {ExitCode::Done, "PROVEN"},
    {ExitCode::No, "FAIL"},
    {ExitCode::Usage, "wrong usage, nothing to resume, or another process leads the campaign"},
    {ExitCode::Unproven, "UNPROVEN PASS"},
    {ExitCode::NotDone, "the evidence is missing, incomplete or invalid"},
}};

constexpr std::array<const char *, 1> kReproUsage{"ID --cycle N [OPTIONS]"};
constexpr std::array<OptionSpec, 8> kReproOptions{{
    {.name = "cycle", .value = "N", .help = "The cycle's number in its fault class, from 1."},
    {.name = "class",
     .value = "CLASS",
     .help = "Its fault class; not needed where the campaign has only one.",
     .offers = Completion::Words,
     .words = "kill_primary_mid_write partition_minority drop_random_acks clock_skew_peer pause_peer"},
    {.name = "times", .value = "K", .help = "How often it is run, 1 to 1000; default: 1."},
    {.name = "fleet",
     .value = "NAME|FILE",
     .help = "Whose chaos host runs it; default: \"sandbox\", which is brought up when it is down.",
     .offers = Completion::Fleet},
    {.name = "accept-new", .help = "Pins the keys of hosts that are not known yet."},
    {.name = "take-over",
     .help = "For a host of a campaign whose dashboard is gone: ends what it left there."},
    kQuietOption,
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 5> kReproExits{{
    {ExitCode::Done, "it ended as recorded at least once"},
    {ExitCode::No, "it never did"},
    {ExitCode::Usage, "wrong usage, another server than was measured, or the host is taken"},
    {ExitCode::NotDone, "there is no such cycle, or it did not complete"},
    {ExitCode::Stopped, "stopped"},
}};

constexpr std::array<const char *, 1> kListUsage{"[--json]"};

constexpr std::array<const char *, 1> kShowUsage{"ID [--json | --file NAME]"};
constexpr std::array<OptionSpec, 2> kShowOptions{{
    {.name = "file",
     .value = "NAME",
     .help = "Prints one file's bytes exactly as recorded, on a terminal without control characters."},
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 3> kShowExits{{
    {ExitCode::Done, "shown, whatever its verdict is"},
    kUsageExit,
    {ExitCode::NotDone, "there is no such campaign or file"},
}};

constexpr std::array<const char *, 1> kSearchUsage{"WORD … [--json]"};
constexpr std::array<ExitMeaning, 4> kSearchExits{{
    {ExitCode::Done, "found"},
    {ExitCode::No, "nothing was found"},
    kUsageExit,
    {ExitCode::NotDone, "the archive cannot be used"},
}};

constexpr std::array<const char *, 1> kRemoveUsage{"ID … [--undo]"};
constexpr std::array<OptionSpec, 1> kRemoveOptions{{{.name = "undo", .help = "Brings them back."}}};

constexpr std::array<const char *, 1> kTriageUsage{"ID [OPTIONS]"};
constexpr std::array<OptionSpec, 7> kTriageOptions{{
    {.name = "class",
     .value = "CLASS",
     .help = "product, harness or infrastructure: whose fault it is.",
     .offers = Completion::Words,
     .words = "product harness infrastructure",
     .mayBeEmpty = true},
    {.name = "owner", .value = "NAME", .help = "Who looks after it.", .mayBeEmpty = true},
    {.name = "note", .value = "TEXT", .help = "What was found out.", .mayBeEmpty = true},
    {.name = "link", .value = "URL", .help = "Where it is tracked.", .mayBeEmpty = true},
    {.name = "same-signature", .help = "The same for all campaigns that failed the same way."},
    {.name = "undo",
     .help = "Reverts the last change of ID; with --same-signature wherever that change was made. Campaigns "
             "that were changed after it are named and left."},
    kJsonOption,
}};

} // namespace

const CommandSpec kRun{
    .name = "run",
    .summary = "run a campaign on a fleet and follow it",
    .usage = kRunUsage,
    .description = "Runs a campaign and follows it. Ctrl-C stops it on its hosts.",
    .options = kRunOptions,
    .documents = "campaign/1 plan/1",
    .exits = kRunExits,
    .run = run,
};

const CommandSpec kResume{
    .name = "resume",
    .summary = "continue a campaign whose dashboard died",
    .usage = kResumeUsage,
    .description =
        "Continues a campaign whose dashboard was killed or lost its machine: what had ended is read from "
        "here, what runs on the hosts is attached to, the rest is run. Without an ID: the newest one that "
        "was "
        "cut off. Slipway's window does the same when it opens. Rented fleets whose campaign has ended are "
        "destroyed.",
    .options = kFollowOptions,
    .documents = "campaign/1",
    .exits = kResumeExits,
    .maxArguments = 1,
    .offers = Completion::Campaign,
    .run = resume,
};

const CommandSpec kRepro{
    .name = "repro",
    .summary = "run one cycle of a campaign again, to see what it lost",
    .usage = kReproUsage,
    .description =
        "Runs one recorded cycle of phase 4 again, alone: the same fault with the same seed, the same "
        "writes and parameters, the same server by its SHA-256; another server is refused. Says how often it "
        "came out as recorded (lost, late or clean), and what differs: the writes that were lost, those that "
        "are there and were not acknowledged, what the fault did, times. It is not evidence: nothing of the "
        "campaign changes.",
    .options = kReproOptions,
    .documents = "reproduction/1",
    .exits = kReproExits,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Campaign,
    .run = repro,
};

const CommandSpec kList{
    .name = "list",
    .summary = "list archived campaigns",
    .usage = kListUsage,
    .description =
        "Lists the archived campaigns, newest first: verdict, what their summary said, whose fault, "
        "why, and what is claimed.",
    .options = kOnlyJson,
    .documents = "campaign-list/1",
    .isPaged = true,
    .run = list,
};

const CommandSpec kShow{
    .name = "show",
    .summary = "show one campaign: verdict, checks, files",
    .usage = kShowUsage,
    .description = "Shows a campaign: verdict and claim, phases, checks, files.",
    .options = kShowOptions,
    .documents = "campaign/1",
    .exits = kShowExits,
    .isPaged = true,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Campaign,
    .run = show,
};

const CommandSpec kSearch{
    .name = "search",
    .summary = "find words in reasons, logs and insights",
    .usage = kSearchUsage,
    .description = "Finds the campaigns whose reasons, logs' warnings and errors, or insights have all the "
                   "words, each as a whole or as a part of a longer one. The best 100 hits, the best first.",
    .options = kOnlyJson,
    .documents = "search-hits/1",
    .exits = kSearchExits,
    .isPaged = true,
    .minArguments = 1,
    .maxArguments = -1,
    .run = search,
};

const CommandSpec kRemove{
    .name = "remove",
    .summary = "hide campaigns from lists and searches, or show them again",
    .usage = kRemoveUsage,
    .description = "Hides campaigns from lists and searches. What is recorded of them stays in the archive, "
                   "and show still shows it. All or none.",
    .options = kRemoveOptions,
    .minArguments = 1,
    .maxArguments = -1,
    .offers = Completion::Campaign,
    .run = removeCampaigns,
};

const CommandSpec kTriage{
    .name = "triage",
    .summary = "note whose fault a failure is, for all that failed the same way",
    .usage = kTriageUsage,
    .description =
        "Notes what people found out about a campaign that needs a look; what is not given stays as it is, "
        "and an empty value clears it. Without options: shows what is noted, and which campaigns failed the "
        "same way. Nothing is overwritten: every change is kept in the archive.",
    .options = kTriageOptions,
    .documents = "triage/1",
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Campaign,
    .run = triage,
};

} // namespace slipway::cli
