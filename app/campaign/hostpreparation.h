// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/hostcheck.h"
#include "app/campaign/hostclaim.h"

namespace slipway {

/// What comes before a campaign's first phase: its hosts are taken for it, then asked whether they can be
/// used. Lives on the campaign's thread.
class HostPreparation : public QObject {
    Q_OBJECT
public:
    struct Options {
        bool check = true; ///< ask for what the plan needs; not of a campaign that is resumed
        bool despiteProblems = false;
        bool takeOver = false; ///< from campaigns that nobody leads any more
    };

    HostPreparation(HostLinks &links, const CampaignPlan &plan, QObject *parent);

    void begin(const Options &options); ///< settled() follows
    void giveUp();                      ///< while at it: settled() follows, with nothing held
    [[nodiscard]] bool canTakeOver() const { return m_claim.isAbandoned(); } ///< of a refusal
    void release(); ///< the hosts are nobody's again; released() follows

Q_SIGNALS:
    /// With an error nothing is held: what another campaign has, or what keeps hosts from being used. A host
    /// that was not reached is only reported; its phases will say so.
    void settled(const slipway::Result<void> &result);
    void released();
    void problemFound(const slipway::Error &error); ///< a person has to know; it ends nothing

private:
    void check();
    void endCheck();

    const CampaignPlan &m_plan;
    QList<Host> m_hosts;
    HostClaim m_claim;
    FanOut m_fanOut;
    Options m_options;
    std::optional<Error> m_refusal;
    QList<HostHealth> m_healths;
    QStringList m_unreached;
};

} // namespace slipway
