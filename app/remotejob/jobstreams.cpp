// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobstreams.h"

#include <QIODevice>

#include <utility>

namespace slipway {

Result<void> JobStreams::resume(QIODevice &out, QIODevice &log) {
    for (const auto &[stream, held] : {std::pair{&m_out, &out}, std::pair{&m_log, &log}}) {
        stream->taken = held->size();
        if (!stream->hash.add(*held))
            return Error{ErrorCode::Io, held->errorString()};
    }
    return {};
}

void JobStreams::add(Which which, const QByteArray &bytes) {
    of(which).taken += bytes.size();
    of(which).hash.add(bytes);
}

void JobStreams::reset() {
    for (Stream *stream : {&m_out, &m_log}) {
        stream->taken = 0;
        stream->hash.reset();
    }
}

qint64 JobStreams::taken(Which which) const {
    return which == Which::Output ? m_out.taken : m_log.taken;
}

bool JobStreams::isEmpty() const {
    return m_out.taken == 0 && m_log.taken == 0;
}

QByteArray JobStreams::offsets() const {
    return QByteArray::number(m_out.taken) + ' ' + QByteArray::number(m_log.taken);
}

bool JobStreams::have(const QByteArray &outSha256, const QByteArray &logSha256) const {
    return outSha256 == m_out.hash.hex() && logSha256 == m_log.hash.hex();
}

} // namespace slipway
