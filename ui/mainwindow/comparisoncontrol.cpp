// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/comparisoncontrol.h"

#include "app/session/comparisonrunner.h"
#include "models/core/whilealive.h"
#include "ui/campaign/comparetab.h"

#include <utility>

namespace slipway {

ComparisonControl::ComparisonControl(ComparisonRunner &runner, CompareTab &tab, QObject *parent)
    : QObject(parent), m_runner(runner), m_tab(tab) {
    connect(&m_tab, &CompareTab::requested, this, &ComparisonControl::compare);
}

void ComparisonControl::setCampaign(const QString &id, const QList<CampaignEntry> &entries) {
    const bool same = id == std::exchange(m_id, id);
    const QString green = lastGreen(entries, id);
    QStringList others;
    for (const CampaignEntry &entry : entries) {
        if (entry.summary.id != id)
            others << entry.summary.id;
    }
    m_tab.setOthers(others, green == id ? QString() : green, same);
}

void ComparisonControl::compare() {
    const QString other = m_tab.other();
    if (other.isEmpty()) {
        m_tab.say(tr("No campaign has passed yet that this one could be compared with. Choose any other."));
        return;
    }
    m_tab.say(tr("Comparing with %1 …").arg(other));
    m_runner.compare(m_id, other,
                     whileAlive(this, [this, id = m_id, other](const Result<Comparison> &comparison) {
                         if (id != m_id || other != m_tab.other())
                             return;
                         if (comparison)
                             m_tab.setComparison(*comparison);
                         else
                             m_tab.say(comparison.error().text);
                     }));
}

} // namespace slipway
