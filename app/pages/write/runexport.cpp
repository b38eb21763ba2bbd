// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/runexport.h"

#include "app/pages/write/runbadge.h"
#include "app/pages/write/runpage.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/publishedchecks.h"
#include "models/core/quantitytext.h"

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

// A campaign's id names its folder and stands in its evidence: masked it would be another campaign's.
Result<void> refuseSecretId(const QString &id, const ExportOptions &options) {
    const auto shown = maskedText(id, options.redaction);
    if (!shown)
        return shown.error();
    if (*shown == id)
        return {};
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("Campaign %1 cannot be published: its id, shown here masked, holds a secret, and "
                       "would be the name of its folder. Rename its folder and its id in the evidence, "
                       "import it again, and publish that; revoke the secret if it is a real one.")
            .arg(*shown)};
}

QList<ManifestRun> runsOf(const CampaignRecord &record) {
    QList<ManifestRun> runs;
    for (const PhaseRun &run : record.phaseRuns)
        runs.append({run.phase, run.step, run.host, run.jobId, runStateName(run.state), run.startedAt,
                     run.finishedAt, QString(), QString()});
    return runs;
}

Result<void> checkSize(RunExport &run, qint64 limit) {
    for (const EvidenceFile &file : run.files)
        run.bytes += file.bytes.size();
    const auto largest = std::max_element(run.files.cbegin(), run.files.cend(),
                                          [](const EvidenceFile &a, const EvidenceFile &b) {
                                              return a.bytes.size() < b.bytes.size();
                                          }); // there is one: the manifest at least
    if (run.bytes > limit)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("runs/%1 would hold %2, more than the limit of %3; %4 alone has %5. "
                                    "--max-mib N allows more.")
                         .arg(run.id, bytesText(run.bytes), bytesText(limit), largest->name,
                              bytesText(largest->bytes.size()))};
    if (run.bytes > limit / 4 * 3)
        run.warnings << QStringLiteral("runs/%1 holds %2 of the %3 that a run may have; most of it is %4.")
                            .arg(run.id, bytesText(run.bytes), bytesText(limit), largest->name);
    return {};
}

void warnOfVerdict(const CampaignRecord &record, RunExport &run) {
    if (record.summary.verdict && *record.summary.verdict != run.judgement.verdict)
        run.warnings << QStringLiteral(
                            "The archive says %1, the published folder %2: %3. What is published is "
                            "judged by today's rules, and by the field's thresholds at least.")
                            .arg(verdictName(*record.summary.verdict), verdictName(run.judgement.verdict),
                                 run.judgement.reason);
}

// What is published of a campaign with a plan: its observations, and all that follows from them once they are
// masked.
Result<std::optional<Derivation>> deriveAnew(const QList<Protocol> &protocols, const QList<Finding> &findings,
                                             RunExport &run) {
    const EvidenceFile *planFile = findFile(run.files, kPlanFile);
    if (!planFile)
        return std::optional<Derivation>();
    const auto plan = readPlan(planFile->bytes);
    if (!plan)
        return Error{ErrorCode::Corrupt,
                     QStringLiteral("%1 of %2 cannot be used: %3").arg(kPlanFile, run.id, plan.error().text)};
    Derivation derived = derive(*plan, run.files, protocols, findings);
    const QList<EvidenceFile> made = derived.reports + QList<EvidenceFile>{derived.summary, derived.checks};
    for (const EvidenceFile &file : made) {
        run.files.removeIf([&](const EvidenceFile &old) { return old.name == file.name; });
        run.files.append(file);
    }
    return std::optional(std::move(derived));
}

// What was wrong with the evidence when it was taken in, or was lost or changed since. It is passed on, and
// stays wrong.
QList<Finding> findingsOf(const CampaignRecord &record, const QList<Protocol> &protocols) {
    QList<Finding> findings = record.findings;
    if (record.summary.source != kImported)
        return findings + findingsIn(record.files);
    const auto add = [&](const QString &id, const QString &reason) {
        const Finding finding{id, reason};
        if (!findings.contains(finding))
            findings.append(finding);
    };
    for (const Finding &finding : findingsIn(record.files))
        add(finding.check, finding.reason);
    // Of the folder as a whole; what is wrong in a report stands in the report.
    for (const Check &check : judgeRecord(record, protocols).checks) {
        const bool isPassedOn = check.id.startsWith(QLatin1String("campaign.finding."));
        if (check.phase == 0 && check.flaw == Check::Flaw::Invalid && !isPassedOn)
            add(check.id, check.reason);
    }
    return findings;
}

EvidenceManifest withFiles(EvidenceManifest manifest, const QList<EvidenceFile> &files) {
    for (const EvidenceFile &file : files)
        manifest.files.append({file.name, file.bytes.size(), sha256Of(file.bytes)});
    return manifest;
}

// The streams are read once: what was derived from them serves each judgement of the folder.
Judgement judgeAgain(const QList<EvidenceFile> &files, const std::optional<Derivation> &derived,
                     const JudgeContext &context) {
    return derived ? judgeEvidence(files, *derived, context) : judgeEvidence(files, context);
}

// The judgement of the folder as it will be: its page and its list of checks show the judgement, so it must
// be known before they are made, and nothing in it depends on their bytes. `checks` has the plan of a
// claim.
Judgement judgeBeforehand(QList<EvidenceFile> files, const EvidenceManifest &manifest,
                          const std::optional<Derivation> &derived, const JudgeContext &context,
                          const QByteArray &checks) {
    if (!findFile(files, kChecks))
        files.append({kChecks, checks});
    files.append({kPage, {}});
    files.append({kBadge, {}});
    files.append({kManifest, manifestBytes(withFiles(manifest, files))});
    return judgeAgain(files, derived, context);
}

} // namespace

Result<RunExport> planRun(const CampaignRecord &record, const RunPlace &place,
                          const QList<Protocol> &protocols, const ExportOptions &asked) {
    ExportOptions options = asked;
    options.redaction.kept += launchTokens(record);
    RunExport run;
    run.id = record.summary.id;
    TRY(refuseSecretId(run.id, options));
    EvidenceManifest manifest;
    manifest.findings = findingsOf(record, protocols);
    auto published = PublishedFiles::of(record, options);
    if (!published)
        return published.error();
    static_cast<PublishedFiles &>(run) = std::move(*published);
    const auto derived = deriveAnew(protocols, manifest.findings, run);
    if (!derived)
        return derived.error();
    const auto plan = *derived ? std::optional(asPublished((*derived)->plan)) : planOf(record);
    const QList<PhaseSpan> spans = *derived                     ? spansOf((*derived)->streams)
                                   : record.phaseRuns.isEmpty() ? publishedSpans(record.files)
                                                                : spansOf(record.phaseRuns);
    sortByName(run.files);
    manifest.campaign = run.id;
    manifest.toolVersion = QStringLiteral(SLIPWAY_VERSION);
    manifest.previous = place.previousOf(run.id);
    manifest.servers = serversOf(*derived ? (*derived)->reports : run.files);
    manifest.runs = *derived ? manifestRunsOf((*derived)->streams) : runsOf(record);
    manifest.absent = run.absent;
    manifest.evidenceSha256 = evidenceHash(run.files);
    const JudgeContext context{protocols, true, run.id, {}, {}};
    manifest.rulesVersion = kRulesVersion;
    run.judgement =
        judgeBeforehand(run.files, manifest, *derived, context, checksBytes(run.id, {}, plan, spans));
    if (!*derived) {
        TRY(run.add(kChecks, checksBytes(run.id, run.judgement, plan, spans), options));
    }
    const QList<CycleFile> cycles = cycleFilesOf(run.files);
    TRY(run.add(kPage, runPage({record, run, manifest, plan, spans, cycles}), options));
    TRY(run.add(kBadge, runBadge(run.judgement), options));
    sortByName(run.files);
    manifest.masked = run.masked;
    run.files.append({kManifest, manifestBytes(withFiles(manifest, run.files))});
    run.judgement = judgeAgain(run.files, *derived, context);
    TRY(place.refuseStrangers(run.id, run.files));
    TRY(checkSize(run, options.sizeLimit));
    warnOfVerdict(record, run);
    if (const EvidenceFile *signature = place.signatureOf(*findFile(run.files, kManifest)))
        run.files.append(*signature);
    run.changes = changesIn(QStringLiteral("runs/") + run.id, place.files, run.files, options.withDiffs);
    return run;
}

} // namespace slipway
