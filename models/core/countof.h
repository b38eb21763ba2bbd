// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// "1 host", "3 hosts", "0 hosts": a count of things, for a person. `many` where it is not `one` and an s.
[[nodiscard]] QString countOf(qint64 count, const char *one, const char *many = nullptr);

} // namespace slipway
