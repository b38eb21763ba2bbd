// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace slipway {

/// A word of a POSIX shell's program that is `bytes` and nothing else: in single quotes every byte but NUL is
/// data.
[[nodiscard]] inline QByteArray shellWord(QByteArray bytes) {
    return '\'' + bytes.replace('\'', "'\\''") + '\'';
}

} // namespace slipway
