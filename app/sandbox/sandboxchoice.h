// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

namespace slipway {

/// The server under test that a person chose for a sandbox. It outlives the sandbox, so that no later command
/// puts another server in its place unasked. A plain value.
struct SandboxChoice {
    QString server;   ///< absolute path; empty: the reference node next to this program, whichever it is
    bool lie = false; ///< it acknowledges writes that it then loses

    friend bool operator==(const SandboxChoice &, const SandboxChoice &) = default;
};

/// The reference node when nothing was chosen; an error when the file cannot be read, which is not the same.
Result<SandboxChoice> readSandboxChoice(const QString &path);
/// The reference node needs no file.
Result<void> writeSandboxChoice(const QString &path, const SandboxChoice &choice);

} // namespace slipway
