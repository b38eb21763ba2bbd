// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: series of campaigns.
#include "app/cli/commands.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 1> kGroupUsage{"COMMAND"};
constexpr std::array<const char *, 1> kListUsage{"[--json]"};
constexpr std::array<const char *, 1> kShowUsage{"NAME [--json] [--details]"};
constexpr std::array<const char *, 1> kNameUsage{"NAME [--json]"};
constexpr std::array<const char *, 1> kCreateUsage{
    "NAME --cron \"MIN HOUR DAY MONTH WEEKDAY\" --fleet FLEET [OPTIONS]"};
constexpr std::array<const char *, 1> kEditUsage{"NAME [OPTIONS]"};
constexpr std::array<const char *, 1> kImportUsage{"FILE.csv [--name NAME] [--json]"};
constexpr std::array<const char *, 1> kAlarmUsage{
    "NAME SIGNATURE --acknowledge|--snooze TIME|--resolve|--reopen --by WHO --why TEXT [--json]"};
constexpr std::array<const char *, 1> kExcuseUsage{"NAME TIME --by WHO --why TEXT [--json]"};

constexpr std::array<OptionSpec, 2> kShowOptions{{
    {.name = "details",
     .help = "With --json also each slot and run, the reasons of alarms, pools of cycles, changes with their "
             "suspects, flips, "
             "burn of the budgets, and what each rule assumes."},
    kJsonOption,
}};
constexpr auto kDefinitionOptions = std::array<OptionSpec, 20>{{
    {.name = "cron",
     .value = "SCHEDULE",
     .help = "When its slots are, as in a crontab, in UTC: \"13 */4 * * *\"."},
    {.name = "begin", .value = "TIME", .help = "No slot is before it, as 2026-04-20T20:13Z; default: now."},
    {.name = "slots",
     .value = "N",
     .help = "How many slots there are; an empty one removes the limit.",
     .mayBeEmpty = true},
    {.name = "end",
     .value = "TIME",
     .help = "No slot is after it; an empty one removes the end.",
     .mayBeEmpty = true},
    {.name = "grace", .value = "MINUTES", .help = "How long after its slot a run must be done; default: 75."},
    {.name = "fleet",
     .value = "NAME|FILE",
     .help = "What its runs use, as of run; \"sandbox\" are four hosts on this machine.",
     .offers = Completion::Fleet},
    {.name = "ref", .value = "REF", .help = "What is judged: a git ref of the server under test."},
    {.name = "protocol",
     .value = "FILE",
     .help = "Another protocol than the built-in ship-gate.",
     .offers = Completion::File},
    {.name = "set", .value = "NAME=VALUE", .help = "A parameter of the protocol; may be repeated."},
    {.name = "server",
     .value = "FILE",
     .help = "Each slot rents the fleet, installs this server on it, and destroys it at its end.",
     .offers = Completion::File,
     .mayBeEmpty = true},
    {.name = "claim",
     .value = "SHARE",
     .help = "The share of acknowledged writes that converge, per cycle; default: 0.995."},
    {.name = "max-reds", .value = "N", .help = "So many runs may FAIL; default: 0."},
    {.name = "max-without-evidence", .value = "N", .help = "So many slots may hold no evidence; default: 0."},
    {.name = "max-cost", .value = "AMOUNT", .help = "What all runs together may cost.", .mayBeEmpty = true},
    {.name = "breaker",
     .value = "N",
     .help = "So many slots in a row without evidence stop further runs; default: 3."},
    {.name = "baseline",
     .value = "RUN[-RUN]",
     .help = "The runs, by their numbers, that the limits of durations are frozen from, 10 at least; of one "
             "number the first 20 with evidence from it on; default: the first 20.",
     .mayBeEmpty = true},
    {.name = "webhook",
     .value = "URL",
     .help = "Gets each alarm as JSON; kept in the archive, so no secret belongs in it.",
     .mayBeEmpty = true},
    {.name = "ping",
     .value = "URL",
     .help = "Is called after each slot that holds evidence; likewise.",
     .mayBeEmpty = true},
    {.name = "publish",
     .value = "REPO",
     .help = "The Pages repo that each run is exported to.",
     .mayBeEmpty = true},
    kJsonOption,
}};
constexpr std::array<OptionSpec, 2> kImportOptions{{
    {.name = "name",
     .value = "NAME",
     .help = "What the series is called; default: as the ids of its runs tell, else as the file."},
    kJsonOption,
}};
constexpr auto kAlarmOptions =
    joined(std::array<OptionSpec, 4>{{
               {.name = "acknowledge",
                .help = "Somebody looks after it; nobody is told again until it is resolved and recurs."},
               {.name = "snooze", .value = "TIME", .help = "Quiet until then."},
               {.name = "resolve", .help = "It is over; when its rule signals again, it is open again."},
               {.name = "reopen", .help = "It is not over."},
           }},
           joined(kByOptions, kOnlyJson));
constexpr auto kExcuseOptions = joined(kByOptions, kOnlyJson);

constexpr std::array<ExitMeaning, 5> kVerdictExits{{
    {ExitCode::Done, "PROVEN"},
    {ExitCode::No, "FAIL"},
    kUsageExit,
    {ExitCode::Unproven, "UNPROVEN PASS"},
    {ExitCode::NotDone, "evidence is missing, incomplete or invalid, or there is no such series"},
}};

constexpr CommandSpec kSeriesList{
    .name = "series list",
    .summary = "list series: runs, claims, runs without evidence",
    .usage = kListUsage,
    .description = "Lists the series that were created or imported, and those that the ids of archived "
                   "campaigns tell: two or more \"NAME-rN\".",
    .options = kOnlyJson,
    .documents = "series-list/1",
    .isPaged = true,
    .run = seriesList,
};
constexpr CommandSpec kSeriesShow{
    .name = "series show",
    .summary = "judge a series as one: verdict, slots, bound, alarms",
    .usage = kShowUsage,
    .description =
        "Judges a series as one. Slots are counted by time, so that a lost run leaves a hole; each run "
        "stands with its recomputed "
        "verdict. A series that nobody created has the schedule that its runs tell, which is said.",
    .options = kShowOptions,
    .documents = "series/1",
    .exits = kVerdictExits,
    .isPaged = true,
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesShow,
};
constexpr CommandSpec kSeriesCreate{
    .name = "series create",
    .summary = "define a series: schedule, plan, claim, budgets, whom to tell",
    .usage = kCreateUsage,
    .description = "Defines a series. Nothing runs by itself.",
    .options = kDefinitionOptions,
    .documents = "series-definition/1",
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesCreate,
};
constexpr CommandSpec kSeriesEdit{
    .name = "series edit",
    .summary = "change a definition, or confirm one that was inferred",
    .usage = kEditUsage,
    .description = "Changes what is given and leaves the rest; the definitions before it stay in the "
                   "archive. Of a series whose schedule was "
                   "inferred this confirms or corrects it.",
    .options = kDefinitionOptions,
    .documents = "series-definition/1",
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesEdit,
};
constexpr CommandSpec kSeriesEnd{
    .name = "series end",
    .summary = "no slot comes after now",
    .usage = kNameUsage,
    .description = "Ends a series: no slot comes after now. What ran stays.",
    .options = kOnlyJson,
    .documents = "series-definition/1",
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesEnd,
};
constexpr CommandSpec kSeriesImport{
    .name = "series import",
    .summary = "keep a table of runs as a series",
    .usage = kImportUsage,
    .description = "Keeps a table, a run a row, as a series. Columns: run, slot, started_at, completed_at, "
                   "claimed_pass, reports_with_content, "
                   "seconds_from_first_report_to_end, phaseN_seconds, cost, lost_writes or acked and "
                   "converged, verdict; any other is a fact of "
                   "the run. A table holds no evidence: its runs are UNPROVEN PASS at best. A row that tells "
                   "no time, claim or report is a "
                   "slot in which nothing ran.",
    .options = kImportOptions,
    .documents = "series-import/1",
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::File,
    .run = seriesImport,
};
constexpr CommandSpec kSeriesAlarm{
    .name = "series alarm",
    .summary = "acknowledge, snooze, resolve or reopen an alarm",
    .usage = kAlarmUsage,
    .description = "Notes what somebody did about an alarm: series show lists them. There is one for each "
                   "signature, a rule with what it is "
                   "about (\"duration-cusum/phase 2\").",
    .options = kAlarmOptions,
    .documents = "series-action/1",
    .minArguments = 2,
    .maxArguments = 2,
    .run = seriesAlarm,
};
constexpr CommandSpec kSeriesExcuse{
    .name = "series excuse",
    .summary = "say why a slot without a run does not count as missed",
    .usage = kExcuseUsage,
    .description =
        "Notes why nothing ran in a slot, named by its time. It counts as excused then, in place of missed.",
    .options = kExcuseOptions,
    .documents = "series-excuse/1",
    .minArguments = 2,
    .maxArguments = 2,
    .run = seriesExcuse,
};

constexpr std::array<const CommandSpec *, 15> kSeriesCommands{
    &kSeriesAlarm,    &kSeriesContinue, &kSeriesCreate,  &kSeriesDrill,   &kSeriesEdit,
    &kSeriesEnd,      &kSeriesExcuse,   &kSeriesImport,  &kSeriesInstall, &kSeriesList,
    &kSeriesMessages, &kSeriesReport,   &kSeriesRunSlot, &kSeriesShow,    &kSeriesUninstall};

} // namespace

const CommandSpec kSeries{
    .name = "series",
    .summary = "many runs judged as one: schedule, pooled bound, alarms",
    .usage = kGroupUsage,
    .description = "Series of campaigns, such as a soak of two weeks: judged as one statement, watched for "
                   "what goes wrong.",
    .children = kSeriesCommands,
};

} // namespace slipway::cli
