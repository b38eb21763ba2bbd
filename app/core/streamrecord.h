// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sha256.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <utility>

class QFile;

namespace slipway {

/// A line of a log that a search should find.
struct LogWarning {
    qint64 offset = 0;
    QByteArray line; ///< its first 500 bytes
};

/// A stream that has ended, as it came.
struct EndedStream {
    QString name; ///< of its file: "phase2-burst-chaos.obs.jsonl"
    qint64 bytes = 0;
    qint64 lines = 0;
    QString sha256; ///< of those bytes
    /// They themselves, as Zstandard frames, where the record kept them: the same bytes give the same frames.
    QByteArray compressed{};
    QList<LogWarning> warnings{};
};

/// What came of one stream, taken once, while it arrives: nobody has to read its file again to know what is
/// in it. Holds a MiB and the compressed rest, or the warnings. One thread.
class StreamRecord {
public:
    enum class Keeps {
        Bytes,    ///< observations and reports
        Warnings, ///< logs: the first thousand lines that are warnings or errors
        Nothing,  ///< what is only counted and hashed
    };
    explicit StreamRecord(QString name, Keeps keeps) : m_keeps(keeps) { m_ended.name = std::move(name); }
    /// One that ended earlier.
    explicit StreamRecord(EndedStream ended)
        : m_keeps(Keeps::Bytes), m_ended(std::move(ended)), m_isClosed(true) {}

    void add(QByteArrayView bytes);
    /// All of a file from where it stands.
    Result<void> add(QFile &file);
    void clear(); ///< the stream is begun anew
    /// What came until now; nothing may be added after that.
    [[nodiscard]] const EndedStream &end();

private:
    void scan(QByteArrayView bytes);
    void look();
    void compress();

    Keeps m_keeps;
    EndedStream m_ended;
    Sha256 m_hash;
    QByteArray m_rest; ///< not compressed yet, or the begun line of a log
    qint64 m_lineStart = 0;
    char m_lastByte = '\n';
    bool m_isClosed = false;
};

} // namespace slipway
