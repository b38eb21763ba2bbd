// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: commands that publish.
#include "app/cli/commands.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr ExitMeaning kHeldBackExit{ExitCode::HeldBack,
                                    "done, but for files that were held back; they are named"};

constexpr std::array<const char *, 3> kExportUsage{"ID … --to REPO [OPTIONS]", "--all --to REPO [OPTIONS]",
                                                   "--refresh --to REPO [OPTIONS]"};
constexpr auto kExportOptions = joined(
    std::array<OptionSpec, 6>{{
        {.name = "all", .help = "Every campaign of the archive that has ended."},
        {.name = "refresh",
         .help = "The runs in REPO whose pages an older version of Slipway wrote. Their evidence is not "
                 "changed, and what others wrote is left alone."},
        {.name = "sign",
         .value = "KEY",
         .help = "Signs the manifest with this SSH key (ssh-keygen -Y sign).",
         .offers = Completion::File},
        {.name = "mask-private-addresses", .help = "Masks 10.250.0.11 and the like too."},
        {.name = "publish-unsearched",
         .value = "FILE",
         .help = "Publishes this file though it was held back: its name, or ID/NAME; may be repeated. A name "
                 "that no exported campaign has is wrong usage."},
        {.name = "max-mib", .value = "N", .help = "The size limit of a run's folder; default: 64."},
    }},
    kPublishOptions);
constexpr std::array<ExitMeaning, 6> kExportExits{{
    {ExitCode::Done, "done"},
    {ExitCode::No, "a campaign could not be exported; the others were"},
    kUsageExit,
    {ExitCode::NotDone, "the repo or the archive cannot be used"},
    kStoppedExit,
    kHeldBackExit,
}};

constexpr std::array<const char *, 6> kInsightUsage{"ID [show] [--json]", "ID set FIELD TEXT|--from FILE",
                                                    "ID clear FIELD",     "ID edit [FIELD]",
                                                    "ID lint [--json]",   "ID export --to REPO [OPTIONS]"};
constexpr std::array<TermSpec, 6> kInsightTerms{{
    {"show", "the texts, and what is missing to call it complete"},
    {"set", "one FIELD: headline, verdict, what_it_tested, what_it_proved, for_non_technical, for_c_level, "
            "for_sme, next_run_change, or bugs (a JSON array)"},
    {"clear", "clears one FIELD's text"},
    {"edit",
     "a FIELD, or without one the whole entry as JSON, in $VISUAL or $EDITOR; what cannot be stored is "
     "kept in a file, and where is said"},
    {"lint", "numbers that are not in the evidence, words like \"in flight\" after the end, missing "
             "audiences"},
    {"export", "the entry into REPO's analysis/run-insights.json; every other byte there stays"},
}};
constexpr std::array<const char *, 6> kInsightVerbs{"show", "set", "clear", "edit", "lint", "export"};
constexpr auto kInsightOptions =
    joined(std::array<OptionSpec, 1>{{{.name = "from",
                                       .value = "FILE",
                                       .help = "Reads the text of set from a file; - is standard input.",
                                       .offers = Completion::File}}},
           kPublishOptions);
constexpr std::array<ExitMeaning, 5> kInsightExits{{
    {ExitCode::Done, "done"},
    {ExitCode::No, "lint found something"},
    kUsageExit,
    {ExitCode::NotDone, "there is no such campaign, or it could not be done"},
    kStoppedExit,
}};

constexpr std::array<const char *, 1> kReleaseUsage{"VERSION --campaign ID --to REPO [OPTIONS]"};
constexpr auto kReleaseOptions = joined(
    std::array<OptionSpec, 4>{{
        {.name = "campaign",
         .value = "ID",
         .help = "The campaign that the release stands on.",
         .offers = Completion::Campaign},
        {.name = "ref",
         .value = "REF",
         .help =
             "The campaign's ref, where it is spelled another way than VERSION; of a campaign that was run "
             "without one, VERSION says that it is this."},
        {.name = "server",
         .value = "VERSION",
         .help = "What the server calls its version, where it is not VERSION."},
        {.name = "accept-unproven", .help = "Releases an UNPROVEN PASS too, and says so in its notes."},
    }},
    kPublishOptions);
constexpr std::array<ExitMeaning, 4> kReleaseExits{{
    {ExitCode::Done, "done"},
    kUsageExit,
    {ExitCode::NotDone, "it was refused or could not be done"},
    kStoppedExit,
}};

} // namespace

const CommandSpec kExport{
    .name = "export",
    .summary = "write campaigns as pages into a Pages repo",
    .usage = kExportUsage,
    .description =
        "Writes campaigns as runs/ID/ into a Pages repo's files, with a page, checks.json and "
        "evidence-manifest.json, and the list of runs anew. Imported files come out byte for byte. Only what "
        "lies in REPO/runs is touched. Each folder appears whole or not at all; a second export writes "
        "nothing.\n\n"
        "Tokens, private keys and passwords are masked in what is written, never in the archive. What is "
        "compressed or an archive is opened and searched; what cannot be searched, and what holds a secret "
        "that cannot be masked in it, is held back and named.",
    .options = kExportOptions,
    .documents = "export/1 publication/1",
    .exits = kExportExits,
    .maxArguments = -1,
    .offers = Completion::Campaign,
    .run = exportRuns,
};

const CommandSpec kInsight{
    .name = "insight",
    .summary = "what people write about a campaign: show, edit, lint, export",
    .usage = kInsightUsage,
    .description = "What people write about a campaign. The archive keeps every revision.",
    .terms = kInsightTerms,
    .options = kInsightOptions,
    .documents = "insight/1 insight-findings/1 publication/1",
    .exits = kInsightExits,
    .minArguments = 1,
    .maxArguments = 4,
    .offers = Completion::Campaign,
    .verbs = kInsightVerbs,
    .run = insight,
};

const CommandSpec kRelease{
    .name = "release",
    .summary = "write a release's summary from a proven campaign",
    .usage = kReleaseUsage,
    .description =
        "Writes releases/VERSION/summary.json from the published folder REPO/runs/ID, judged as verify does, "
        "and checks it against REPO's releases/schema.json. Keys that are there and are not Slipway's stay. "
        "Refused unless the verdict is PROVEN and the campaign measured VERSION: its ref and its server's "
        "version must be those of the release. One that asks for less than its protocol's claim is never "
        "released. slipwayctl verify REPO/runs/ID shows why.",
    .options = kReleaseOptions,
    .documents = "publication/1",
    .exits = kReleaseExits,
    .minArguments = 1,
    .maxArguments = 1,
    .run = release,
};

} // namespace slipway::cli
