// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace slipway {

/// The bytes of a member's value in a JSON object; empty when it has no such member, or is not an object.
[[nodiscard]] QByteArray memberValue(const QByteArray &json, const QString &key);

/// The object with this member set to `value` (JSON), every other byte as it was: a value that is there is
/// replaced in its place, a new member comes last, spaced as the first one is. A value that means the same is
/// left as it is written. Empty `json` is an empty object. The error says why the bytes are not an object
/// that can be changed: not JSON, or with a key in it twice.
Result<QByteArray> withMember(const QByteArray &json, const QString &key, const QByteArray &value);

/// A text as JSON writes it.
[[nodiscard]] QByteArray jsonString(const QString &text);

} // namespace slipway
