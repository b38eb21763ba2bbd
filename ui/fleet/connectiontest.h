// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/inventory.h"

#include <QObject>

namespace slipway {

class HostListModel;

/// Asks hosts of a fleet whether they can be reached and take their roles, one test at a time, and shows in
/// the list of hosts what each answered. GUI thread.
class ConnectionTest : public QObject {
    Q_OBJECT
public:
    ConnectionTest(Inventory &inventory, HostListModel &model, QObject *parent);
    ~ConnectionTest() override;

    [[nodiscard]] bool isRunning() const { return m_check != 0; }
    /// `hosts`: only these; empty for all.
    void start(const Fleet &fleet, const QStringList &hosts);
    void stop();

Q_SIGNALS:
    void runningChanged(bool running);
    void progressed(const QString &text); ///< empty: it is over
    void hostAnswered(const QString &host);

private:
    void take(const HostHealth &health);

    Inventory &m_inventory;
    HostListModel &m_model;
    int m_check = 0; ///< 0: none goes on
    qsizetype m_asked = 0;
    qsizetype m_answered = 0;
};

} // namespace slipway
