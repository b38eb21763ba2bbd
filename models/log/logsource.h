// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace slipway {

/// Lines of a byte-exact log, pulled by a view: a view asks for what it paints and holds no line itself. May
/// be called from any thread; a call must return within a frame, whatever the size of the log.
class LogSource {
public:
    virtual ~LogSource() = default;

    [[nodiscard]] virtual qint64 lineCount() const = 0;
    [[nodiscard]] virtual qint64 byteCount() const = 0;

    /// Up to `count` lines from `first` (from 0), without line ends, each cut at 64 KiB.
    [[nodiscard]] virtual QList<QByteArray> lines(qint64 first, qint64 count) const = 0;
};

} // namespace slipway
