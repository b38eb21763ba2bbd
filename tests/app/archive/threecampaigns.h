// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace slipway::test {

/// An archive of the campaigns c1, c2 and c3, each with a row of every kind, and what another program would
/// do to it. Failures are those of the test that uses it.
class ThreeCampaigns {
protected:
    void begin();                                           ///< a new folder, with the archive in m_paths
    [[nodiscard]] Paths pathsOf(const QString &name) const; ///< of another archive in the same folder
    void add(const QString &id);
    /// The archive is sound, and holds all of these.
    void expectWhole(const QStringList &ids);
    [[nodiscard]] qint64 links() const;     ///< of the chain
    void outside(const QString &sql) const; ///< as another program would
    static QByteArray read(const QString &path);
    static void write(const QString &path, const QByteArray &bytes);

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

} // namespace slipway::test
