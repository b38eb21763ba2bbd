// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/log/logsource.h"

#include <QFile>

#include <memory>
#include <mutex>
#include <vector>

namespace slipway {

/// The byte-exact record of one stream on disk (0600), with a sparse index of its lines: one entry every 256
/// lines, so ten million lines cost 320 KB. One thread appends; any thread reads.
class LogSpool final : public LogSource {
public:
    /// Makes the file, or opens it and indexes what is there.
    static Result<std::shared_ptr<LogSpool>> open(const QString &path);

    /// Contiguous only: `offset` must be byteCount(). DiskFull when the disk has no room; nothing is kept of
    /// the piece then.
    Result<void> append(qint64 offset, const QByteArray &bytes);

    /// Renames the file to `….changed-N`, which it answers, and begins anew with an empty one.
    Result<QString> setAside();

    [[nodiscard]] qint64 lineCount() const override;
    [[nodiscard]] qint64 byteCount() const override;
    [[nodiscard]] QList<QByteArray> lines(qint64 first, qint64 count) const override;
    [[nodiscard]] QString path() const { return m_file.fileName(); }

private:
    explicit LogSpool(const QString &path) : m_file(path) {}
    void index(const char *bytes, qint64 size);

    QFile m_file;
    mutable std::mutex m_mutex;     ///< guards what follows
    std::vector<qint64> m_marks{0}; ///< where every 256th line begins
    qint64 m_lines = 0;             ///< ended by a newline
    qint64 m_bytes = 0;
    qint64 m_lastLineStart = 0;
};

} // namespace slipway
