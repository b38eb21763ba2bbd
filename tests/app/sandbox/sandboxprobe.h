// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandbox.h"

#include <QByteArray>
#include <QDir>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace slipway::test {

struct SshAnswer {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

/// Runs a command on a host with the real ssh client, which trusts the fleet's pinned key and nothing else.
/// `as` is a user of this machine who runs the client; empty: the current one.
SshAnswer ssh(const Host &host, const QString &command, const QString &as = {});

/// What is left on this machine of a sandbox in `dataDir`: processes, mounts, files and the link. Empty when
/// all is gone.
QStringList remains(const QString &dataDir, const QString &link);

/// One data directory with a sandbox, taken down in the end however the test ends.
struct Box {
    QTemporaryDir dir{QDir::tempPath() + QStringLiteral("/tst sandbox-XXXXXX")};
    Sandbox sandbox{Paths{dir.path()}};

    Box() = default;
    ~Box();
    Q_DISABLE_COPY_MOVE(Box)

    [[nodiscard]] QStringList left() const { return remains(dir.path(), sandbox.link()); }
    /// False when this machine lets nobody make them, as in a container; the hosts are on loopback then.
    [[nodiscard]] bool namespaces() const;
    /// Of each host's own process; 0 of one that is not healthy.
    [[nodiscard]] QMap<QString, qint64> pids() const;
};

[[nodiscard]] bool isRoot();
[[nodiscard]] QString slipwayctl(); ///< the program's path

} // namespace slipway::test
