// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"

#include <optional>

namespace slipway {

/// Who leads a campaign: what its hosts say to whoever else wants them. A plain value; texts from a host are
/// another's words.
struct HostOwner {
    QString campaign;
    QString token;   ///< the campaign's run token
    QString person;  ///< "ada@laptop"
    QString dataDir; ///< where it is archived
    QString since;   ///< UTC, by the owner's clock
    QString process; ///< "pid start-time boot-id" of the dashboard
};

/// This process as the owner of a campaign.
[[nodiscard]] HostOwner ownerHere(const CampaignPlan &plan);

/// The programs for a host (resources/remotejob/lock.sh). Taking what one has already says that one lives.
/// `from`: the token of a holder whose hold is ended, with all that its jobs left there.
[[nodiscard]] QByteArray takeProgram(const HostOwner &owner, const QString &from);
[[nodiscard]] QByteArray releaseProgram(const HostOwner &owner);

/// What a host said to takeProgram().
struct HostHold {
    bool taken = false;
    bool already = false;            ///< it was this campaign's
    std::optional<HostOwner> holder; ///< another's, when it was not taken
    qint64 quietSeconds = 0;         ///< since the holder was last heard of there
    QString failure;                 ///< why it could be neither taken nor read
};
[[nodiscard]] HostHold readHold(const QByteArray &answer);

/// Whether the holder's dashboard lives: on this machine its process, on another what was heard of it.
[[nodiscard]] bool isLed(const HostHold &hold);
/// Who has the host, since when and what to do, for a person.
[[nodiscard]] QString holdText(const QString &host, const HostHold &hold);

} // namespace slipway
