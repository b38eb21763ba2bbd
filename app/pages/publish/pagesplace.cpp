// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/pagesplace.h"

#include "app/archive/archivethread.h"
#include "app/archive/evidencestore.h"
#include "app/importer/directory.h"
#include "app/pages/write/runpage.h"
#include "models/campaign/versionorder.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kManifestLimit = 64LL * 1024 * 1024;

} // namespace

PagesPlace::PagesPlace(QString runsPath, const QList<PagesFolder> &folders)
    : m_runsPath(std::move(runsPath)) {
    for (const PagesFolder &folder : folders)
        add(QString::fromUtf8(folder.name));
}

RunPlace PagesPlace::of(const QString &id) const {
    RunPlace place;
    if (m_series.value(seriesOf(id)).contains(id))
        place.files = readFolder(m_runsPath, {id.toUtf8(), id, 0});
    place.previous = previousOf(id);
    return place;
}

void PagesPlace::note(const RunExport &run) {
    if (!m_series.value(seriesOf(run.id)).contains(run.id))
        add(run.id);
    for (const EvidenceFile &file : run.files) {
        if (file.name != kManifest)
            continue;
        if (const auto manifest = readManifest(file.bytes))
            m_evidence.insert(run.id, manifest->evidenceSha256);
    }
}

void PagesPlace::add(const QString &id) {
    QStringList &series = m_series[seriesOf(id)];
    series.insert(std::lower_bound(series.begin(), series.end(), id, versionLess), id);
}

std::optional<PreviousRun> PagesPlace::previousOf(const QString &id) const {
    const QStringList series = m_series.value(seriesOf(id));
    for (auto it = std::lower_bound(series.begin(), series.end(), id, versionLess); it != series.begin();) {
        --it;
        if (m_evidence.contains(*it))
            return PreviousRun{*it, m_evidence.value(*it)};
        const auto runs = Directory::open(m_runsPath);
        const auto folder = runs ? runs->enter(it->toUtf8()) : runs.error();
        const auto bytes = folder ? folder->read(kManifest.toUtf8(), kManifestLimit) : folder.error();
        const auto manifest = bytes ? readManifest(*bytes) : bytes.error();
        if (manifest && !manifest->evidenceSha256.isEmpty())
            return PreviousRun{*it, manifest->evidenceSha256};
    }
    return std::nullopt;
}

Result<void> spareOthers(const RunPlace &place, const ExportOptions &options, ArchiveThread &archive,
                         RunExport &run) {
    for (const EvidenceFile &file : place.replacedBy(run.files)) {
        const auto revisions = archive.call<QList<QByteArray>>([&](Archive &opened) {
            return EvidenceStore(opened).loadRevisions(run.id, run.renamed.value(file.name, file.name));
        });
        if (!revisions)
            return revisions.error();
        const bool isOurs = file.problem.isEmpty() &&
                            std::any_of(revisions->begin(), revisions->end(), [&](const QByteArray &one) {
                                return isPublishedFrom(file.bytes, one);
                            });
        const QString path = QStringLiteral("runs/%1/%2").arg(run.id, file.name);
        if (!isOurs && !file.problem.isEmpty())
            return Error{
                ErrorCode::AlreadyExists,
                QStringLiteral("%1 there cannot be read: %2. It is not replaced: rename or remove it "
                               "in the repo, then export again.")
                    .arg(path, file.problem)};
        if (!isOurs && !options.replaceOthers)
            return Error{ErrorCode::AlreadyExists,
                         QStringLiteral("%1 there is not what the archive has or ever had: somebody else "
                                        "wrote it. Import it first (slipwayctl import), or say that yours "
                                        "replaces it (--replace).")
                             .arg(path)};
        if (!isOurs)
            run.warnings << QStringLiteral("%1 replaces what somebody else wrote there (%2 bytes).")
                                .arg(path)
                                .arg(file.bytes.size());
    }
    if (findFile(place.files, kPage) && !findFile(place.files, kManifest))
        run.warnings
            << QStringLiteral("runs/%1/%2 replaces a page that Slipway did not write.").arg(run.id, kPage);
    return {};
}

} // namespace slipway
