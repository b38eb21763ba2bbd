// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QStringList>

namespace slipway {

/// The files of UserKnownHostsFile or GlobalKnownHostsFile, `option`. `ssh -G` prints them with blanks
/// between and prints the blanks that they hold, so that the folders and files that are there have to show it
/// where one ends. "/dev/null" and "none" are left out. Unsupported, by the option's name, when `printed` can
/// be read in two ways: a file that is left out may be the one that revokes a key. Looks at files; any
/// thread.
Result<QStringList> splitFiles(const QString &option, const QString &printed);

} // namespace slipway
