// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logspool.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr qint64 kStride = 256;
constexpr qsizetype kLongestShown = qsizetype(64) * 1024;
constexpr qint64 kReadSize = qint64(256) * 1024;

// The next chunk of a file; empty at its end.
QByteArray readAt(int fd, qint64 offset, qint64 size) {
    QByteArray chunk(size, Qt::Uninitialized);
    const ssize_t got = pread(fd, chunk.data(), static_cast<size_t>(size), offset);
    chunk.truncate(std::max<ssize_t>(got, 0));
    return chunk;
}

} // namespace

Result<std::shared_ptr<LogSpool>> LogSpool::open(const QString &path) {
    auto spool = std::shared_ptr<LogSpool>(new LogSpool(path));
    if (!spool->m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered) ||
        !spool->m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)) {
        return Error{
            ErrorCode::Io,
            QStringLiteral("The log %1 cannot be opened: %2").arg(path, spool->m_file.errorString())};
    }
    const int fd = spool->m_file.handle();
    for (QByteArray chunk = readAt(fd, 0, kReadSize); !chunk.isEmpty();
         chunk = readAt(fd, spool->m_bytes, kReadSize))
        spool->index(chunk.constData(), chunk.size());
    return spool;
}

void LogSpool::index(const char *bytes, qint64 size) {
    const std::scoped_lock lock(m_mutex);
    const char *const end = bytes + size;
    for (const char *at = bytes; at < end;) {
        const void *found = std::memchr(at, '\n', static_cast<size_t>(end - at));
        if (!found)
            break;
        at = static_cast<const char *>(found) + 1;
        ++m_lines;
        m_lastLineStart = m_bytes + (at - bytes);
        if (m_lines % kStride == 0)
            m_marks.push_back(m_lastLineStart);
    }
    m_bytes += size;
}

Result<void> LogSpool::append(qint64 offset, const QByteArray &bytes) {
    const qint64 held = byteCount();
    if (offset != held) {
        return Error{ErrorCode::Corrupt, QStringLiteral("%1 holds %2 bytes; bytes from %3 on do not follow")
                                             .arg(path())
                                             .arg(held)
                                             .arg(offset)};
    }
    qint64 written = 0;
    while (written < bytes.size()) {
        const ssize_t size = pwrite(m_file.handle(), bytes.constData() + written,
                                    static_cast<size_t>(bytes.size() - written), held + written);
        if (size > 0) {
            written += size;
        } else if (errno != EINTR) {
            const bool full = errno == ENOSPC || errno == EDQUOT;
            const Error error{
                full ? ErrorCode::DiskFull : ErrorCode::Io,
                QStringLiteral("%1 cannot be written at byte %2: %3. The job goes on on its host.")
                    .arg(path())
                    .arg(held)
                    .arg(QString::fromLocal8Bit(std::strerror(errno)))};
            if (ftruncate(m_file.handle(), held) != 0)
                return Error{error.code, error.text + QStringLiteral(" Its last piece is incomplete.")};
            return error;
        }
    }
    index(bytes.constData(), bytes.size());
    return {};
}

Result<QString> LogSpool::setAside() {
    QString aside;
    for (int number = 1; aside.isEmpty() || QFile::exists(aside); ++number)
        aside = path() + QStringLiteral(".changed-%1").arg(number);
    QFile fresh(path());
    // Readers hold the number of the file, which therefore stays.
    if (!QFile::rename(path(), aside) || !fresh.open(QIODevice::ReadWrite | QIODevice::NewOnly) ||
        !fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        dup3(fresh.handle(), m_file.handle(), O_CLOEXEC) < 0)
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be set aside as %2: %3")
                                        .arg(path(), aside, QString::fromLocal8Bit(std::strerror(errno)))};
    const std::scoped_lock lock(m_mutex);
    m_marks = {0};
    m_lines = m_bytes = m_lastLineStart = 0;
    return aside;
}

qint64 LogSpool::lineCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_lines + (m_bytes > m_lastLineStart ? 1 : 0);
}

qint64 LogSpool::byteCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

QList<QByteArray> LogSpool::lines(qint64 first, qint64 count) const {
    qint64 offset = 0;
    qint64 bytes = 0;
    {
        const std::scoped_lock lock(m_mutex);
        const qint64 total = m_lines + (m_bytes > m_lastLineStart ? 1 : 0);
        first = std::max<qint64>(first, 0);
        count = std::min(count, total - first);
        if (count <= 0)
            return {};
        offset = m_marks.at(
            static_cast<size_t>(std::min<qint64>(first / kStride, static_cast<qint64>(m_marks.size()) - 1)));
        bytes = m_bytes;
    }
    QList<QByteArray> result;
    QByteArray line;
    qint64 skip = first % kStride;
    while (result.size() < count && offset < bytes) {
        const QByteArray chunk = readAt(m_file.handle(), offset, std::min(kReadSize, bytes - offset));
        if (chunk.isEmpty())
            break;
        qsizetype from = 0;
        while (from < chunk.size() && result.size() < count) {
            const qsizetype end = chunk.indexOf('\n', from);
            const qsizetype until = end < 0 ? chunk.size() : end;
            // A line without end is cut for showing, not gathered up whole.
            if (skip == 0 && line.size() < kLongestShown)
                line +=
                    QByteArrayView(chunk).sliced(from, std::min(until - from, kLongestShown - line.size()));
            if (end >= 0) {
                if (skip > 0)
                    --skip;
                else
                    result.append(std::exchange(line, {}));
            }
            from = until + 1;
        }
        offset += chunk.size();
    }
    if (result.size() < count && !line.isEmpty())
        result.append(line);
    return result;
}

} // namespace slipway
