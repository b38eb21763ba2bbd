// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitsettings.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>

#include <optional>
#include <stop_token>

namespace slipway {

/// How a run of git ended.
struct GitAnswer {
    int exitCode = 0;
    QByteArray out;
    QString said; ///< its standard error, without credentials, colours and hints

    [[nodiscard]] bool ok() const { return exitCode == 0; }
    [[nodiscard]] QString outText() const { return QString::fromUtf8(out).trimmed(); }
};

/// The person's own `git` in one folder. Never through a shell, never asking on a terminal: it has none, so
/// that neither git nor ssh waits for an answer nobody gives. With settings: of the person's files, variables
/// (GIT_*) and attributes those count, and no others. Without: the person's, which is for asking what they
/// are. Blocks; for a thread that may wait. A stop ends git and all that it started.
class GitProgram {
public:
    GitProgram(QString folder, std::stop_token stop, std::optional<GitSettings> settings = {})
        : m_folder(std::move(folder)), m_stop(std::move(stop)), m_settings(std::move(settings)) {}

    /// The same with the person's hooks; else none is run.
    [[nodiscard]] GitProgram withHooks() const;
    /// The same with a variable in its environment.
    [[nodiscard]] GitProgram with(const QString &variable, const QString &value) const;

    /// The error says that git did not end by itself: CommandFailed (it cannot be started), Cancelled, or
    /// TimedOut after ten minutes in which it said nothing. A git that refused is an answer. Words from
    /// outside stand behind "--" or an "=" in `arguments`. `input` is what git reads.
    [[nodiscard]] Result<GitAnswer> run(const QStringList &arguments, const QByteArray &input = {}) const;

    [[nodiscard]] const QString &folder() const { return m_folder; }

private:
    QString m_folder;
    std::stop_token m_stop;
    std::optional<GitSettings> m_settings;
    QMap<QString, QString> m_variables;
    bool m_hooks = false;
};

/// Replaces user, password and token of every URL in a text by asterisks.
[[nodiscard]] QString withoutCredentials(const QString &text);

} // namespace slipway
