// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/importer/pagesreader.h"
#include "models/evidence/judgeevidence.h"

namespace slipway {

/// The judgement of a published folder that lies at `path` and whose campaign is `id`. The run before it is
/// looked for next to it.
[[nodiscard]] Judgement judgeFolder(const QString &path, const QString &id, const QList<EvidenceFile> &files);
/// The same of a folder in `runsPath`.
[[nodiscard]] Judgement judgeFolder(const QString &runsPath, const PagesFolder &folder,
                                    const QList<EvidenceFile> &files);

} // namespace slipway
