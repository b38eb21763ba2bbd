// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <functional>

namespace slipway {

/// What the host's side of a job says, frame by frame (app/remotejob/README.md).
struct JobFrame {
    enum class Kind {
        Output,    ///< bytes of stdout at offset: a piece of a frame, as it came
        Log,       ///< bytes of stderr at offset, likewise
        Heartbeat, ///< text: the state
        End,       ///< text: how it ended
        Trouble,   ///< text: why the host's side gave up
    };
    Kind kind = Kind::Heartbeat;
    qint64 offset = 0;
    QByteArray bytes;
};

/// Cuts frames out of what arrives. Everything before the marker line with our nonce is login noise and
/// skipped, up to 64 KiB of it. Bytes of a stream are handed on as they come, so that a slow link that breaks
/// again and again still gets ahead; the line behind a frame proves that it was whole. Bounded: holds a line.
class JobFrameParser {
public:
    using Seen = std::function<void(const JobFrame &)>;

    explicit JobFrameParser(const QByteArray &nonce) : m_marker("DJ1 " + nonce + ' ') {}

    void add(const QByteArray &bytes, const Seen &seen);

    [[nodiscard]] bool broken() const { return m_broken; } ///< the host says what no job says
    [[nodiscard]] QByteArray noise() const { return (m_noise + m_line).left(2048); }

private:
    [[nodiscard]] qsizetype takePiece(const QByteArray &bytes, qsizetype from, const Seen &seen);
    [[nodiscard]] qsizetype takeLine(const QByteArray &bytes, qsizetype from, const Seen &seen);
    void readLine(const Seen &seen);
    [[nodiscard]] bool beginStream(const QList<QByteArray> &words);

    QByteArray m_marker;
    QByteArray m_noise;
    QByteArray m_line; ///< not ended yet
    JobFrame::Kind m_stream = JobFrame::Kind::Output;
    qint64 m_offset = 0; ///< of the next byte of the stream's frame
    qint64 m_left = 0;   ///< bytes of it still to come
    bool m_trailerDue = false;
    bool m_begun = false;
    bool m_broken = false;
};

} // namespace slipway
