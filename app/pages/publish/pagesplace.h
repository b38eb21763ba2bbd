// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/importer/pagesreader.h"
#include "app/pages/write/runexport.h"

#include <QMap>
#include <QStringList>

namespace slipway {

class ArchiveThread;

/// What a tree holds of each run, and what it will hold once the planned ones are written. Reads the tree;
/// one thread.
class PagesPlace {
public:
    PagesPlace(QString runsPath, const QList<PagesFolder> &folders);

    [[nodiscard]] RunPlace of(const QString &id) const;
    void note(const RunExport &run); ///< is planned

private:
    void add(const QString &id);
    [[nodiscard]] std::optional<PreviousRun> previousOf(const QString &id) const;

    QString m_runsPath;
    QMap<QString, QStringList> m_series; ///< in version order
    QMap<QString, QString> m_evidence;   ///< evidenceHash() of the planned ones
};

/// Refuses (AlreadyExists) what would write over somebody else's file: bytes that no revision in the archive
/// has, a correction say. Where `options` allow it, the run's warnings name the file instead.
Result<void> spareOthers(const RunPlace &place, const ExportOptions &options, ArchiveThread &archive,
                         RunExport &run);
} // namespace slipway
