// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QStringList>

#include <stop_token>

namespace slipway {

/// How a run of git ended.
struct GitAnswer {
    int exitCode = 0;
    QByteArray out;
    QString said; ///< its standard error, without credentials

    [[nodiscard]] bool ok() const { return exitCode == 0; }
    [[nodiscard]] QString outText() const { return QString::fromUtf8(out).trimmed(); }
};

/// The person's own `git`, with their settings, credentials and hooks, in one folder. Never through a shell,
/// never asking on a terminal: it has none, so that neither git nor ssh waits for an answer nobody gives.
/// Blocks; for a thread that may wait. A stop ends git and all that it started.
class GitProgram {
public:
    GitProgram(QString folder, std::stop_token stop) : m_folder(std::move(folder)), m_stop(std::move(stop)) {}

    /// The error says that git did not end by itself: CommandFailed (it cannot be started), Cancelled, or
    /// TimedOut after ten minutes in which it said nothing. A git that refused is an answer. Words from
    /// outside stand behind "--" or an "=" in `arguments`.
    [[nodiscard]] Result<GitAnswer> run(const QStringList &arguments) const;

    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] const std::stop_token &stop() const { return m_stop; }

private:
    QString m_folder;
    std::stop_token m_stop;
};

/// Replaces user, password and token of every URL in a text by asterisks.
[[nodiscard]] QString withoutCredentials(const QString &text);

} // namespace slipway
