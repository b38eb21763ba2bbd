// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>

namespace slipway {

/// An inventory's text as UTF-8 without a byte order mark and with "\n" as its line end. UTF-16 is known by
/// its mark, or by every other byte being zero (Windows PowerShell writes it). What is not text is refused
/// with the line. Pure.
Result<QByteArray> inventoryText(const QByteArray &bytes, const QString &what);

} // namespace slipway
