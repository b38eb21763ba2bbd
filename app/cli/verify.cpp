// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/cireport.h"
#include "app/cli/commands.h"
#include "app/cli/seriestext.h"
#include "app/cli/subject.h"
#include "app/cli/tables.h"
#include "app/pages/series/seriescheck.h"
#include "app/pages/write/pagecheck.h"
#include "app/pages/write/signature.h"
#include "app/session/campaignchanges.h"
#include "app/session/seriesqueries.h"
#include "app/session/session.h"
#include "models/campaign/judgerecord.h"
#include "models/core/countof.h"
#include "models/evidence/manifest.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway::cli {

namespace {

// A check of what stands next to the evidence; where it does not hold, nothing does.
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

ExitCode verify(const Context &context, const QCommandLineParser &parser) {
    const bool json = parser.isSet(QStringLiteral("json"));
    const QString allowed = parser.value(QStringLiteral("allowed-signers"));
    const auto report = CiReport::fromOptions(parser);
    if (!report)
        return fail(report.error(), ExitCode::Usage);
    if (const QString path = parser.positionalArguments().constFirst();
        path.contains(QLatin1Char('/')) && isReportFolder(path)) {
        for (const QString &option : {QStringLiteral("junit"), QStringLiteral("summary"),
                                      QStringLiteral("annotations"), QStringLiteral("allowed-signers")}) {
            if (parser.isSet(option))
                return failUsage(
                    context,
                    QStringLiteral("--%1 is of campaigns; %2 holds a series' report").arg(option, path));
        }
        setDocument(QStringLiteral("series-check/1"));
        return verifyReport(path, json);
    }
    const auto cycles =
        json || parser.isSet(QStringLiteral("summary")) ? FolderCycles::Read : FolderCycles::Left;
    return withSubjects(context, parser.positionalArguments(), cycles,
                        [=](const QList<CampaignRecord> &records) {
                            CampaignRecord record = records.constFirst();
                            if (const auto page = checkPage(record.files, *record.judgement))
                                add(record, *page, page->reason);
                            if (const auto judged = judgeSignature(record, allowed); !judged)
                                return fail(judged.error(), ExitCode::NotDone);
                            printVerdict(record, json);
                            if (const auto written = report->write(record); !written)
                                return fail(written.error(), ExitCode::NotDone);
                            return exitCodeOf(record.judgement->verdict);
                        });
}

ExitCode rejudge(const Context &context, const QCommandLineParser &parser) {
    // What a series had before is noted first, so that what newer judgements add can be seen.
    return withSession(context, [ids = parser.positionalArguments()](Session &session) {
        session.series().noteAlarms([&session, ids](const Result<SeriesAlarms> &before) {
            if (!before) {
                exitWith(fail(before.error(), ExitCode::NotDone));
                return;
            }
            session.changes().rejudge(ids, [&session, before](const Result<qint64> &judged) {
                if (!judged) {
                    exitWith(fail(judged.error(), ExitCode::NotDone));
                    return;
                }
                print(lineText(countOf(*judged, "campaign") + QStringLiteral(" judged anew")));
                session.series().noteAlarms([before](const Result<SeriesAlarms> &after) {
                    if (after) {
                        printNewAlarms(*before);
                        printNewAlarms(*after);
                    }
                    exitWith(after ? ExitCode::Done : fail(after.error(), ExitCode::NotDone));
                });
            });
        });
    });
}

ExitCode diff(const Context &context, const QCommandLineParser &parser) {
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
                            return differences.isEmpty() ? ExitCode::Done : ExitCode::No;
                        });
}

} // namespace slipway::cli
