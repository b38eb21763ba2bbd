// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace slipway {

/// Where something stands in a text, in bytes.
struct ByteRange {
    qsizetype offset = 0;
    qsizetype length = 0;

    friend bool operator==(const ByteRange &, const ByteRange &) = default;
};

/// Where the member at `path` stands, from its key's quote to its value's end. QJsonDocument tells values but
/// not where they came from. `json` should be valid JSON; of other bytes it finds nothing, or a range inside.
[[nodiscard]] std::optional<ByteRange> memberRange(const QByteArray &json, const QStringList &path);

/// The first key that stands twice in one object. Readers disagree on which of the two counts, so such a text
/// contradicts itself. `json` should be valid JSON; of other bytes the answer means nothing.
[[nodiscard]] std::optional<QString> doubledKey(const QByteArray &json);

} // namespace slipway
