// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: commands that judge evidence, and keep it.
#include "app/cli/commands.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 1> kVerifyUsage{"ID | FOLDER [OPTIONS]"};
constexpr auto kVerifyOptions =
    joined(std::array<OptionSpec, 2>{{
               {.name = "allowed-signers",
                .value = "FILE",
                .help = "As in ssh-keygen(1): demands a signature by a key that the file names.",
                .offers = Completion::File},
               kJsonOption,
           }},
           kCiOptions);
constexpr std::array<ExitMeaning, 5> kVerifyExits{{
    {ExitCode::Done, "PROVEN"},
    {ExitCode::No, "FAIL"},
    kUsageExit,
    {ExitCode::Unproven, "UNPROVEN PASS"},
    {ExitCode::NotDone, "NO EVIDENCE, INVALID EVIDENCE or INCOMPLETE, or it is not there"},
}};

constexpr std::array<const char *, 1> kGateUsage{"--tag TAG [OPTIONS]"};
constexpr auto kGateOptions =
    joined(std::array<OptionSpec, 2>{{
               {.name = "tag",
                .value = "TAG",
                .help = "A campaign judges it when this was its --ref, letter for letter."},
               kJsonOption,
           }},
           kCiOptions);
constexpr std::array<ExitMeaning, 5> kGateExits{{
    {ExitCode::Done, "PROVEN"},
    {ExitCode::No, "FAIL"},
    kUsageExit,
    {ExitCode::Unproven, "UNPROVEN PASS"},
    {ExitCode::NotDone, "no campaign judges it, or its evidence is missing, incomplete or invalid"},
}};

constexpr std::array<const char *, 1> kRejudgeUsage{"[ID …]"};

constexpr std::array<const char *, 1> kDiffUsage{"A B [--json]"};
constexpr std::array<ExitMeaning, 4> kDiffExits{{
    {ExitCode::Done, "nothing changed"},
    {ExitCode::No, "something did"},
    kUsageExit,
    {ExitCode::NotDone, "one of them is not there or cannot be read"},
}};

constexpr std::array<const char *, 1> kImportUsage{"PATH|ADDRESS [--json]"};
constexpr std::array<ExitMeaning, 4> kImportExits{{
    {ExitCode::Done, "done; files that could not be read are named"},
    kUsageExit,
    {ExitCode::NotDone, "the path or the archive cannot be used"},
    kStoppedExit,
}};

constexpr std::array<const char *, 1> kNothingBehind{""};
constexpr std::array<const char *, 1> kFolderUsage{"FOLDER"};
constexpr std::array<const char *, 1> kCompactUsage{"[--json]"};
constexpr std::array<ExitMeaning, 4> kCheckExits{{
    {ExitCode::Done, "it is sound"},
    {ExitCode::No, "damage was found"},
    kUsageExit,
    {ExitCode::NotDone, "it could not be done"},
}};
constexpr std::array<ExitMeaning, 4> kRecoverExits{{
    {ExitCode::Done, "all of it, or there was nothing to recover"},
    {ExitCode::No, "something is lost"},
    kUsageExit,
    {ExitCode::NotDone, "it could not be done"},
}};
constexpr std::array<ExitMeaning, 4> kCompactExits{{
    {ExitCode::Done, "all of it"},
    {ExitCode::No, "something was left unchanged"},
    kUsageExit,
    {ExitCode::NotDone, "it could not be done"},
}};

constexpr CommandSpec kArchiveCheck{
    .name = "archive check",
    .summary = "every page, every row against the hash chain, every file and log against its SHA-256",
    .usage = kNothingBehind,
    .description =
        "Checks every page of the archive, every row against the hash chain, and every file and log "
        "against its SHA-256.",
    .exits = kCheckExits,
    .run = archiveCheck,
};
constexpr CommandSpec kArchiveBackup{
    .name = "archive backup",
    .summary = "the archive and its logs, as they are at one moment, into a new folder",
    .usage = kFolderUsage,
    .description =
        "Copies the archive and its logs, as they are at one moment, into a new folder, and checks "
        "the copy.",
    .exits = kCheckExits,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Folder,
    .run = archiveBackup,
};
constexpr CommandSpec kArchiveRestore{
    .name = "archive restore",
    .summary = "a backup into a data directory that has no archive",
    .usage = kFolderUsage,
    .description = "Copies a backup into a data directory that has no archive, and checks it.",
    .exits = kCheckExits,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Folder,
    .run = archiveRestore,
};
constexpr CommandSpec kArchiveRecover{
    .name = "archive recover",
    .summary = "builds a new archive from what is intact in a damaged one",
    .usage = kNothingBehind,
    .description =
        "Builds a new archive from what is intact in a damaged one, and sets the damaged one aside.",
    .exits = kRecoverExits,
    .run = archiveRecover,
};
constexpr CommandSpec kArchiveCompact{
    .name = "archive compact",
    .summary = "compresses the observations that older versions kept as rows",
    .usage = kCompactUsage,
    .description = "Compresses the observations that older versions kept as rows, and frees the space.",
    .options = kOnlyJson,
    .documents = "compaction/1",
    .exits = kCompactExits,
    .run = archiveCompact,
};

constexpr std::array<const char *, 1> kGroupUsage{"COMMAND"};
constexpr std::array<const CommandSpec *, 5> kArchiveCommands{
    &kArchiveCheck, &kArchiveBackup, &kArchiveRestore, &kArchiveRecover, &kArchiveCompact};

} // namespace

const CommandSpec kVerify{
    .name = "verify",
    .summary = "judge a campaign or a folder from its evidence",
    .usage = kVerifyUsage,
    .description =
        "Judges a campaign from its evidence alone, by the rules of this version: one in the archive, or a "
        "published folder as it lies there (a path with a slash in it). Nothing is stored.\n\n"
        "Where the folder has an evidence-manifest.json, a file that was changed, is missing or was added "
        "makes the evidence invalid, and so do a page that is not what its files give and a signature that "
        "is "
        "not the manifest's. A good signature by itself says only that somebody with that key made it.\n\n"
        "A folder series/NAME of a Pages repo is a series' report: manifest, judgement and page are derived "
        "again from the published runs next to it and compared.",
    .options = kVerifyOptions,
    .documents = "campaign/1 series-check/1",
    .exits = kVerifyExits,
    .isPaged = true,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Campaign,
    .run = verify,
};

const CommandSpec kGate{
    .name = "gate",
    .summary = "say whether a release tag is proven: for a pipeline that must stop where it is not",
    .usage = kGateUsage,
    .description = "Judges the newest campaign in the archive that has the tag as its ref, from its evidence "
                   "alone and by the "
                   "rules of this version. Anything but PROVEN is an exit code other than 0, and so is a tag "
                   "that no campaign "
                   "judges. Import what was published first: slipwayctl import ADDRESS.",
    .options = kGateOptions,
    .documents = "campaign/1",
    .exits = kGateExits,
    .run = gate,
};

const CommandSpec kRejudge{
    .name = "rejudge",
    .summary = "judge archived campaigns by newer rules",
    .usage = kRejudgeUsage,
    .description =
        "Judges archived evidence by the rules of this version and keeps the judgement next to the "
        "older ones. Without an ID: every campaign that only older rules have judged. Says which alarms of "
        "series are new by that.",
    .maxArguments = -1,
    .offers = Completion::Campaign,
    .run = rejudge,
};

const CommandSpec kDiff{
    .name = "diff",
    .summary = "what changed from one campaign to another",
    .usage = kDiffUsage,
    .description = "Aligns two campaigns check by check and cycle by cycle and prints what changed from A to "
                   "B. Each is an ID in the archive or a folder.",
    .options = kOnlyJson,
    .documents = "comparison/1",
    .exits = kDiffExits,
    .isPaged = true,
    .minArguments = 2,
    .maxArguments = 2,
    .offers = Completion::Campaign,
    .run = diff,
};

const CommandSpec kImport{
    .name = "import",
    .summary = "take a Pages repo or a campaign's folder into the archive",
    .usage = kImportUsage,
    .description =
        "Takes a Pages repo, its runs/ folder or one campaign's folder into the archive: every file byte for "
        "byte, judged anew. Importing again adds what is new; a file that changed becomes a new revision. It "
        "may be packed (zip, tar, tar.gz, …), a bare repository, or an address that git takes. A folder is a "
        "campaign by what it contains: a report, a summary, a manifest, cycles or observations.",
    .options = kOnlyJson,
    .documents = "import/1",
    .exits = kImportExits,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::File,
    .run = importPath,
};

const CommandSpec kArchive{
    .name = "archive",
    .summary = "check, back up, restore, recover or compact the archive",
    .usage = kGroupUsage,
    .description = "Looks after the archive of campaigns.",
    .children = kArchiveCommands,
};

} // namespace slipway::cli
