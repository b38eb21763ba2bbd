// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/chartfeed.h"

#include "app/session/campaignqueries.h"
#include "models/core/whilealive.h"
#include "ui/campaign/campaignpage.h"
#include "ui/charts/chartpanel.h"

namespace slipway {

void feedCharts(const CampaignQueries &queries, CampaignPage &page) {
    QObject::connect(&page.charts(), &ChartPanel::traceRequested, &page,
                     [&queries, &page](const QString &fault, int cycle) {
                         const QString id = page.campaignId();
                         queries.loadTrace(id, fault, cycle,
                                           whileAlive(&page, [&page, id](const Result<CycleTrace> &trace) {
                                               if (page.campaignId() != id)
                                                   return;
                                               if (trace)
                                                   page.charts().setTrace(*trace);
                                               else
                                                   page.charts().setProblem(trace.error());
                                           }));
                     });
    QObject::connect(&page.charts(), &ChartPanel::settlingRequested, &page, [&queries, &page] {
        const QString id = page.campaignId();
        queries.loadSettling(id, whileAlive(&page, [&page, id](const Result<Settling> &settling) {
                                 if (page.campaignId() != id)
                                     return;
                                 if (settling)
                                     page.charts().setSettling(*settling);
                                 else
                                     page.charts().setProblem(settling.error());
                             }));
    });
}

} // namespace slipway
