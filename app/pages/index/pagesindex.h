// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/judgedfiles.h"
#include "app/importer/pagesreader.h"
#include "app/pages/index/indexpage.h"
#include "app/pages/write/filechange.h"
#include "app/pages/write/runentry.h"

#include <QMap>
#include <QStringList>

#include <stop_token>

namespace slipway {

class TreeWriter;

/// The folders of runs in a tree. The error: there is no such tree, or something else than a folder is where
/// they belong.
Result<QList<PagesFolder>> foldersOf(const QString &tree);

/// Refuses (AlreadyExists) what would write over a list of runs that somebody else made, a site's own say.
/// Where that is allowed: what to warn of.
Result<QStringList> spareIndex(const QString &tree, bool replaceOthers);

/// What the list of runs would change, read from the folders and from those that are only planned. `series`:
/// the reports that it names.
Result<QList<FileChange>> planIndex(const QString &tree, const QMap<QString, RunEntry> &planned,
                                    const QList<SeriesLink> &series, bool withDiffs,
                                    const std::stop_token &stop);
/// Writes it where it differs; `judged` gets its files.
Result<QList<FileChange>> writeIndex(TreeWriter &writer, const QString &tree, const QList<SeriesLink> &series,
                                     const std::stop_token &stop, JudgedFiles &judged);

} // namespace slipway
