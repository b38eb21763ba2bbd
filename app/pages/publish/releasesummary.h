// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

#include <functional>

namespace slipway {

struct ReleaseRequest {
    QString version;             ///< "v0.6.3", "v0.6.3.1-rc1"
    bool acceptUnproven = false; ///< a person said yes to an UNPROVEN PASS
    QString acceptedRef{};    ///< the campaign's ref, where a person said that it is this release's; of one
                              ///< without a ref, the ref that a person said it has
    QString acceptedServer{}; ///< the server's version, likewise
};

/// Where a Pages repo keeps a release's summary.
[[nodiscard]] QString releaseFile(const QString &version);
inline const QString kReleaseSchema = QStringLiteral("releases/schema.json");

struct ReleaseText {
    QByteArray bytes;
    QStringList replaced; ///< "wall_seconds: 840, now 872": what somebody had written otherwise
};

/// releases/<version>/summary.json: `existing` (may be empty) with what the campaign shows. Keys that Slipway
/// does not know stay byte for byte, and so does what people wrote of the same campaign: notes, names and
/// headline, and durations where Slipway did not run it and only infers them. Refused: a verdict that is not
/// PROVEN, an UNPROVEN PASS without a yes, a campaign whose duration nothing tells, a summary that `schema`
/// does not allow; a campaign of another ref or server, unless a person named it; one that asks for less than
/// its protocol's claim. `record` has the judgement and the files of the published folder; `isPublished`
/// tells whether the repo holds a file, and what it does not hold is not linked to. Pure.
Result<ReleaseText> releaseSummary(const CampaignRecord &record, const ReleaseRequest &request,
                                   const QByteArray &existing, const QByteArray &schema,
                                   const std::function<bool(const QString &path)> &isPublished);

} // namespace slipway
