// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/pagesexport.h"

#include "app/archive/archivethread.h"
#include "app/archive/campaignreader.h"
#include "app/archive/changedrows.h"
#include "app/core/builtinprotocols.h"
#include "app/git/wholetree.h"
#include "app/pages/index/pagesindex.h"
#include "app/pages/publish/olderruns.h"
#include "app/pages/publish/pagesplace.h"
#include "app/pages/publish/pagessite.h"
#include "app/pages/publish/seriesexport.h"
#include "app/pages/write/signature.h"
#include "app/pages/write/treefile.h"
#include "app/pages/write/treewriter.h"
#include "models/campaign/versionorder.h"
#include "models/evidence/campaignid.h"
#include "models/evidence/filename.h"

#include <algorithm>
#include <iterator>

namespace slipway {

namespace {

// The manifest's signature: the one that is there where it is this key's, otherwise a new one.
Result<void> addSignature(const RunPlace &place, const ExportRequest &request, const QString &fingerprint,
                          RunExport &run) {
    const QByteArray manifest = fileBytes(run.files, kManifest);
    QByteArray signature = fileBytes(run.files, kManifestSignature); // kept by the plan
    if (!fingerprint.isEmpty()) {
        const auto present =
            signature.isEmpty() ? Result<SignatureCheck>(Error{}) : checkSignature(manifest, signature, {});
        if (present && present->key.endsWith(QLatin1Char(' ') + fingerprint))
            return {};
        signature.clear();
        if (!request.dryRun) {
            const auto made = signManifest(manifest, request.options.signKey);
            if (!made)
                return made.error();
            signature = *made;
        }
        run.files.removeIf([](const EvidenceFile &file) { return file.name == kManifestSignature; });
        run.files.append({kManifestSignature, signature});
        run.changes =
            changesIn(QStringLiteral("runs/") + run.id, place.files, run.files, request.options.withDiffs);
    }
    return {};
}

class Exporting {
public:
    Exporting(const ExportRequest &request, ArchiveThread &archive, const QList<PagesFolder> &folders,
              TreeWriter *writer, bool isBuiltByJekyll)
        : m_request(request), m_archive(archive), m_writer(writer), m_isBuiltByJekyll(isBuiltByJekyll),
          m_place(request.tree + QStringLiteral("/runs"), folders) {
        for (const PagesFolder &folder : folders)
            m_names.insert(nameText(folder.name).toLower(), nameText(folder.name));
    }

    void exportRun(const QString &id, const QString &fingerprint) {
        const auto done = tryRun(id, fingerprint);
        ++count.runs;
        if (!done) {
            count.failures << id + QStringLiteral(": ") + done.error().text;
            count.othersInTheWay |= done.error().code == ErrorCode::AlreadyExists;
        }
    }

    void takeChanges(const QList<FileChange> &changes) {
        for (const FileChange &change : changes) {
            if (change.kind != FileChange::Kind::Unchanged) {
                count.changes.append(change);
                continue;
            }
            ++count.unchangedFiles;
            if (m_request.options.withDiffs)
                count.unchanged.append(change);
        }
    }

    ExportCount count;
    QMap<QString, RunEntry> planned;         ///< of a dry run
    QMap<QString, PublishedRun> plannedRuns; ///< likewise, as runs of their series

private:
    Result<void> tryRun(const QString &id, const QString &fingerprint) {
        const auto record = m_archive.call<CampaignRecord>(
            [&](Archive &opened) { return CampaignReader(opened).loadEvidence(id); });
        if (!record)
            return record.error();
        if (record->summary.state == RunState::Running)
            return Error{
                ErrorCode::Unsupported,
                QStringLiteral("it has not ended; export it when it has (slipwayctl resume continues one "
                               "whose dashboard died)")};
        TRY(checkName(id));
        TRY(checkTreePath(m_request.tree, QStringLiteral("runs/") + id, TreeEntry::Folder));
        const RunPlace place = m_place.of(id);
        auto run = planRun(*record, place, builtInProtocols(), m_request.options);
        if (!run)
            return record->findings.isEmpty() ? run.error()
                                              : notAsRecorded(id, record->findings, run.error());
        if (m_request.refresh) {
            TRY(refuseOtherEvidence(place, *run));
        }
        TRY(spareOthers(place, m_request.options, m_archive, *run));
        TRY(addSignature(place, m_request, fingerprint, *run));
        if (m_writer && anyChange(run->changes)) {
            TRY(m_writer->replaceRun(id, run->files));
        }
        m_place.note(*run);
        if (!m_writer) {
            planned.insert(id, entryOf(id, run->files, run->judgement));
            plannedRuns.insert(id, publishedRunOf(id, run->files, run->judgement));
        }
        take(*run);
        return {};
    }

    // A clone on a machine that does not distinguish upper from lower case has one folder for two of them.
    Result<void> checkName(const QString &id) {
        if (const QString problem = campaignIdProblem(id); !problem.isEmpty())
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("\"%1\" %2. Its folder, imported again, gets another name.").arg(id, problem)};
        const QString other = m_names.value(id.toLower(), id);
        if (other != id)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral(
                             "\"%1\" and \"%2\", which lies there, differ by upper and lower case alone, and "
                             "are one folder on many machines. Its folder, imported together with "
                             "the other, gets another name.")
                             .arg(id, other)};
        m_names.insert(id.toLower(), id);
        return {};
    }

    void take(const RunExport &run) {
        count.changedRuns += anyChange(run.changes) ? 1 : 0;
        takeChanges(run.changes);
        count.sizes.insert(run.id, run.bytes);
        for (const EvidenceFile &file : run.files) {
            if (m_isBuiltByJekyll && isChangedByJekyll(file))
                count.warnings << QStringLiteral("%1/%2: Jekyll would change it.").arg(run.id, file.name);
            if (const auto name = nameBytes(file.name)) // they were written by it
                count.judged.insert("runs/" + run.id.toUtf8() + '/' + *name, blobIdOf(file.bytes));
        }
        for (Masked masked : run.masked) {
            masked.file = QStringLiteral("runs/%1/%2").arg(run.id, masked.file);
            count.masked.append(masked);
        }
        for (const QString &name : run.heldBack)
            count.heldBack << run.id + QLatin1Char('/') + name;
        for (const QString &warning : run.warnings)
            count.warnings << run.id + QStringLiteral(": ") + warning;
        count.judgements.insert(run.id, run.judgement);
    }

    const ExportRequest &m_request;
    ArchiveThread &m_archive;
    TreeWriter *m_writer; ///< none in a dry run
    bool m_isBuiltByJekyll;
    PagesPlace m_place;
    QMap<QString, QString> m_names; ///< of folders there, by their lower case
};

Result<QStringList> endedCampaigns(ArchiveThread &archive) {
    const auto list =
        archive.call<QList<CampaignSummary>>([](Archive &opened) { return CampaignReader(opened).list(); });
    if (!list)
        return list.error();
    QStringList ids;
    for (const CampaignSummary &summary : *list) {
        if (summary.state != RunState::Running)
            ids << summary.id;
    }
    return ids;
}

Result<QStringList> idsOf(const ExportRequest &request, const QList<PagesFolder> &folders,
                          ArchiveThread &archive, QStringList &warnings) {
    QStringList ids = request.ids;
    const bool isEvery = ids.isEmpty() && request.series.isEmpty();
    if (request.refresh || isEvery || !request.series.isEmpty()) {
        const auto ended = endedCampaigns(archive);
        if (!ended)
            return ended.error();
        if (request.refresh) {
            const auto older = olderRuns(request.tree, folders, {ended->begin(), ended->end()});
            if (!older)
                return older.error();
            ids = older->ids;
            warnings += older->warnings;
        } else {
            std::copy_if(ended->begin(), ended->end(), std::back_inserter(ids),
                         [&](const QString &id) { return isEvery || request.series.contains(seriesOf(id)); });
        }
    }
    ids.removeDuplicates();
    std::sort(ids.begin(), ids.end(), versionLess); // a run names the one before it
    return ids;
}

} // namespace

QStringList ExportCount::changedPaths() const {
    QStringList paths;
    for (const FileChange &change : changes)
        paths << change.path;
    return paths;
}

Result<ExportCount> exportPages(const ExportRequest &request, ArchiveThread &archive,
                                const std::stop_token &stop,
                                const std::function<void(const ExportProgress &)> &progress) {
    QString fingerprint;
    if (!request.options.signKey.isEmpty()) {
        const auto key = fingerprintOf(request.options.signKey);
        if (!key)
            return key.error();
        fingerprint = *key;
    }
    const auto missing = runsMissingFrom(request.tree, stop);
    if (!missing)
        return missing.error();
    std::optional<TreeWriter> writer;
    if (!request.dryRun) {
        auto opened = TreeWriter::open(request.tree);
        if (!opened)
            return opened.error();
        writer.emplace(std::move(*opened));
    }
    const auto folders = foldersOf(request.tree);
    if (!folders)
        return folders.error();
    auto warnings = spareIndex(request.tree, request.options.replaceOthers);
    if (!warnings)
        return warnings.error();
    const auto ids = idsOf(request, *folders, archive, *warnings);
    if (!ids)
        return ids.error();
    const auto site = settleSite(request.tree, writer ? &*writer : nullptr);
    if (!site)
        return site.error();
    Exporting exporting(request, archive, *folders, writer ? &*writer : nullptr, site->isBuiltByJekyll);
    for (const QString &id : *ids) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled,
                         QStringLiteral("The export was stopped; what was written stays.")};
        exporting.exportRun(id, fingerprint);
        progress({exporting.count.runs, ids->size()});
    }
    if (exporting.count.sizes.isEmpty() && !ids->isEmpty())
        return exporting.count; // nothing came out, so the list stays as it is
    const auto series =
        exportSeries({request.tree, request.series, exporting.count.sizes.keys(), exporting.plannedRuns,
                      request.options.redaction, request.options.replaceOthers, request.dryRun},
                     archive, stop);
    if (!series)
        return series.error();
    const auto index =
        writer ? writeIndex(*writer, request.tree, series->links, stop, exporting.count.judged)
               : planIndex(request.tree, exporting.planned, series->links, request.options.withDiffs, stop);
    if (!index)
        return index.error();
    exporting.takeChanges(series->changes);
    exporting.takeChanges(*index);
    exporting.takeChanges(site->changes);
    exporting.count.judged.insert(site->judged);
    exporting.count.judged.insert(series->judged);
    exporting.count.masked += series->masked;
    exporting.count.series = series->verdicts;
    exporting.count.warnings += *warnings + site->warnings + series->warnings;
    for (const QString &run : *missing)
        exporting.count.warnings
            << QStringLiteral("%1 is on the branch and not in the folder: the list of runs is without it.")
                   .arg(run);
    return exporting.count;
}

} // namespace slipway
