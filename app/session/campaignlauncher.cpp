// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaignlauncher.h"

#include "app/archive/campaignstore.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignqueries.h"
#include "app/session/launchinputs.h"
#include "models/evidence/campaignid.h"

namespace slipway {

void CampaignLauncher::launch(const LaunchChoice &choice, const Done &done) {
    const int launch = ++m_launch;
    if (const QString problem = campaignIdProblem(choice.id); !problem.isEmpty()) {
        done(Error{ErrorCode::InvalidInput,
                   QStringLiteral("The campaign id \"%1\" %2.").arg(choice.id, problem)});
        return;
    }
    m_inputs.readPrograms(choice, [=, this](const Result<LaunchPrograms> &programs) {
        if (!programs) {
            done(programs.error());
            return;
        }
        checkId(launch, choice, done, [=, this, programs = *programs] {
            m_inputs.openFleet(choice.fleet, [=, this](const Result<Fleet> &fleet) {
                if (isCancelled(launch, done))
                    return;
                if (fleet)
                    Q_EMIT fleetOpened();
                const auto request = fleet ? launchRequest(choice, programs, *fleet) : fleet.error();
                if (request)
                    m_campaigns.launch(*request, done);
                else
                    done(request.error());
            });
        });
    });
}

// A taken id is reported before a sandbox is brought up for nothing.
void CampaignLauncher::checkId(int launch, const LaunchChoice &choice, const Done &done,
                               const std::function<void()> &then) {
    m_queries.load(choice.id, [=, this, id = choice.id](const Result<CampaignRecord> &record) {
        if (isCancelled(launch, done))
            return;
        if (record)
            done(idIsTaken(id));
        else if (record.error().code != ErrorCode::NotFound)
            done(record.error());
        else
            then();
    });
}

bool CampaignLauncher::isCancelled(int launch, const Done &done) const {
    if (launch == m_launch)
        return false;
    done(
        Error{ErrorCode::Cancelled, QStringLiteral("The launch was stopped before anything ran on a host.")});
    return true;
}

void CampaignLauncher::cancel() {
    ++m_launch;
}

} // namespace slipway
