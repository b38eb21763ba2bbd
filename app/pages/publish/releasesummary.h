// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/publish/releaserequest.h"

#include <functional>

namespace slipway {

/// Where a Pages repo keeps a release's summary.
[[nodiscard]] QString releaseFile(const QString &version);
inline const QString kReleaseSchema = QStringLiteral("releases/schema.json");

struct ReleaseText {
    QByteArray bytes;
    QStringList replaced; ///< "wall_seconds: 840, now 872": what somebody had written otherwise
};

/// releases/<version>/summary.json: `existing` (may be empty) with what the campaign shows. Keys that Slipway
/// does not know stay byte for byte, and so does what people wrote of the same campaign: notes, names and
/// headline, and durations where Slipway did not run it and only infers them. Refused: what
/// checkRelease() refuses, a campaign whose duration is not known, a summary that `schema` does not allow.
/// `record` has the judgement and the files of the published folder; `isPublished` says whether the repo
/// holds a file, and what it does not hold is not linked to. Pure.
Result<ReleaseText> releaseSummary(const CampaignRecord &record, const ReleaseRequest &request,
                                   const QByteArray &existing, const QByteArray &schema,
                                   const std::function<bool(const QString &path)> &isPublished);

} // namespace slipway
