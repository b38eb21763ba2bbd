// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/runexport.h"

#include "app/exporter/runpage.h"
#include "app/exporter/treefile.h"
#include "models/campaign/publishedchecks.h"
#include "models/evidence/filename.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMiB = 1024LL * 1024;

QString sizeText(qint64 bytes) {
    return QStringLiteral("%1 MiB").arg(static_cast<double>(bytes) / static_cast<double>(kMiB), 0, 'f', 1);
}

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

void sortByName(QList<EvidenceFile> &files) {
    std::sort(files.begin(), files.end(),
              [](const EvidenceFile &a, const EvidenceFile &b) { return a.name < b.name; });
}

// The field's files, masked; what could not be kept is told apart.
Result<void> takeFiles(const CampaignRecord &record, const ExportOptions &options, RunExport &run) {
    for (const EvidenceFile &file : record.files) {
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
        EvidenceFile published = file;
        const auto masked = mask(file.name, published.bytes, options.redaction);
        if (!masked)
            return masked.error();
        run.masked += *masked;
        run.files.append(published);
    }
    sortByName(run.files); // the page is then the same, wherever they came from
    return {};
}

QList<MeasuredServer> serversOf(const QList<EvidenceFile> &files) {
    QList<MeasuredServer> servers;
    for (const EvidenceFile &file : files) {
        if (!file.name.startsWith(QLatin1String("phase1-")) || !file.name.endsWith(QLatin1String(".json")))
            continue;
        const QJsonObject report = QJsonDocument::fromJson(file.bytes).object();
        if (const QString version = report.value(QLatin1String("version")).toString(); !version.isEmpty())
            servers.append({report.value(QLatin1String("host")).toString(), version,
                            report.value(QLatin1String("server_sha256")).toString()});
    }
    return servers;
}

QList<ManifestRun> runsOf(const CampaignRecord &record) {
    QList<ManifestRun> runs;
    for (const PhaseRun &run : record.phaseRuns)
        runs.append({run.phase, run.step, run.host, run.jobId, runStateName(run.state), run.startedAt,
                     run.finishedAt});
    return runs;
}

// Whom this run followed is said once, when it is first published: what was changed before it since then
// shows by that.
std::optional<PreviousRun> previousOf(const QString &id, const RunPlace &place) {
    const auto file = std::find_if(place.files.begin(), place.files.end(),
                                   [](const EvidenceFile &f) { return f.name == kManifest; });
    if (file != place.files.end()) {
        if (const auto manifest = readManifest(file->bytes); manifest && manifest->campaign == id)
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
    const auto find = [](const QList<EvidenceFile> &files, const QString &name) {
        return std::find_if(files.begin(), files.end(),
                            [&](const EvidenceFile &file) { return file.name == name; });
    };
    const auto was = find(place.files, kManifest);
    const auto signature = find(place.files, kManifestSignature);
    if (was != place.files.end() && signature != place.files.end() && signature->problem.isEmpty() &&
        was->bytes == find(run.files, kManifest)->bytes)
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
                         .arg(run.id, sizeText(run.bytes), sizeText(limit), largest->name,
                              sizeText(largest->bytes.size()))};
    if (run.bytes > limit / 4 * 3)
        run.warnings << QStringLiteral("runs/%1 holds %2 of the %3 that a run may have; most of it is %4.")
                            .arg(run.id, sizeText(run.bytes), sizeText(limit), largest->name);
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
    const auto known = std::find_if(place.files.begin(), place.files.end(),
                                    [](const EvidenceFile &one) { return one.name == kManifest; });
    const auto manifest = known == place.files.end() ? Error{} : readManifest(known->bytes);
    return manifest && std::any_of(manifest->files.begin(), manifest->files.end(), [&](const auto &listed) {
               return listed.name == file.name && listed.sha256 == sha256Of(file.bytes);
           });
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
    return published.size() == original.size() &&
           std::equal(published.begin(), published.end(), original.begin(),
                      [](char here, char there) { return here == there || here == '*'; });
}

bool isMadeByExport(const QString &name) {
    return name == kPage || name == kChecks || name == kManifest || name == kManifestSignature;
}

Result<RunExport> planRun(const CampaignRecord &record, const RunPlace &place, const ExportOptions &options) {
    RunExport run;
    run.id = record.summary.id;
    EvidenceManifest manifest;
    if (auto taken = takeFiles(record, options, run); !taken)
        return taken.error();
    const auto plan = planOf(record);
    run.judgement = judge(run.files, expectationOf(plan));
    const QList<PhaseSpan> spans =
        record.phaseRuns.isEmpty() ? publishedSpans(record.files) : spansOf(record.phaseRuns);
    if (auto added = addMade(kChecks, checksBytes(run.id, run.judgement, plan, spans), options, run); !added)
        return added.error();
    if (auto added = addMade(kPage, runPage({record, run, plan, spans}), options, run); !added)
        return added.error();
    sortByName(run.files);

    manifest.campaign = run.id;
    manifest.toolVersion = QStringLiteral(SLIPWAY_VERSION);
    manifest.rulesVersion = run.judgement.rulesVersion;
    manifest.previous = previousOf(run.id, place);
    manifest.servers = serversOf(run.files);
    manifest.runs = runsOf(record);
    manifest.masked = run.masked;
    manifest.absent = run.absent;
    for (const EvidenceFile &file : run.files)
        manifest.files.append({file.name, file.bytes.size(), sha256Of(file.bytes)});
    if (auto added = addMade(kManifest, manifestBytes(manifest), options, run); !added)
        return added.error();
    if (auto allowed = refuseStrangers(run, place); !allowed)
        return allowed.error();
    if (auto fits = checkSize(run, options.sizeLimit); !fits)
        return fits.error();
    warnOfVerdict(record, run);
    keepSignature(place, run);
    run.changes = changesIn(QStringLiteral("runs/") + run.id, place.files, run.files, options.withDiffs);
    return run;
}

} // namespace slipway
