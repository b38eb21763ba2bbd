// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

class QCommandLineParser;

namespace slipway::cli {

/// What --junit, --summary and --annotations ask for: a judged campaign as a CI system reads it. Secrets are
/// masked, as in what is published. A plain value.
class CiReport {
public:
    /// The error says that an option is wrong, or that a file could not be written: it is tried before
    /// anything begins.
    static Result<CiReport> fromOptions(const QCommandLineParser &parser);

    /// Writes the files (JUnit as a whole, the summary behind what stands there, as GitHub's steps do), and
    /// the annotations to standard error. The error names what could not be written.
    [[nodiscard]] Result<void> write(const CampaignRecord &record) const;

private:
    QString m_junit;
    QString m_summary;
    bool m_annotations = false;
};

} // namespace slipway::cli
