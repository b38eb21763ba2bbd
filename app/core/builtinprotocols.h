// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocol/protocol.h"

namespace slipway {

/// A text that travels inside the program, by its path below "resources/".
Result<QByteArray> builtInText(const QString &path);

/// A phase program as it is sent: what all of them share, then its own.
Result<QByteArray> builtInProgram(const QString &name);

/// A protocol that travels inside the program, with the hashes of its programs.
Result<Protocol> builtInProtocol(const QString &name);

/// All of them: the protocols whose claims this version knows. Read once; for any thread.
[[nodiscard]] const QList<Protocol> &builtInProtocols();

} // namespace slipway
