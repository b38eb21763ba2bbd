// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/index/pagesindex.h"

#include "app/core/inparallel.h"
#include "app/importer/directory.h"
#include "app/importer/folderjudge.h"
#include "app/pages/index/runfeed.h"
#include "app/pages/write/treefile.h"
#include "app/pages/write/treewriter.h"
#include "models/campaign/versionorder.h"

#include <QDir>

#include <algorithm>
#include <iterator>

namespace slipway {

namespace {

const QString kRuns = QStringLiteral("runs");
const QStringList kIndexFiles{QStringLiteral("feed.xml"), QStringLiteral("index.html"),
                              QStringLiteral("index.json")};

// A folder's files are gone once it is an entry.
QList<RunEntry> readEntries(const QString &runsPath, const QList<PagesFolder> &folders,
                            const QMap<QString, RunEntry> &planned, const std::stop_token &stop) {
    QList<PagesFolder> others;
    std::copy_if(folders.begin(), folders.end(), std::back_inserter(others),
                 [&](const PagesFolder &folder) { return !planned.contains(folder.id); });
    QList<RunEntry> entries(others.size());
    RunEntry *const places = entries.data(); // each call fills a place of its own
    const auto readOne = [&](qsizetype i) {
        const QList<EvidenceFile> files = readFolder(runsPath, others.at(i));
        places[i] = entryOf(nameText(others.at(i).name), files, judgeFolder(runsPath, others.at(i), files));
    };
    inParallel(others.size(), readOne, stop);
    entries += planned.values();
    std::sort(entries.begin(), entries.end(),
              [](const RunEntry &a, const RunEntry &b) { return versionLess(b.id, a.id); });
    return entries;
}

Result<QList<EvidenceFile>> indexFiles(const QString &tree, const QMap<QString, RunEntry> &planned,
                                       const QList<SeriesLink> &series, const std::stop_token &stop) {
    const auto folders = foldersOf(tree);
    if (!folders)
        return folders.error();
    const QList<RunEntry> entries = readEntries(tree + QStringLiteral("/runs"), *folders, planned, stop);
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, QStringLiteral("The export was stopped; what was written stays.")};
    // Sorted, as changesIn() gives its changes.
    return QList<EvidenceFile>{{QStringLiteral("feed.xml"), runFeed(entries)},
                               {QStringLiteral("index.html"), indexPage(entries, series)},
                               {QStringLiteral("index.json"), indexJson(entries, series)}};
}

Result<QList<EvidenceFile>> presentIndex(const QString &tree) {
    QList<EvidenceFile> files;
    for (const QString &name : kIndexFiles) {
        const auto bytes = readTreeFile(tree, kRuns + QLatin1Char('/') + name);
        if (!bytes)
            return bytes.error();
        if (!bytes->isEmpty())
            files.append({name, *bytes});
    }
    return files;
}

} // namespace

Result<QList<PagesFolder>> foldersOf(const QString &tree) {
    if (!QDir(tree).exists())
        return Error{ErrorCode::NotFound,
                     QStringLiteral("There is no folder %1. Name a clone of the Pages repo.").arg(tree)};
    TRY(checkTreePath(tree, kRuns, TreeEntry::Folder));
    if (!QDir(tree + QLatin1Char('/') + kRuns).exists())
        return QList<PagesFolder>();
    return readRuns(tree + QLatin1Char('/') + kRuns);
}

Result<QStringList> spareIndex(const QString &tree, bool replaceOthers) {
    const auto present = presentIndex(tree);
    if (!present)
        return present.error();
    QStringList warnings;
    for (const EvidenceFile &file : *present) {
        if (isIndexOfOurs(file.bytes))
            continue;
        const QString path = kRuns + QLatin1Char('/') + file.name;
        if (!replaceOthers)
            return Error{ErrorCode::AlreadyExists,
                         QStringLiteral("%1 there was not written by Slipway, and the list of runs would "
                                        "replace it. Rename it in the repo, or say that yours replaces it "
                                        "(--replace).")
                             .arg(path)};
        warnings << QStringLiteral("%1 replaces what somebody else wrote there (%2 bytes).")
                        .arg(path)
                        .arg(file.bytes.size());
    }
    return warnings;
}

Result<QList<FileChange>> planIndex(const QString &tree, const QMap<QString, RunEntry> &planned,
                                    const QList<SeriesLink> &series, bool withDiffs,
                                    const std::stop_token &stop) {
    const auto files = indexFiles(tree, planned, series, stop);
    if (!files)
        return files.error();
    const auto present = presentIndex(tree);
    if (!present)
        return present.error();
    return changesIn(kRuns, *present, *files, withDiffs);
}

Result<QList<FileChange>> writeIndex(TreeWriter &writer, const QString &tree, const QList<SeriesLink> &series,
                                     const std::stop_token &stop, JudgedFiles &judged) {
    const auto files = indexFiles(tree, {}, series, stop);
    if (!files)
        return files.error();
    const auto present = presentIndex(tree);
    if (!present)
        return present.error();
    const QList<FileChange> changes = changesIn(kRuns, *present, *files);
    for (qsizetype i = 0; i < files->size(); ++i) {
        judged.insert((kRuns + QLatin1Char('/') + files->at(i).name).toUtf8(), blobIdOf(files->at(i).bytes));
        if (changes.at(i).kind == FileChange::Kind::Unchanged)
            continue;
        TRY(writer.replaceFile(files->at(i).name, files->at(i).bytes));
    }
    return changes;
}

} // namespace slipway
