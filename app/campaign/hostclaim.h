// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/hostlock.h"
#include "app/hosts/fanout.h"

#include <QMap>
#include <QTimer>

namespace slipway {

/// A campaign's hold on its hosts: all of them or none, said anew every 20 s while it lasts. Destroying it
/// leaves it as it is, for whoever takes the campaign up. Lives on the links' thread.
class HostClaim : public QObject {
    Q_OBJECT
public:
    HostClaim(HostLinks &links, QList<Host> hosts, HostOwner owner, QObject *parent);

    /// settled() follows. `takeOver`: from campaigns that nobody leads any more, ending what they left.
    void take(bool takeOver);
    void release(); ///< released() follows
    /// Of a refusal: all that is in the way was left by campaigns that nobody leads.
    [[nodiscard]] bool isAbandoned() const { return m_isAbandoned; }

Q_SIGNALS:
    /// The error names the first host that another campaign has, and that. Hosts that were not reached refuse
    /// nothing, and are not held.
    void settled(const slipway::Result<void> &result);
    void released();
    void lost(const slipway::Error &error); ///< another took a host meanwhile

private:
    void ask(const QList<Host> &hosts);
    void read(const HostAnswer &answer);
    void settle();
    void end(const Result<void> &result);

    enum class Stage { Idle, First, Others, Freeing, Held, Renewing, Releasing };

    QList<Host> m_hosts;
    HostOwner m_owner;
    const HostLinks &m_links;
    FanOut m_fanOut;
    Stage m_stage = Stage::Idle;
    bool m_takeOver = false;
    int m_takeOvers = 0; ///< tried on the hosts of this stage
    bool m_isAbandoned = false;
    QMap<QString, HostHold> m_held; ///< by others
    QMap<QString, QString> m_from;  ///< tokens to take from, by host
    QStringList m_taken;            ///< anew, by this object
    QTimer m_renewal;
};

} // namespace slipway
