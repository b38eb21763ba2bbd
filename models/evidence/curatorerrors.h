// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>

namespace slipway {

/// How many of the errors that a curator reports count. "no LLM client configured" is how one without a
/// language model says so, which the gate accepts: by itself, with at most a word or two before it, and not
/// as one part of a longer list.
[[nodiscard]] qint64 seriousErrors(const QJsonArray &errors);

} // namespace slipway
