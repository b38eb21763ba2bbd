// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

namespace slipway {

/// What two campaigns have in common that failed the same way: the verdict and its reason, with what differs
/// from run to run (numbers, hashes, times) taken out; names of phases, hosts and files stay. Empty for a
/// verdict that needs no look. Pure.
[[nodiscard]] QString signatureOf(Verdict verdict, const QString &reason);

} // namespace slipway
