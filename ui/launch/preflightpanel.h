// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "app/session/inventory.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace slipway {

/// Asks the hosts of a plan, on a button, whether they can take their roles: reached, clock, disk, ports, the
/// server and whether all have the same one.
class PreflightPanel : public QWidget {
    Q_OBJECT
public:
    explicit PreflightPanel(Inventory &inventory, QWidget *parent = nullptr);
    ~PreflightPanel() override;

    /// Makes a fleet that is not there yet (the sandbox).
    using Opener = std::function<void(std::function<void(Result<Fleet>)> done)>;
    void setPlan(const CampaignPlan &plan,
                 const Opener &opener); ///< answers for other hosts or parameters go
    void setNoPlan(const QString &why); ///< nothing can be asked

private:
    void run();
    void ask();
    void stop();
    void take(const HostHealth &health);
    void finish(const QList<HostHealth> &hosts);

    Inventory &m_inventory;
    CampaignPlan m_given;
    CampaignPlan m_plan; ///< as given, with the fleet that the opener made
    Opener m_opener;
    QPushButton *m_button;
    QLabel *m_summary;
    QTreeWidget *m_hosts;
    int m_check = 0;   ///< 0: none goes on
    int m_opening = 0; ///< counts: an answer to an older one is ignored
    int m_answered = 0;
};

} // namespace slipway
