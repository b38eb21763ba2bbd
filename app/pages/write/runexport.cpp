// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/runexport.h"

#include "app/pages/write/filemask.h"
#include "app/pages/write/runbadge.h"
#include "app/pages/write/runpage.h"
#include "app/pages/write/treefile.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/publishedchecks.h"
#include "models/core/quantitytext.h"
#include "models/evidence/filename.h"
#include "models/evidence/publishednames.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

// Why a file cannot be published under its name; empty when it can. A name is published as it is, so a secret
// in it cannot be masked.
Result<QString> problemOfName(const QString &name, const ExportOptions &options) {
    const auto masked = maskedText(name, options.redaction);
    if (!masked)
        return masked.error();
    if (*masked != name)
        return QStringLiteral("its name holds what is masked in texts");
    const auto bytes = nameBytes(name);
    return bytes && isPublishable(*bytes) ? QString()
                                          : QStringLiteral("that is no name for a file in a repo");
}

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

void sortByName(QList<EvidenceFile> &files) {
    std::sort(files.begin(), files.end(),
              [](const EvidenceFile &a, const EvidenceFile &b) { return a.name < b.name; });
}

// Every "token" of a plan is the launch token of a run.
void addTokens(const QJsonValue &value, QSet<QByteArray> &tokens) {
    for (const QJsonValue one : value.toArray())
        addTokens(one, tokens);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QLatin1String("token"))
            tokens.insert(it->toString().toUtf8());
        addTokens(*it, tokens);
    }
}

// Evidence, which tells one run from another and opens nothing.
QSet<QByteArray> launchTokens(const CampaignRecord &record) {
    QSet<QByteArray> tokens;
    for (const PhaseRun &run : record.phaseRuns)
        tokens.insert(run.jobId.toUtf8());
    for (const EvidenceFile &file : record.files) {
        if (file.name == kPlanFile)
            addTokens(QJsonDocument::fromJson(file.bytes).object(), tokens);
    }
    return tokens;
}

// Whether it is published: nothing speaks against it, or a person said yes to it by name.
bool takeHeldBack(const QString &name, const QString &why, const ExportOptions &options, RunExport &run) {
    if (why.isEmpty())
        return true;
    if (options.publishUnsearched.contains(name) ||
        options.publishUnsearched.contains(run.id + QLatin1Char('/') + name)) {
        run.warnings << QStringLiteral("%1 is published since you said so, though %2.").arg(name, why);
        return true;
    }
    run.absent.append({name, {}, QStringLiteral("held back: ") + why});
    run.heldBack << name;
    run.warnings << QStringLiteral(
                        "%1 is held back: %2. Look into it; --publish-unsearched %1, or a tick in the "
                        "window, publishes it as it is.")
                        .arg(name, why);
    return false;
}

// The field's files, masked; what could not be kept is told apart.
Result<void> takeFiles(const CampaignRecord &record, const ExportOptions &options, RunExport &run) {
    const QList<EvidenceFile> files = record.files + record.observations;
    QStringList names;
    for (const EvidenceFile &file : files) {
        if (!isMadeByExport(file.name))
            names << file.name;
    }
    const auto published = publishedNames(names, {kBadge, kPage, kChecks, kManifest, kManifestSignature});
    for (const EvidenceFile &file : files) {
        if (isMadeByExport(file.name))
            continue;
        const auto unnamed = problemOfName(file.name, options);
        if (!unnamed)
            return unnamed.error();
        if (const QString problem = file.problem.isEmpty() ? *unnamed : file.problem; !problem.isEmpty()) {
            const auto shown = maskedText(file.name, options.redaction);
            if (!shown)
                return shown.error();
            run.absent.append({*shown, {}, problem});
            run.warnings << QStringLiteral("%1 is left out: %2").arg(*shown, problem);
            continue;
        }
        const PublishedNames::Name name = published.value(file.name);
        const auto masked = maskFile({name.name, file.bytes}, options.redaction);
        if (!masked)
            return masked.error();
        if (!takeHeldBack(name.name, masked->heldBack, options, run))
            continue;
        if (!name.why.isEmpty()) {
            run.renamed.insert(name.name, file.name);
            run.warnings << QStringLiteral("\"%1\" is published as %2: the name %3.")
                                .arg(file.name, name.name, name.why);
        }
        run.masked += masked->masked;
        run.files.append(masked->file);
    }
    sortByName(run.files); // the page is then the same, wherever they came from
    return {};
}

QList<ManifestRun> runsOf(const CampaignRecord &record) {
    QList<ManifestRun> runs;
    for (const PhaseRun &run : record.phaseRuns)
        runs.append({run.phase, run.step, run.host, run.jobId, runStateName(run.state), run.startedAt,
                     run.finishedAt, QString(), QString()});
    return runs;
}

// Whom this run followed is said once, when it is first published: what was changed before it since then
// shows by that.
std::optional<PreviousRun> previousOf(const QString &id, const RunPlace &place) {
    if (const EvidenceFile *file = findFile(place.files, kManifest)) {
        const auto manifest = readManifest(file->bytes);
        const bool isOfRun = manifest && manifest->campaign == id;
        // An older version's link named the run before without its evidence: it is made anew.
        const bool isUnfinished =
            isOfRun && manifest->previous && manifest->previous->evidenceSha256.isEmpty();
        if (isOfRun && !isUnfinished)
            return manifest->previous;
    }
    return place.previous;
}

// Files that neither the archive has nor an export made: they would be lost.
Result<void> refuseStrangers(const RunExport &run, const RunPlace &place) {
    QSet<QString> known;
    for (const EvidenceFile &file : run.files)
        known.insert(file.name);
    for (const EvidenceFile &file : place.files) {
        if (file.name == kManifest) {
            if (const auto manifest = readManifest(file.bytes)) {
                for (const ManifestFile &listed : manifest->files)
                    known.insert(listed.name);
            }
        }
    }
    for (const EvidenceFile &file : place.files) {
        if (file.name == QLatin1String("."))
            return Error{ErrorCode::Io,
                         QStringLiteral("runs/%1 cannot be read whole: %2").arg(run.id, file.problem)};
        if (!known.contains(file.name) && !isMadeByExport(file.name))
            return Error{
                ErrorCode::AlreadyExists,
                QStringLiteral("runs/%1/%2 is not in the archive and would be lost. Import the folder "
                               "first (slipwayctl import), or move the file away.")
                    .arg(run.id, file.name)};
    }
    return {};
}

// It is one of the same manifest still.
void keepSignature(const RunPlace &place, RunExport &run) {
    const EvidenceFile *was = findFile(place.files, kManifest);
    const EvidenceFile *signature = findFile(place.files, kManifestSignature);
    if (was && signature && signature->problem.isEmpty() &&
        was->bytes == findFile(run.files, kManifest)->bytes)
        run.files.append(*signature);
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

// A text of ours; should a secret have found its way into it all the same, it is masked there too.
Result<void> addMade(const QString &name, QByteArray bytes, const ExportOptions &options, RunExport &run) {
    const auto masked = mask(name, bytes, options.redaction);
    if (!masked)
        return masked.error();
    run.masked += *masked;
    run.files.append({name, bytes});
    return {};
}

// An earlier export made it, and nobody changed it since.
bool isMadeHere(const EvidenceFile &file, const RunPlace &place) {
    if (!file.problem.isEmpty() || file.name == kManifest || file.name == kManifestSignature)
        return file.problem.isEmpty();
    if (!isMadeByExport(file.name))
        return false;
    const EvidenceFile *known = findFile(place.files, kManifest);
    const auto manifest = known ? readManifest(known->bytes) : Error{};
    return manifest && std::any_of(manifest->files.begin(), manifest->files.end(), [&](const auto &listed) {
               return listed.name == file.name && listed.sha256 == sha256Of(file.bytes);
           });
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
// be known before they are made, and nothing in it depends on their bytes. `checks` tells the plan of a
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

QList<EvidenceFile> filesReplaced(const RunPlace &place, const RunExport &run) {
    QMap<QString, const EvidenceFile *> kept;
    for (const EvidenceFile &file : run.files)
        kept.insert(file.name, &file);
    QList<EvidenceFile> replaced;
    for (const EvidenceFile &file : place.files) {
        const EvidenceFile *now = kept.value(file.name);
        const bool isSame = now != nullptr && file.problem.isEmpty() && now->bytes == file.bytes;
        if (!isSame && !isMadeHere(file, place))
            replaced.append(file);
    }
    return replaced;
}

bool isPublishedFrom(const QByteArray &published, const QByteArray &original) {
    if (published.size() != original.size())
        return false;
    if (std::equal(published.begin(), published.end(), original.begin(),
                   [](char here, char there) { return here == there || here == '*'; }))
        return true;
    // Within base64, and of numbers, a mask is not an asterisk: what is left of both must be the same.
    for (const bool privateAddresses : {false, true}) {
        QByteArray here = published;
        QByteArray there = original;
        const RedactionOptions options{privateAddresses};
        if (mask({}, here, options) && mask({}, there, options) && here == there)
            return true;
    }
    return false;
}

bool isMadeByExport(const QString &name) {
    return name == kPage || name == kBadge || name == kChecks || name == kManifest ||
           name == kManifestSignature;
}

Result<RunExport> planRun(const CampaignRecord &record, const RunPlace &place,
                          const QList<Protocol> &protocols, const ExportOptions &asked) {
    ExportOptions options = asked;
    options.redaction.kept += launchTokens(record);
    RunExport run;
    run.id = record.summary.id;
    TRY(refuseSecretId(run.id, options));
    EvidenceManifest manifest;
    manifest.findings = findingsOf(record, protocols);
    TRY(takeFiles(record, options, run));
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
    manifest.previous = previousOf(run.id, place);
    manifest.servers = serversOf(*derived ? (*derived)->reports : run.files);
    manifest.runs = *derived ? manifestRunsOf((*derived)->streams) : runsOf(record);
    manifest.absent = run.absent;
    manifest.evidenceSha256 = evidenceHash(run.files);
    const JudgeContext context{protocols, true, run.id, {}, {}};
    manifest.rulesVersion = kRulesVersion;
    run.judgement =
        judgeBeforehand(run.files, manifest, *derived, context, checksBytes(run.id, {}, plan, spans));
    if (!*derived) {
        if (auto added = addMade(kChecks, checksBytes(run.id, run.judgement, plan, spans), options, run);
            !added)
            return added.error();
    }
    const QList<CycleFile> cycles = cycleFilesOf(run.files);
    if (auto added = addMade(kPage, runPage({record, run, manifest, plan, spans, cycles}), options, run);
        !added)
        return added.error();
    if (auto added = addMade(kBadge, runBadge(run.judgement), options, run); !added)
        return added.error();
    sortByName(run.files);
    manifest.masked = run.masked;
    run.files.append({kManifest, manifestBytes(withFiles(manifest, run.files))});
    run.judgement = judgeAgain(run.files, *derived, context);
    TRY(refuseStrangers(run, place));
    TRY(checkSize(run, options.sizeLimit));
    warnOfVerdict(record, run);
    keepSignature(place, run);
    run.changes = changesIn(QStringLiteral("runs/") + run.id, place.files, run.files, options.withDiffs);
    return run;
}

} // namespace slipway
