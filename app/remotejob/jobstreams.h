// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sha256.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QString>

class QIODevice;

namespace slipway {

/// How much of a job's two streams has arrived, and the SHA-256 of that: nothing is missed, taken twice or
/// believed to be what the host has. One thread.
class JobStreams {
public:
    enum class Which { Output, Log }; ///< stdout, stderr

    /// Resumes what an earlier process fetched. Io when it cannot be read to its end; the text is the cause.
    Result<void> resume(QIODevice &out, QIODevice &log);
    /// Bytes that were kept. They begin where the stream's last ones ended: taken().
    void add(Which which, const QByteArray &bytes);
    /// All of both comes again.
    void reset();

    [[nodiscard]] qint64 taken(Which which) const; ///< bytes
    [[nodiscard]] bool isEmpty() const;
    /// "OUT LOG", both lengths as the helper program takes them.
    [[nodiscard]] QByteArray offsets() const;
    /// Whether what arrived has these hashes, 64 digits each.
    [[nodiscard]] bool have(const QByteArray &outSha256, const QByteArray &logSha256) const;

private:
    struct Stream {
        qint64 taken = 0;
        Sha256 hash;
    };
    [[nodiscard]] Stream &of(Which which) { return which == Which::Output ? m_out : m_log; }

    Stream m_out;
    Stream m_log;
};

} // namespace slipway
