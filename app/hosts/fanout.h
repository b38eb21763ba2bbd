// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/hosts/hostlinks.h"

#include <QDateTime>
#include <QObject>

#include <functional>
#include <optional>

namespace slipway {

/// What one host answered to a program.
struct HostAnswer {
    QString host;
    std::optional<Error> error; ///< it was not reached, or nothing of what it said is the program's
    int exitCode = -1;
    QByteArray out; ///< what the program printed; 1 MiB at most, together with err
    QByteArray err;
    QDateTime asked;    ///< when the program was sent
    qint64 firstMs = 0; ///< until the first of the answer was here
};

/// One program, a shell's, on many hosts at the same time: each answer is reported when it comes, so that a
/// slow host holds up nobody. Connections stay open in `links`. Lives on the links' thread.
class FanOut : public QObject {
    Q_OBJECT
public:
    explicit FanOut(HostLinks &links, QObject *parent = nullptr);

    /// `program` goes to the standard input of `sh`. `timeoutMs` counts from when a host is connected.
    void run(const QList<Host> &hosts, const QByteArray &program, int timeoutMs);

Q_SIGNALS:
    void answered(const slipway::HostAnswer &answer);
    void finished(); ///< every host has answered

private:
    void ask(RemoteShell &shell, const QByteArray &program, int timeoutMs);
    void take(const HostAnswer &answer);

    HostLinks &m_links;
    qsizetype m_waiting = 0;
};

} // namespace slipway
