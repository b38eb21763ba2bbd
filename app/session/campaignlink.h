// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

namespace slipway {

/// The id of the campaign that a link names, "slipway://campaign/ID", as a desktop hands over what was
/// clicked anywhere. InvalidInput, with a sentence, for everything else: nothing is decoded, and an id holds
/// only what an id may hold.
[[nodiscard]] Result<QString> linkedCampaign(const QString &link);

} // namespace slipway
