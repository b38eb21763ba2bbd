// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/remotecommand.h"
#include "models/fleet/host.h"

#include <QObject>

namespace slipway {

/// One SSH connection to one host. Lives on its creator's thread; the connection behind it lives on a thread
/// of its own. A shell that is Lost or Failed can be opened again: each open() is a new connection.
class RemoteShell : public QObject {
    Q_OBJECT
public:
    enum class State {
        Closed,
        Connecting,
        Open,
        Lost,   ///< broke after it was open; opening again makes sense
        Failed, ///< never opened, or refused; see error()
    };
    Q_ENUM(State)

    using QObject::QObject;

    [[nodiscard]] virtual const Host &host() const = 0;
    [[nodiscard]] virtual State state() const = 0;
    [[nodiscard]] virtual Error error() const = 0; ///< why it is Lost or Failed

    virtual void open() = 0;
    virtual void close() = 0;

    /// Starts `commandLine` (fixed words of [A-Za-z0-9._/-] and blanks; data goes over its standard input).
    /// Valid while Open; otherwise the command finishes with FailedToStart. `timeoutMs` 0 means no deadline.
    [[nodiscard]] virtual RemoteCommand *start(const QByteArray &commandLine, int timeoutMs) = 0;

Q_SIGNALS:
    void stateChanged(slipway::RemoteShell::State state);
};

} // namespace slipway
