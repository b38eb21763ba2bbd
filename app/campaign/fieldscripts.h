// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QMap>

namespace slipway {

/// The phase programs of a folder, as they exist in the field, and a key pair for one campaign with which its
/// phase 2 logs in to the peers. The private half goes to the chaos host once and is kept nowhere.
struct FieldScripts {
    QMap<int, QByteArray> programs; ///< by phase
    QByteArray loginPrivate;
    QByteArray loginPublic;
};

/// Reads DIR/phaseN*.sh for N from 1 to 4, exactly one each, 1 MiB at most, and makes the key pair with
/// ssh-keygen. Blocks: never on the GUI thread.
Result<FieldScripts> readFieldScripts(const QString &dir);

} // namespace slipway
