// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/fleet/host.h"

#include <QList>
#include <QMap>

namespace slipway {

/// The name under which the fleet of this machine is opened; no other may have it.
inline const QString kSandboxFleet = QStringLiteral("sandbox");

/// Named hosts with roles, and the protocol parameters that hold for this fleet only (the sandbox's node has
/// fewer MCP tools than the real server, for one). A plain value.
struct Fleet {
    QString name;
    QList<Host> hosts;
    QMap<QString, QString> parameters;

    [[nodiscard]] const Host *find(const QString &hostName) const;
    [[nodiscard]] QList<Host> withRole(HostRole role) const;

    friend bool operator==(const Fleet &, const Fleet &) = default;
};

/// Reads a fleet file (format: models/fleet/README.md). Refuses unknown keys, doubled or empty names, bad
/// ports and addresses; the error names `what` and the field.
Result<Fleet> parseFleet(const QByteArray &json, const QString &what);
[[nodiscard]] QByteArray fleetToJson(const Fleet &fleet);

} // namespace slipway
