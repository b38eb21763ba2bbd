// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchchoice.h"

#include <QObject>

#include <functional>

namespace slipway {

class CampaignController;
class CampaignQueries;
class LaunchInputs;

/// The one way from a choice to a campaign: looks up what the choice names, and hands the whole to the
/// controller. What can be refused without the fleet is, before a sandbox is brought up. Lives on the owner's
/// thread; answers come there.
class CampaignLauncher final : public QObject {
    Q_OBJECT
public:
    CampaignLauncher(const CampaignQueries &queries, LaunchInputs &inputs, CampaignController &campaigns)
        : m_queries(queries), m_inputs(inputs), m_campaigns(campaigns) {}

    using Done = std::function<void(Result<void>)>;
    /// Refused as CampaignController::launch(), and when something that is named cannot be read.
    void launch(const LaunchChoice &choice, const Done &done);
    void cancel(); ///< what has not reached the controller answers with Cancelled

Q_SIGNALS:
    void fleetOpened(); ///< its hosts are made ready now

private:
    [[nodiscard]] bool isCancelled(int launch, const Done &done) const; ///< then it has answered
    void checkId(int launch, const LaunchChoice &choice, const Done &done, const std::function<void()> &then);

    const CampaignQueries &m_queries;
    LaunchInputs &m_inputs;
    CampaignController &m_campaigns;
    int m_launch = 0; ///< counted up by each, and by cancel()
};

} // namespace slipway
