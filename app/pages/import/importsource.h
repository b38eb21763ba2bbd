// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <stop_token>

namespace slipway {

/// What an import reads from: a folder as it lies there, or the copy of a packed folder, a bare repository or
/// an address of one, which this owns and removes. Blocks; for a thread that may wait.
class ImportSource {
public:
    /// `place`: a path, or an address that git takes (https://…, ssh://…, git@host:path).
    static Result<ImportSource> open(const QString &place, const std::stop_token &stop);

    [[nodiscard]] const QString &path() const { return m_path; } ///< of a folder
    [[nodiscard]] const QStringList &leftOut() const {
        return m_leftOut;
    } ///< of a packed folder: links and the like

private:
    explicit ImportSource(QString path) : m_path(std::move(path)) {}

    QString m_path;
    QStringList m_leftOut;
    std::shared_ptr<QTemporaryDir> m_copy; ///< null: it is the folder itself
};

/// Whether git would take it for an address and not for a path.
[[nodiscard]] bool isGitAddress(const QString &place);

} // namespace slipway
