// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

namespace slipway {

// Markdown (CommonMark) that holds text from outside: it stands in code spans and fences alone, so that none
// of it is markup or calls anybody's name.

/// A code span of one line; a dash for an empty text.
[[nodiscard]] QString markdownCode(const QString &text);
/// A fenced block, with its line ends.
[[nodiscard]] QString markdownFence(const QString &text);
/// A check as an item of a list: expected, measured, file, bytes and the file's SHA-256; `withBytes`: and the
/// lines that it was read from.
[[nodiscard]] QString checkAsMarkdown(const CampaignRecord &record, const Check &check, bool withBytes);

} // namespace slipway
