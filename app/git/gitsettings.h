// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace slipway {

/// What counts of a person's git settings when Slipway publishes: those that authenticate, name the person,
/// sign, or say how a repository is reached. All others (of push, merge, rebase, core, filter, alias …) could
/// change what is pushed or what git says, and are not passed on. A plain value.
struct GitSettings {
    QList<std::pair<QString, QString>> kept; ///< name and value, in git's order; a name may come repeatedly
    QString hooks;      ///< the folder of the person's hooks, absolute; empty: they have none
    QString globalFile; ///< stands in for the person's own file; empty: there is nothing to say in one

    /// The last value of a name (section and variable in lower case); empty when it has none.
    [[nodiscard]] QString value(const QString &name) const;
    [[nodiscard]] QStringList values(const QString &name) const;
};

/// Whether a setting counts: `name` as `git config --list` prints it.
[[nodiscard]] bool isSettingKept(const QString &name);

/// Reads what `git config --list -z` printed; each name, also of settings that do not count.
/// Unsupported: more than 2,000 settings.
[[nodiscard]] Result<QList<std::pair<QString, QString>>> parseGitSettings(const QByteArray &list);

} // namespace slipway
