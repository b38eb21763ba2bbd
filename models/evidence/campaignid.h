// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace slipway {

/// Why a campaign cannot be called so, as the end of a sentence ("… is a name that Windows keeps for a
/// device"); empty when it can. An id is the name of a folder of the site and of a clone of it, and a word of
/// a command line: 1 to 64 of [A-Za-z0-9._-], beginning with a letter or digit, and none that a site, a file
/// system or git means something else by.
[[nodiscard]] QString campaignIdProblem(const QString &id);

/// The id of a folder that is taken in: its name where that is one, else one made of it, always the same.
/// `isTaken`: another folder next to it has the name, but for upper and lower case.
[[nodiscard]] QString campaignIdOf(const QByteArray &name, bool isTaken = false);

/// Whether a folder of that id may hold the campaign that calls itself `name`: the same, or named after it.
[[nodiscard]] bool isIdOf(const QString &id, const QString &name);

} // namespace slipway
