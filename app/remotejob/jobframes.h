// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <functional>

namespace slipway {

/// What the host's side of a job says, frame by frame (app/remotejob/README.md).
struct JobFrame {
    enum class Kind {
        Output,    ///< bytes of stdout at offset, complete
        Log,       ///< bytes of stderr at offset, complete
        Heartbeat, ///< text: the state
        End,       ///< text: how it ended
        Trouble,   ///< text: why the host's side gave up
    };
    Kind kind = Kind::Heartbeat;
    qint64 offset = 0;
    QByteArray bytes;
};

/// Cuts frames out of what arrives. Everything before the marker line with our nonce is login noise and
/// skipped, up to 64 KiB of it; a frame that is not complete is not delivered. Bounded: holds one frame (1
/// MiB) at most.
class JobFrameParser {
public:
    explicit JobFrameParser(const QByteArray &nonce) : m_marker("DJ1 " + nonce + ' ') {}

    void add(const QByteArray &bytes, const std::function<void(const JobFrame &)> &seen);

    [[nodiscard]] bool begun() const { return m_begun; }
    [[nodiscard]] bool broken() const { return m_broken; } ///< the host says what no job says
    [[nodiscard]] QByteArray noise() const { return m_buffer.left(2048); }

private:
    bool takeOne(const std::function<void(const JobFrame &)> &seen);
    bool takeStream(const QList<QByteArray> &words, qsizetype lineEnd,
                    const std::function<void(const JobFrame &)> &seen);

    QByteArray m_marker;
    QByteArray m_buffer;
    bool m_begun = false;
    bool m_broken = false;
};

} // namespace slipway
