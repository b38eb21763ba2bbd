// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: what runs the slots of a series, and what reports on it.
#include "app/cli/commands.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 1> kSlotUsage{"NAME [--json]"};
constexpr std::array<const char *, 1> kContinueUsage{"NAME --by WHO --why TEXT [--json]"};
constexpr std::array<const char *, 1> kInstallUsage{"NAME [--yes] [--json]"};
constexpr std::array<const char *, 1> kDrillUsage{
    "NAME --kind no-evidence|slow|lost-write|missed-slot [--json]"};
constexpr std::array<OptionSpec, 2> kInstallOptions{kYesOption, kJsonOption};
constexpr auto kContinueOptions = joined(kByOptions, kOnlyJson);
constexpr std::array<OptionSpec, 2> kDrillOptions{{
    {.name = "kind",
     .value = "KIND",
     .help = "What goes wrong in it: no-evidence, slow, lost-write or missed-slot.",
     .offers = Completion::Words,
     .words = "no-evidence slow lost-write missed-slot"},
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 5> kSlotExits{{
    {ExitCode::Done, "PROVEN so far, or nothing is to be run now"},
    {ExitCode::No, "the series is a FAIL"},
    {ExitCode::Usage, "wrong usage, or another process runs a slot of it"},
    {ExitCode::Unproven, "the series is an UNPROVEN PASS"},
    {ExitCode::NotDone,
     "the series is incomplete or without evidence, the slot is missed, or the circuit breaker stopped it"},
}};
constexpr std::array<ExitMeaning, 4> kDrillExits{{
    {ExitCode::Done, "the alarm came and was told"},
    {ExitCode::No, "it did not come, or its message did not reach its end"},
    kUsageExit,
    {ExitCode::NotDone, "there is no such series, or it could not be done"},
}};

constexpr std::array<const char *, 1> kReportUsage{"NAME --to REPO [OPTIONS]"};
constexpr std::array<ExitMeaning, 6> kReportExits{{
    {ExitCode::Done, "done"},
    {ExitCode::No, "a run could not be exported"},
    kUsageExit,
    {ExitCode::NotDone, "there is no such series, or the repo or the archive cannot be used"},
    kStoppedExit,
    {ExitCode::HeldBack, "done, but for files that were held back; they are named"},
}};

} // namespace

const CommandSpec kSeriesRunSlot{
    .name = "series run-slot",
    .summary = "run the slot that is due, to its end",
    .usage = kSlotUsage,
    .description = "Runs the slot whose time has come: the campaign, its publication, the series' judgement, "
                   "the messages. What is done already is not "
                   "done twice; what a kill left is continued by the next call. After slots in a row without "
                   "evidence (--breaker), or when the budget of "
                   "cost is spent, nothing is begun until \"series continue\". Messages go to standard error "
                   "and to the webhook; what could not be "
                   "sent is kept and tried again.",
    .options = kOnlyJson,
    .documents = "series-slot/1",
    .exits = kSlotExits,
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesRunSlot,
};
const CommandSpec kSeriesContinue{
    .name = "series continue",
    .summary = "let a series go on that the circuit breaker stopped",
    .usage = kContinueUsage,
    .description = "Lets a series go on that was stopped for slots without evidence or a spent budget.",
    .options = kContinueOptions,
    .documents = "series-continuation/1",
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesContinue,
};
const CommandSpec kSeriesMessages{
    .name = "series messages",
    .summary = "list the messages of a series as mail, and which could not be sent",
    .usage = kSlotUsage,
    .description = "Lists what was told about a series, as texts that can be mailed, and what could not be "
                   "sent, with why.",
    .options = kOnlyJson,
    .documents = "series-messages/1",
    .isPaged = true,
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesMessages,
};
const CommandSpec kSeriesInstall{
    .name = "series install",
    .summary = "have systemd run its slots; shows the units first",
    .usage = kInstallUsage,
    .description = "Shows a service and a timer for your own systemd, and the same as a line of a crontab "
                   "and as a workflow; after a yes "
                   "writes, verifies and starts the timer. With --json it asks nothing: without --yes it "
                   "only shows them. Nothing of Slipway's own stays running.",
    .options = kInstallOptions,
    .documents = "series-timer/1",
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesInstall,
};
const CommandSpec kSeriesUninstall{
    .name = "series uninstall",
    .summary = "stop and remove the timer of its slots",
    .usage = kSlotUsage,
    .description = "Stops and removes what \"series install\" wrote. The series and its runs stay.",
    .options = kOnlyJson,
    .documents = "series-timer-removed/1",
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesUninstall,
};
const CommandSpec kSeriesDrill{
    .name = "series drill",
    .summary = "prove that an alarm of a series reaches its end",
    .usage = kDrillUsage,
    .description = "Has an injected run go the way of a real one in a scratch archive, and sends the alarm's "
                   "message, marked as a drill. When "
                   "it was done and what came of it is kept.",
    .options = kDrillOptions,
    .documents = "series-drill/1",
    .exits = kDrillExits,
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesDrill,
};

const CommandSpec kSeriesReport{
    .name = "series report",
    .summary = "publish a series' report with its runs",
    .usage = kReportUsage,
    .description =
        "Exports the runs of a series that have ended as export does, and writes its report to series/NAME/: "
        "verdict, criteria and what came, slots, bound, charts, alarms and what became of them, and a "
        "manifest. The report is made of the published runs, and \"verify REPO/series/NAME\" derives it "
        "again from them. An export of a run of the series writes the report anew.",
    .options = kPublishOptions,
    .documents = "publication/1",
    .exits = kReportExits,
    .minArguments = 1,
    .maxArguments = 1,
    .run = seriesReport,
};

} // namespace slipway::cli
