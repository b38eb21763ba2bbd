// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

#include <QByteArray>

namespace slipway {

/// `badge.svg` of a run: "ship gate: proven ≥ 0.9957", or the verdict's word, in one line of SVG that needs
/// no font, script or style from anywhere. Green for PROVEN alone. Pure: the same judgement gives the same
/// bytes.
[[nodiscard]] QByteArray runBadge(const Judgement &judgement);
/// What it says, without the words before the colon: "proven ≥ 0.9957", "no evidence".
[[nodiscard]] QString badgeText(const Judgement &judgement);
/// Markdown that shows the badge of a run and leads to its page, from the root of the site.
[[nodiscard]] QString badgeMarkdown(const QString &id, const Judgement &judgement);

} // namespace slipway
