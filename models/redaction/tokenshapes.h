// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Tokens that show by themselves what they are: those of vendors, JSON web tokens, hashes of passwords. The
/// facts (prefix, alphabet, length) are of the vendors' pages and of the rule sets of gitleaks and
/// detect-secrets. One pass over the text. A token that a line end cuts in two is taken whole.
void findTokens(const TextView &view, FoundSecrets &found);

/// How many different vendors the shapes are of.
[[nodiscard]] int vendorCount();

} // namespace slipway
