// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/overduefleets.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/campaignqueries.h"

namespace slipway {

void destroyOverdueFleets(const CampaignQueries &queries, Rentals &rentals,
                          std::function<void(const Error &)> failed) {
    queries.list([&rentals, failed = std::move(failed)](const Result<QList<CampaignSummary>> &list) {
        if (!list)
            return; // whoever shows the list says why
        QStringList ended;
        for (const CampaignSummary &summary : *list) {
            if (summary.finishedAt.isValid())
                ended << summary.id;
        }
        rentals.destroyOverdue(ended, [failed](const Result<QStringList> &names) {
            if (!names)
                failed(names.error());
        });
    });
}

} // namespace slipway
