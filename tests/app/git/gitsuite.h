// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitpublisher.h"
#include "tests/app/git/testgit.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>

namespace slipway::test {

/// What tests of publishing through git share: a bare repository for each test, a publisher and its git's
/// settings.
class GitSuite : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

protected:
    [[nodiscard]] GitPublisher publisher() const { return GitPublisher(m_git->path(QStringLiteral("data"))); }
    /// Writes runs/ID/a.json, and a list of the runs that is rebuilt after a race.
    [[nodiscard]] static Publication run(const QString &id, const QString &repo);
    [[nodiscard]] PublishReport publish(const QString &id, const QString &repo = {}) const;
    [[nodiscard]] PublishReport publishTo(const QString &branch, const QString &repo) const;
    [[nodiscard]] PublishReport publishLines() const; ///< a file whose lines end with CR LF

    [[nodiscard]] QByteArray published(const QString &name) const; ///< what the branch has; empty: nothing
    [[nodiscard]] QByteArray tip() const;
    void append(const QByteArray &settings, bool appends = true); ///< to the person's own

    /// A hook of ours pushes another's commit just before our push, by `script` in the checkout `other`.
    void race(const QString &other, const QByteArray &script, bool once);
    void raceOnce(const QString &other, const QString &name, const QByteArray &bytes);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<TestGit> m_git;
    QByteArray m_settings;
};

} // namespace slipway::test
