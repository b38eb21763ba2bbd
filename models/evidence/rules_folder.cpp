// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_folder.h"
#include "models/evidence/campaignid.h"

#include "models/cycles/cycleline.h"
#include "models/evidence/recoveryfindings.h"
#include "models/evidence/rules.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slipway::rules {

namespace {

// Look-alikes of letters and of dots are folded together, so that no spelling slips through.
QString foldedSpelling(const QString &name) {
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

// What may lie next to observations without being part of the judgement, by its name.
bool isHarmless(const QString &name) {
    if (name == kManifestSignature || name == kPage)
        return true;
    static const QRegularExpression plain(
        QStringLiteral("\\A[a-z0-9 ._/-]+\\.(png|svg|jpe?g|webp|gif|log|txt|md|pub|pem)\\z"));
    return plain.match(name.toLower()).hasMatch();
}

// Next to observations, what is not derived from them must not look as if it were, whatever it is called:
// only pictures, texts and keys lie there, and no text of a phase but its log.
bool mayBeEvidence(const QString &name) {
    if (!isHarmless(name) || looksLikeEvidence(name))
        return true;
    static const QRegularExpression phaseText(QStringLiteral("phase[^a-z/]*[0-9].*\\.txt\\z"));
    return phaseText.match(foldedSpelling(name)).hasMatch();
}

// Of a file that was left out there is only its name: data of the kinds that reports, cycles and streams are.
bool mayHaveBeenEvidence(const QString &name) {
    static const QRegularExpression data(
        QStringLiteral("\\.(jsonl?|ndjson|obs|csv|tsv)(\\.[a-z0-9]+)?\\z|\\.zst\\z"));
    return looksLikeEvidence(name) || data.match(foldedSpelling(name)).hasMatch();
}

// A text that is a report under another name.
bool isReportText(const EvidenceFile &file) {
    const QJsonObject object = QJsonDocument::fromJson(file.bytes).object();
    return object.contains(QLatin1String("phase")) || object.contains(QLatin1String("overall_pass"));
}

const QString kSummary = QStringLiteral("campaign-summary.json");

// What a rule reads of a folder that has no plan.
bool isReadOfClaims(const EvidenceFile &file) {
    static const QRegularExpression report(QStringLiteral("^phase(1-.+|[234])\\.json$"));
    return report.match(file.name).hasMatch() || !faultOfCycleFile(file.name).isEmpty() ||
           file.name == kSummary || file.name == kChecks || file.name == kManifest;
}

// What was not read may be anything.
void judgeReadable(const QList<EvidenceFile> &files, Checks &checks) {
    const EvidenceFile *folder = findFile(files, kFolderItself);
    if (!folder)
        return;
    Check &check = checks.add(QStringLiteral("campaign.readable"), QString(),
                              QStringLiteral("The folder was read as a whole."), QStringLiteral("all of it"));
    check.source = {kFolderItself, 0, 0};
    Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("a part of it"),
                    QStringLiteral("the folder was not read as a whole: %1").arg(clipped(folder->problem)));
}

void judgeUnread(const QStringList &unread, Checks &checks) {
    Check &check =
        checks.add(QStringLiteral("campaign.unread"), QString(),
                   QStringLiteral("No file that looks like evidence is left out of the judgement."),
                   QStringLiteral("none"));
    if (unread.isEmpty()) {
        Checks::pass(check, QStringLiteral("none"));
        return;
    }
    check.source = {unread.constFirst(), 0, 0};
    check.n = unread.size();
    Checks::unknown(
        check, Check::Flaw::Invalid, clipped(unread.join(QStringLiteral(", "))),
        QStringLiteral("%1 looks like evidence and is not part of it").arg(clipped(unread.constFirst())));
}

// Folder, summary, manifest and plan are of one campaign.
void judgeIdentity(const QList<EvidenceFile> &files, const QString &planned, const JudgeContext &context,
                   Checks &checks) {
    QList<std::pair<QString, QString>> names; // who says it, and what
    if (!context.folder.isEmpty())
        names.append({QStringLiteral("the folder"), context.folder});
    if (!planned.isEmpty())
        names.append({kPlanFile, planned});
    if (const QString id = Report(files, kSummary).text(QStringLiteral("campaign_id")); !id.isEmpty())
        names.append({kSummary, id});
    const EvidenceFile *file = findFile(files, kManifest);
    if (const auto manifest = file ? readManifest(file->bytes) : Error{})
        names.append({kManifest, manifest->campaign});
    if (names.isEmpty())
        return;
    Check &check = checks.add(QStringLiteral("campaign.identity"), QString(),
                              QStringLiteral("Folder, plan, summary and manifest name one campaign."),
                              clipped(names.constFirst().second));
    const auto other = std::find_if(names.begin(), names.end(), [&](const auto &name) {
        return !isIdOf(names.constFirst().second, name.second);
    });
    if (other == names.end()) {
        Checks::pass(check, clipped(names.constFirst().second));
        return;
    }
    check.source = {other->first, 0, 0};
    Checks::unknown(check, Check::Flaw::Invalid, clipped(other->second),
                    QStringLiteral("%1 is of campaign \"%2\", %3 of \"%4\"")
                        .arg(other->first, clipped(other->second), names.constFirst().first,
                             clipped(names.constFirst().second)));
}

// What is derived, compared with the files that say it.
void judgeRebuilt(const QList<EvidenceFile> &files, const QList<EvidenceFile> &derived, bool mustBeThere,
                  Checks &checks) {
    Check &check = checks.add(
        QStringLiteral("campaign.rebuilt"), QString(),
        QStringLiteral("Every report, cycle, check and summary is what the observations say, byte for "
                       "byte."),
        QStringLiteral("%1 files equal").arg(derived.size()));
    qint64 equal = 0;
    for (const EvidenceFile &one : derived) {
        const EvidenceFile *file = findFile(files, one.name);
        if (!file && !mustBeThere)
            continue;
        check.source = {one.name, 0, 0};
        if (!file) {
            Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("missing"),
                            QStringLiteral("%1 is not there, and the observations give it").arg(one.name));
            return;
        }
        if (!file->problem.isEmpty() || file->bytes != one.bytes) {
            const auto [here, there] =
                std::mismatch(file->bytes.begin(), file->bytes.end(), one.bytes.begin(), one.bytes.end());
            check.source = {one.name, here - file->bytes.begin(), 1};
            Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("not equal"),
                            QStringLiteral("%1 is not what the observations say: it differs from byte %2 on")
                                .arg(one.name)
                                .arg(here - file->bytes.begin()));
            return;
        }
        ++equal;
    }
    check.n = equal;
    check.source = {kPlanFile, 0, 0};
    Checks::pass(check, QStringLiteral("%1 files equal").arg(equal));
}

void judgePrevious(const EvidenceManifest &manifest, const JudgeContext &context, Checks &checks) {
    const auto there = manifest.previous && context.evidenceOf
                           ? context.evidenceOf(manifest.previous->campaign)
                           : std::nullopt;
    if (!there)
        return; // nothing to compare with
    Check &check = checks.add(QStringLiteral("campaign.previous"), QString(),
                              QStringLiteral("The run before this one is the one that it followed."),
                              manifest.previous->evidenceSha256);
    check.source = {kManifest, 0, 0};
    if (*there == manifest.previous->evidenceSha256)
        Checks::pass(check, *there);
    else
        Checks::unknown(check, Check::Flaw::Invalid, clipped(*there),
                        QStringLiteral("the evidence of %1, the run before, was changed since this one was "
                                       "published")
                            .arg(clipped(manifest.previous->campaign)));
}

// What the manifest says besides its list of files, which judgeManifest() compares.
void judgeManifestFacts(const QList<EvidenceFile> &files, const Derivation &derived,
                        const JudgeContext &context, Checks &checks) {
    Check &check =
        checks.add(QStringLiteral("campaign.manifest_facts"), QString(),
                   QStringLiteral("The manifest tells of the servers, runs and evidence that there are."),
                   QStringLiteral("as the observations say"));
    check.source = {kManifest, 0, 0};
    const EvidenceFile *file = findFile(files, kManifest);
    const auto manifest = file ? readManifest(file->bytes) : Error{};
    const auto wrong = [&](const QString &what) {
        Checks::unknown(check, Check::Flaw::Invalid, what, QStringLiteral("%1: %2").arg(kManifest, what));
    };
    if (!file)
        return wrong(QStringLiteral("it is not there"));
    if (!manifest)
        return wrong(QStringLiteral("it cannot be used"));
    if (manifest->runs != manifestRunsOf(derived.streams))
        return wrong(QStringLiteral("its runs are not those of the plan and the observations"));
    if (manifest->servers != serversOf(derived.reports))
        return wrong(QStringLiteral("its servers are not those that were observed"));
    if (manifest->evidenceSha256 != evidenceHash(files))
        return wrong(QStringLiteral("its hash of the evidence is another"));
    if (manifest->rulesVersion != derived.judgement.rulesVersion)
        return wrong(QStringLiteral("it was written by rules version %1, this is %2; export it again")
                         .arg(manifest->rulesVersion)
                         .arg(derived.judgement.rulesVersion));
    for (const EvidenceFile &absent : manifest->absent) {
        if (findFile(files, absent.name) || mayHaveBeenEvidence(absent.name))
            return wrong(QStringLiteral("%1 is evidence and was left out").arg(clipped(absent.name)));
    }
    Checks::pass(check, QStringLiteral("as the observations say"));
    judgePrevious(*manifest, context, checks);
}

} // namespace

void judgeFolder(const QList<EvidenceFile> &files, const Derivation &derived, const JudgeContext &context,
                 QList<Check> &checks) {
    const RecordedPlan &plan = derived.plan;
    if (context.published)
        judgeManifest(files, checks);
    Checks list(checks, 0);
    judgeReadable(files, list);
    judgeIdentity(files, plan.campaign, context, list);
    QList<EvidenceFile> rebuilt = derived.reports;
    rebuilt.append(derived.summary);
    if (context.published)
        rebuilt.append(derived.checks);
    judgeRebuilt(files, rebuilt, context.published, list);
    if (context.published)
        judgeManifestFacts(files, derived, context, list);

    QSet<QString> known{kPlanFile, kChecks, kManifest, kRecoveryFindings};
    for (const EvidenceFile &file : rebuilt)
        known.insert(file.name);
    for (const PlannedRun &run : plan.runs) {
        if (const EvidenceFile *stream = findStream(files, run))
            known.insert(stream->name);
    }
    QStringList unread;
    QSet<QString> seen;
    for (const EvidenceFile &file : files) {
        if ((mayBeEvidence(file.name) || isReportText(file)) &&
            (!known.contains(file.name) || seen.contains(file.name)))
            unread << file.name;
        seen.insert(file.name);
    }
    judgeUnread(unread, list);
}

void judgeFolderOfClaims(const QList<EvidenceFile> &files, const JudgeContext &context,
                         QList<Check> &checks) {
    Checks list(checks, 0);
    judgeReadable(files, list);
    judgeIdentity(files, QString(), context, list);
    QStringList unread;
    for (const EvidenceFile &file : files) {
        if (looksLikeEvidence(file.name) && !isReadOfClaims(file))
            unread << file.name;
    }
    judgeUnread(unread, list);
    judgeFindings(findingsIn(files), checks);
    Check &check = list.add(QStringLiteral("campaign.observations"), QString(),
                            QStringLiteral("The reports can be derived again from what was observed."),
                            QStringLiteral("plan.json and observations"));
    Checks::unknown(
        check, Check::Flaw::Unsupported, QStringLiteral("not there"),
        QStringLiteral("the reports came without the observations that they were made from, so they "
                       "are a claim"));
}

} // namespace slipway::rules

namespace slipway {

bool looksLikeEvidence(const QString &name) {
    const QString folded = rules::foldedSpelling(name);
    static const QRegularExpression root(QStringLiteral("(^|/)observations(/|$)"));
    if (root.match(folded).hasMatch() || folded.contains(QLatin1String(".obs.json")))
        return true;
    static const QRegularExpression evidence(QStringLiteral(
        "(^|/)[^a-z0-9/]*(phase|cycles|checks|plan|campaign[^a-z0-9/]*summary|evidence[^a-z0-9/]*manifest)"
        "[^/]*\\.(json|ndjson|zst)[^/]*$"));
    return evidence.match(folded).hasMatch() && folded != kManifestSignature;
}

} // namespace slipway
