// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/logstream/lineindex.h"
#include "models/core/result.h"
#include "models/log/logsource.h"

#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <sys/types.h>

namespace slipway {

/// The byte-exact record of one stream on disk (0600), with an index of its lines. One thread appends; any
/// thread reads. The file is open only while it is read or written: a campaign has two of them for each step
/// on each host, and what lies at the path is what is written.
class LogSpool final : public LogSource {
public:
    /// Makes the file, or opens it. What is there is indexed at once when that takes no time, and by a thread
    /// otherwise: until then isIndexing(), and lineCount() grows.
    static Result<std::shared_ptr<LogSpool>> open(const QString &path);

    /// Contiguous only: `offset` must be byteCount(). DiskFull when the disk has no room, Corrupt when
    /// the file was moved, removed, replaced or cut short, Io for all that may pass; nothing is kept of the
    /// piece then.
    Result<void> append(qint64 offset, const QByteArray &bytes);

    /// Renames what lies at the path, if anything does, to `….changed-N`, which it answers, and begins anew
    /// with an empty file.
    Result<QString> setAside();

    /// Whether the file at its path is the one that was written, and whole. The error is Corrupt when another
    /// or none is there, and Io when that is not known.
    Result<void> checkInPlace() const;

    [[nodiscard]] qint64 lineCount() const override;
    [[nodiscard]] qint64 byteCount() const override;
    [[nodiscard]] QList<LogLine> lines(qint64 first, qint64 count) const override;
    [[nodiscard]] qint64 generation() const override;
    [[nodiscard]] bool isIndexing() const override;
    [[nodiscard]] QList<LogLine> tail(qint64 count) const override;
    [[nodiscard]] qint64 rowAt(qint64 offset) const override;
    void readBlock(qint64 first, LogBlock &block) const override;
    [[nodiscard]] QString path() const { return m_path; }

private:
    explicit LogSpool(QString path) : m_path(std::move(path)) {}
    [[nodiscard]] QString freeName() const;
    Result<void> checkFile(int fd) const;
    void remember(int fd);
    bool indexNext(QByteArray &buffer); ///< false when all is indexed
    /// Whether all that is there is indexed; m_mutex is held.
    [[nodiscard]] bool isWhole() const { return m_index.bytes() == m_bytes; }

    const QString m_path;
    dev_t m_device = 0; ///< the file that is written, on the thread that appends
    ino_t m_inode = 0;
    mutable std::mutex m_mutex; ///< guards what follows, but for the thread
    LineIndex m_index;          ///< behind m_bytes while the thread runs
    qint64 m_bytes = 0;
    qint64 m_generation = 0;
    std::jthread m_indexer; ///< goes first: it uses all of the above
};

} // namespace slipway
