// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

#include <QByteArray>

namespace slipway::cli {

/// What a person writes, in a file of its own in the data directory's "drafts" until it is stored: it
/// outlives an editor that fails, a text that is refused and a program that is killed. The file (mode 0600)
/// stays unless discard() is called.
class KeptText {
public:
    /// A new file, `name` with a number behind it where there is one already.
    static Result<KeptText> make(const Paths &paths, const QString &name, const QString &suffix,
                                 const QByteArray &bytes);
    /// The files that earlier texts of this name were left in.
    static QStringList earlier(const Paths &paths, const QString &name);

    [[nodiscard]] const QString &path() const { return m_path; }
    void discard() const;

private:
    explicit KeptText(QString path) : m_path(std::move(path)) {}

    QString m_path;
};

} // namespace slipway::cli
