// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/manifest.h"

namespace slipway {

/// Added to a campaign's evidence once an archive lost some of it: what was lost. It is evidence itself, is
/// kept, published and imported like every other file, and makes every judgement of the campaign invalid.
inline const QString kRecoveryFindings = QStringLiteral("recovery-findings.json");

[[nodiscard]] QByteArray recoveryFindingsBytes(const QList<Finding> &findings);
/// Those of the file, where there is one. A file that cannot be read is a finding, too.
[[nodiscard]] QList<Finding> recoveryFindingsIn(const QList<EvidenceFile> &files);

} // namespace slipway
