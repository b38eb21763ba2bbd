// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/chartfeed.h"

#include "app/session/campaignqueries.h"
#include "ui/campaign/campaignpage.h"
#include "ui/charts/chartpanel.h"

#include <QPointer>

namespace slipway {

void feedCharts(const CampaignQueries &queries, CampaignPage &page) {
    QObject::connect(&page.charts(), &ChartPanel::traceRequested, &page,
                     [&queries, &page](const QString &fault, int cycle) {
                         const QString id = page.campaignId();
                         queries.loadTrace(
                             id, fault, cycle,
                             [shown = QPointer<CampaignPage>(&page), id](const Result<CycleTrace> &trace) {
                                 if (!shown || shown->campaignId() != id)
                                     return;
                                 if (trace)
                                     shown->charts().setTrace(*trace);
                                 else
                                     shown->charts().setProblem(trace.error());
                             });
                     });
    QObject::connect(&page.charts(), &ChartPanel::settlingRequested, &page, [&queries, &page] {
        const QString id = page.campaignId();
        queries.loadSettling(id,
                             [shown = QPointer<CampaignPage>(&page), id](const Result<Settling> &settling) {
                                 if (!shown || shown->campaignId() != id)
                                     return;
                                 if (settling)
                                     shown->charts().setSettling(*settling);
                                 else
                                     shown->charts().setProblem(settling.error());
                             });
    });
}

} // namespace slipway
