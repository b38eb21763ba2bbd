// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/hostcheck.h"

#include <QMap>

namespace slipway {

/// One check of a fleet: all hosts at the same time, from the first connection to the last answer. Lives on
/// one thread; destroying it gives up.
class FleetCheck : public QObject {
    Q_OBJECT
public:
    FleetCheck(Fleet fleet, QMap<QString, HostNeeds> needs, ShellFactory factory);

    void start();

Q_SIGNALS:
    void checked(const slipway::HostHealth &health); ///< of one host by itself
    /// All, in the fleet's order, and compared with one another.
    void finished(const QList<slipway::HostHealth> &hosts);

private:
    void take(const HostAnswer &answer);

    Fleet m_fleet;
    QMap<QString, HostNeeds> m_needs;
    HostLinks m_links;
    FanOut m_fanOut;
    QMap<QString, HostHealth> m_hosts;
};

} // namespace slipway
