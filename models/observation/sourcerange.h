// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// The bytes a number was read from: an evidence file's name and a range in it.
struct SourceRange {
    QString file;
    qint64 offset = 0;
    qint64 length = 0;

    friend bool operator==(const SourceRange &, const SourceRange &) = default;
};

} // namespace slipway
