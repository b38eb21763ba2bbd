// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

#include <QString>

namespace slipway {

/// What the head of a man page says.
struct ManHead {
    QString program; ///< "slipwayctl"
    QString version; ///< "0.1.0"
    QString date;    ///< "2026-04-22"
    QString seeAlso; ///< the other program
};

/// The man page of a program and all of its commands, as man(7) wants it. Its name section has `root`'s
/// summary.
[[nodiscard]] QString manPage(const ManHead &head, const CommandSpec &root);

} // namespace slipway
