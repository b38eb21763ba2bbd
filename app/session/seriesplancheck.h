// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/series/seriesdefinition.h"

namespace slipway {

/// Refuses a plan that no slot could run, when it is defined and not in the first night: a protocol that
/// cannot be read, and a setting that the protocol does not have or allow. Whether fleet and server are there
/// is not asked, as both may come later. InvalidInput names the field as setFields() does. Reads a file.
Result<void> checkSeriesPlan(const SeriesDefinition &definition);

} // namespace slipway
