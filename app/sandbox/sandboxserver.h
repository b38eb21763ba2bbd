// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QJsonObject>
#include <QString>

namespace slipway {

/// The server under test as the hosts of a sandbox have it. A plain value.
struct SandboxServer {
    QString source; ///< where it was copied from
    qint64 size = 0;
    qint64 modifiedMs = 0; ///< of the source, milliseconds since 1970
    bool lie = false;      ///< started with AI_MEMORY_REFERENCE_LIE=1
    QString version;       ///< its first line for --version; empty when it printed none
    int mcpTools = -1;     ///< tools it offers over MCP; -1 when it did not answer

    friend bool operator==(const SandboxServer &, const SandboxServer &) = default;
};

[[nodiscard]] QJsonObject serverToJson(const SandboxServer &server);
[[nodiscard]] SandboxServer serverFromJson(const QJsonObject &object);

/// Puts `source` at `folder`/ai-memory, unless `installed` says that it is there already, and asks it for its
/// version and its MCP tools. Running nodes keep the old program. Refused when --version fails, with the
/// program's last words. Blocks, up to about 20 s with a server that does not answer.
Result<SandboxServer> installServer(const QString &folder, const QString &source, bool lie,
                                    const SandboxServer &installed);

} // namespace slipway
