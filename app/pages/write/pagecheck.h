// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"
#include "models/observation/evidencefile.h"

#include <optional>

namespace slipway {

/// Whether the page of a folder says what its other files give: it is written anew from them and compared
/// byte for byte, but for the narrative, which people wrote and of which only the form is looked at (a mask's
/// asterisks match anything). Nothing where there is no page to hold to that: none, none of this version's
/// rules, or one of a folder without observations, which may have what else the archive knew.
/// `judgement` is the folder's, and what is wrong with that is reported already. Pure.
[[nodiscard]] std::optional<Check> checkPage(const QList<EvidenceFile> &files, const Judgement &judgement);

} // namespace slipway
