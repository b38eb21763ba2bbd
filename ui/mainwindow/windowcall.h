// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>

class QLocalSocket;

namespace slipway {

/// By which a process that was given a link finds the window that works on the same data directory already: a
/// socket of this user in the runtime directory. The first window of a data directory has it. Owner's thread.
class WindowCall : public QObject {
    Q_OBJECT
public:
    explicit WindowCall(QObject *parent = nullptr);

    /// Whether there is such a window, and it shows the campaign now. Waits for two seconds at most.
    [[nodiscard]] static bool reach(const QString &dataDir, const QString &campaign);
    /// False where another window has the socket, or there can be none; the window works without.
    bool listen(const QString &dataDir);

Q_SIGNALS:
    void called(const QString &campaign); ///< an id by its shape; the campaign may not be there

private:
    void take(QLocalSocket &caller);

    QLocalServer m_server;
};

} // namespace slipway
