// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>

namespace slipway {

/// Cuts a byte stream that arrives in pieces into lines, with the offset each began at. A line over 4 MiB is
/// handed on in pieces of that size, so that memory stays bounded. Pure; one thread.
class LineSplitter {
public:
    using Seen = std::function<void(qint64 offset, const QByteArray &line)>; ///< without the line end

    void add(const QByteArray &bytes, const Seen &seen);
    void finish(const Seen &seen); ///< hands on a last line that has no end

private:
    QByteArray m_rest;
    qint64 m_offset = 0; ///< of m_rest in the stream
};

} // namespace slipway
