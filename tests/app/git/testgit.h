// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace slipway::test {

/// Repositories for tests, with settings of their own: no test sees the person's.
class TestGit {
public:
    /// A bare repository `pages.git` in `dir` with a first commit on main, and settings that this process and
    /// its children use from now on.
    explicit TestGit(QString dir);

    [[nodiscard]] QString bare() const { return m_dir + QStringLiteral("/pages.git"); }
    [[nodiscard]] QString path(const QString &name) const { return m_dir + QLatin1Char('/') + name; }
    /// A checkout of the repository.
    QString clone(const QString &name) const;
    /// Commits a file in a checkout and pushes it.
    void pushFile(const QString &checkout, const QString &name, const QByteArray &bytes) const;

    /// Runs git; fails the process when git fails.
    QByteArray git(const QString &folder, const QStringList &arguments) const;
    /// What git prints and whether it worked.
    static bool tryGit(const QString &folder, const QStringList &arguments, QByteArray *out);

    /// A script as a hook of a repository (its .git folder or a bare one).
    static void writeHook(const QString &gitDir, const QString &name, const QByteArray &script);
    static void write(const QString &path, const QByteArray &bytes);

private:
    QString m_dir;
};

} // namespace slipway::test
