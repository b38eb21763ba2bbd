// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/pages/publish/pagesexport.h"

#include <QMap>
#include <QTemporaryDir>

#include <memory>

namespace slipway::test {

using Tree = QMap<QString, QByteArray>; ///< files by their path
[[nodiscard]] Tree treeOf(const QString &root);

/// An archive, a folder to import from and a folder to export into, below a directory that goes with it.
class ExportRig {
public:
    [[nodiscard]] bool begin(); ///< all of them anew and empty

    [[nodiscard]] QString path(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)); }
    [[nodiscard]] ExportRequest request() const; ///< all campaigns, into "repo"
    /// Anew, not through a link to an earlier export's file; ends the process when it cannot be written.
    void write(const QString &name, const QByteArray &content) const;
    [[nodiscard]] QByteArray bytes(const char *name) const; ///< empty when it is not there
    [[nodiscard]] QJsonObject json(const char *name) const; ///< of a file in "repo"

    [[nodiscard]] std::unique_ptr<ArchiveThread> open() const;
    void import(const QString &id, const QList<EvidenceFile> &files) const;
    [[nodiscard]] Result<ExportCount> tryExport(const ExportRequest &request) const;
    ExportCount exported(const ExportRequest &request) const; ///< ends the process where there is none
    ExportCount exported() const { return exported(request()); }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

} // namespace slipway::test
