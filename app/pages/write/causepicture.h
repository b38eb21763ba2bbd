// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runpage.h"
#include "models/cycles/cycleline.h"

namespace slipway {

/// The picture that shows why: writes by node against the threshold, cycles by fault class, the bound as it
/// grew, or the reports that there should be. `check` decided the verdict; null for a PROVEN.
void writeCausePicture(HtmlWriter &html, const RunPageContent &content, const Check *check);

/// Each fault class with a strip of its cycles; nothing without any.
void writeCycleStrips(HtmlWriter &html, const RunPageContent &content, const QString &id);

[[nodiscard]] QString cycleAnchor(const Cycle &cycle); ///< of its row: "kill_primary_mid_write.12"

/// The number that a text says, "≥ 0.995" or "166 of 200"; nothing where it says none.
[[nodiscard]] std::optional<double> numberIn(const QString &text);

} // namespace slipway
