// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// Orders campaign ids as people number them: r9 before r10, v0.6.3-rc1 before v0.6.3, that before
/// v0.6.3-r2 and v0.6.3.1. The same on every machine, whatever its locale, because lists are published.
[[nodiscard]] bool versionLess(const QString &a, const QString &b);

/// What the campaigns of one series share: the id without "-r<number>" at its end.
[[nodiscard]] QString seriesOf(const QString &id);

} // namespace slipway
