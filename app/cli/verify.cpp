// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/subject.h"
#include "app/cli/tables.h"
#include "app/exporter/pagecheck.h"
#include "app/exporter/signature.h"
#include "models/campaign/judgerecord.h"
#include "models/evidence/manifest.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway::cli {

namespace {

constexpr OwnWords kVerifyHelp =
    "slipwayctl [--data-dir DIR] verify ID | FOLDER [--allowed-signers FILE] [--json]\n\n"
    "Judges a campaign from its evidence alone, by the rules of this version: one in the archive, or a "
    "published\n"
    "folder as it lies there (a path with a slash in it). Nothing is stored.\n"
    "Where the folder has an evidence-manifest.json, a file that was changed, is missing or came on top "
    "makes\n"
    "the evidence invalid, and so do a page that is not what its files give and a signature that is not the\n"
    "manifest's. A good signature by itself says only that somebody with that key made it; "
    "--allowed-signers\n"
    "FILE (as in ssh-keygen(1)) demands one, by a key that the file names.\n"
    "Exit code: 0 PROVEN, 1 FAIL, 3 UNPROVEN PASS, 4 NO EVIDENCE, INVALID EVIDENCE or INCOMPLETE.\n";
constexpr OwnWords kRejudgeHelp = "slipwayctl [--data-dir DIR] rejudge [ID …]\n\n"
                                  "Judges archived evidence by the rules of this version and keeps the "
                                  "judgement beside the older ones. With\n"
                                  "no ID: every campaign that only older rules have judged.\n";
constexpr OwnWords kDiffHelp = "slipwayctl [--data-dir DIR] diff A B [--json]\n\n"
                               "Aligns two campaigns check by check and cycle by cycle and prints what "
                               "changed from A to B. Each is an ID\n"
                               "in the archive or a folder. Exit code: 0 nothing changed, 1 something did.\n";

// A check of what stands beside the evidence; where it does not hold, nothing does.
void add(CampaignRecord &record, const Check &check, const QString &reason) {
    Judgement judgement = *record.judgement;
    judgement.checks.append(check);
    if (check.flaw == Check::Flaw::Invalid) {
        judgement.verdict = Verdict::InvalidEvidence;
        judgement.reason = reason;
    }
    setJudgement(record, judgement);
}

// Adds what the manifest's signature is worth to the checks, where there is one or one is demanded. The error
// says that it could not be looked at.
Result<void> judgeSignature(CampaignRecord &record, const QString &allowedSigners) {
    const QByteArray signature = fileBytes(record.files, kManifestSignature);
    if (signature.isEmpty() && allowedSigners.isEmpty())
        return {};
    Result<SignatureCheck> found = Error{ErrorCode::Corrupt, QStringLiteral("it is not signed")};
    if (!signature.isEmpty())
        found = checkSignature(fileBytes(record.files, kManifest), signature, allowedSigners);
    if (!found && found.error().code != ErrorCode::Corrupt)
        return found.error();
    Check check;
    check.id = QStringLiteral("campaign.signature");
    check.proves = QStringLiteral("Who signed the manifest.");
    check.expected = allowedSigners.isEmpty() ? QStringLiteral("a good signature")
                                              : QStringLiteral("one that %1 allows").arg(allowedSigners);
    check.source = {kManifestSignature, 0, signature.size()};
    if (found) {
        check.outcome = Check::Outcome::Pass;
        check.actual =
            found->signer.isEmpty() ? found->key : QStringLiteral("%1, %2").arg(found->signer, found->key);
    } else {
        check.flaw = Check::Flaw::Invalid;
        check.actual = signature.isEmpty() ? QStringLiteral("none") : QStringLiteral("bad");
        check.reason = found.error().text;
    }
    add(record, check, QStringLiteral("The manifest's signature does not hold: %1").arg(check.reason));
    return {};
}

void printVerdict(const CampaignRecord &record, bool json) {
    if (json) {
        print(jsonText(QJsonDocument(recordToJson(record))));
        return;
    }
    print(recordToText(record, QString()));
}

} // namespace

int verify(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions(
        {{QStringLiteral("json"), {}}, {QStringLiteral("allowed-signers"), {}, QStringLiteral("file")}});
    if (const auto code = parse(parser, QStringLiteral("verify"), arguments, kVerifyHelp, 1, 1))
        return *code;
    const bool json = parser.isSet(QStringLiteral("json"));
    const QString allowed = parser.value(QStringLiteral("allowed-signers"));
    const auto cycles = json ? FolderCycles::Read : FolderCycles::Left;
    return withSubjects(context, parser.positionalArguments(), cycles,
                        [=](const QList<CampaignRecord> &records) {
                            CampaignRecord record = records.constFirst();
                            if (const auto page = checkPage(record.files, *record.judgement))
                                add(record, *page, page->reason);
                            if (const auto judged = judgeSignature(record, allowed); !judged)
                                return fail(judged.error().text, kNothing);
                            printVerdict(record, json);
                            return verdictExitCode(record.judgement->verdict);
                        });
}

int rejudge(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    if (const auto code =
            parse(parser, QStringLiteral("rejudge"), arguments, kRejudgeHelp, 0, arguments.size()))
        return *code;
    return withServices(context, [ids = parser.positionalArguments()](Services &services) {
        services.rejudge(ids, [](const Result<qint64> &judged) {
            if (judged)
                print(lineText(QStringLiteral("%1 campaigns judged anew").arg(*judged)));
            QCoreApplication::exit(judged ? 0 : fail(judged.error().text, kNothing));
        });
    });
}

int diff(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("diff"), arguments, kDiffHelp, 2, 2))
        return *code;
    const bool json = parser.isSet(QStringLiteral("json"));
    return withSubjects(context, parser.positionalArguments(), FolderCycles::Read,
                        [json](const QList<CampaignRecord> &records) {
                            const CampaignRecord &before = records.at(0);
                            const CampaignRecord &after = records.at(1);
                            const QList<Difference> differences =
                                diffChecks(before.judgement->checks, after.judgement->checks) +
                                diffCycles(before.cycles, after.cycles);
                            print(json ? jsonText(QJsonDocument(diffToJson(before, after, differences)))
                                       : diffToText(before, after, differences));
                            return differences.isEmpty() ? 0 : 1;
                        });
}

} // namespace slipway::cli
