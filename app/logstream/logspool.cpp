// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logspool.h"

#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr qint64 kStride = 256;
constexpr qint64 kReadSize = qint64(64) * 1024;
constexpr qint64 kIndexSize = qint64(256) * 1024;
constexpr qint64 kBlockSize = qint64(256) * 1024;
constexpr qint64 kIndexedAtOnce = qint64(4) * 1024 * 1024; // a millisecond or two

// The next chunk of a file; empty at its end.
QByteArray readAt(int fd, qint64 offset, qint64 size) {
    QByteArray chunk(size, Qt::Uninitialized);
    const ssize_t got = pread(fd, chunk.data(), static_cast<size_t>(size), offset);
    chunk.truncate(std::max<ssize_t>(got, 0));
    return chunk;
}

// The length of the line at `at`, with its end; 0 while that is not known.
qint64 lineLength(const char *at, const char *end) {
    const qint64 looked = std::min<qint64>(end - at, kLongestLine + 1);
    if (const void *found = std::memchr(at, '\n', static_cast<size_t>(looked)))
        return static_cast<const char *>(found) + 1 - at;
    return looked > kLongestLine ? kLongestLine : 0;
}

QByteArray withoutEnd(const char *at, qint64 length) {
    return {at, length > 0 && at[length - 1] == '\n' ? length - 1 : length};
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
    spool->m_bytes = spool->m_file.size();
    if (spool->m_bytes <= kIndexedAtOnce) {
        for (QByteArray buffer; spool->indexNext(buffer);) {
        }
    } else {
        spool->m_indexer = std::jthread([spool = spool.get()](const std::stop_token &stop) {
            for (QByteArray buffer; !stop.stop_requested() && spool->indexNext(buffer);) {
            }
        });
    }
    return spool;
}

bool LogSpool::indexNext(QByteArray &buffer) {
    qint64 from = 0;
    qint64 size = 0;
    {
        const std::scoped_lock lock(m_mutex);
        from = m_indexed;
        size = std::min(kIndexSize, m_bytes - m_indexed);
    }
    if (size <= 0)
        return false;
    buffer.resize(size);
    const ssize_t got = pread(m_file.handle(), buffer.data(), static_cast<size_t>(size), from);
    const std::scoped_lock lock(m_mutex);
    if (got <= 0) {
        m_bytes = m_indexed; // the file is shorter than it said
        return false;
    }
    index(buffer.constData(), got);
    return m_indexed < m_bytes;
}

void LogSpool::index(const char *bytes, qint64 size) {
    const char *const end = bytes + size;
    const char *at = bytes;
    for (;;) {
        // What came before of this line has no end in it.
        const qint64 before = m_indexed + (at - bytes) - m_lastLineStart;
        const qint64 looked = std::min<qint64>(end - at, kLongestLine + 1 - before);
        if (const void *found = std::memchr(at, '\n', static_cast<size_t>(looked)))
            at = static_cast<const char *>(found) + 1;
        else if (before + looked > kLongestLine)
            at += kLongestLine - before;
        else
            break;
        ++m_lines;
        m_lastLineStart = m_indexed + (at - bytes);
        if (m_lines % kStride == 0)
            m_marks.push_back(m_lastLineStart);
    }
    m_indexed += size;
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
    const std::scoped_lock lock(m_mutex);
    const bool indexed = m_indexed == m_bytes; // otherwise the thread comes to it
    m_bytes += bytes.size();
    if (indexed)
        index(bytes.constData(), bytes.size());
    return {};
}

QString LogSpool::freeName() const {
    QString name;
    for (int number = 1; name.isEmpty() || QFile::exists(name); ++number)
        name = path() + QStringLiteral(".changed-%1").arg(number);
    return name;
}

bool LogSpool::isInPlace() const {
    struct stat written {};
    struct stat there {};
    return fstat(m_file.handle(), &written) == 0 &&
           stat(QFile::encodeName(path()).constData(), &there) == 0 && written.st_dev == there.st_dev &&
           written.st_ino == there.st_ino;
}

Result<bool> LogSpool::putInPlace() {
    if (isInPlace())
        return true;
    QSaveFile copy(path());
    bool written = (!QFile::exists(path()) || QFile::rename(path(), freeName())) &&
                   copy.open(QIODevice::WriteOnly) &&
                   copy.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    for (qint64 at = 0; written && at < byteCount();) {
        const QByteArray piece = readAt(m_file.handle(), at, kBlockSize);
        written = !piece.isEmpty() && copy.write(piece) == piece.size();
        at += piece.size();
    }
    if (written && copy.commit())
        return false;
    return Error{
        ErrorCode::Io,
        QStringLiteral("%1 was moved, removed or replaced while it was written, and cannot be written "
                       "again: %2")
            .arg(path(), copy.errorString())};
}

Result<QString> LogSpool::setAside() {
    const QString aside = freeName();
    QFile fresh(path());
    // Readers hold the number of the file, which therefore stays.
    if (!QFile::rename(path(), aside) || !fresh.open(QIODevice::ReadWrite | QIODevice::NewOnly) ||
        !fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        dup3(fresh.handle(), m_file.handle(), O_CLOEXEC) < 0)
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be set aside as %2: %3")
                                        .arg(path(), aside, QString::fromLocal8Bit(std::strerror(errno)))};
    m_indexer = {};
    const std::scoped_lock lock(m_mutex);
    m_marks = {0};
    m_lines = m_bytes = m_indexed = m_lastLineStart = 0;
    ++m_generation;
    return aside;
}

qint64 LogSpool::known() const {
    return m_lines + (m_indexed == m_bytes && m_bytes > m_lastLineStart ? 1 : 0);
}

qint64 LogSpool::lineCount() const {
    const std::scoped_lock lock(m_mutex);
    return known();
}

qint64 LogSpool::byteCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

qint64 LogSpool::generation() const {
    const std::scoped_lock lock(m_mutex);
    return m_generation;
}

bool LogSpool::isIndexing() const {
    const std::scoped_lock lock(m_mutex);
    return m_indexed < m_bytes;
}

QList<LogLine> LogSpool::lines(qint64 first, qint64 count) const {
    qint64 from = 0;
    qint64 end = 0;
    first = std::max<qint64>(first, 0);
    {
        const std::scoped_lock lock(m_mutex);
        count = std::min(count, known() - first);
        if (count <= 0)
            return {};
        from = m_marks.at(static_cast<size_t>(first / kStride));
        end = m_indexed;
    }
    QList<LogLine> result;
    QByteArray buffer;
    qint64 line = first - first % kStride;
    while (result.size() < count) {
        const QByteArray chunk =
            readAt(m_file.handle(), from + buffer.size(), std::min(kReadSize, end - from - buffer.size()));
        buffer += chunk;
        const char *at = buffer.constData();
        const char *const until = at + buffer.size();
        while (result.size() < count && at < until) {
            qint64 length = lineLength(at, until);
            if (length == 0 && !chunk.isEmpty())
                break;
            if (length == 0)
                length = until - at;
            if (line >= first)
                result.append({withoutEnd(at, length), line, from + (at - buffer.constData())});
            ++line;
            at += length;
        }
        from += at - buffer.constData();
        buffer.remove(0, at - buffer.constData());
        if (chunk.isEmpty())
            break;
    }
    return result;
}

QList<LogLine> LogSpool::tail(qint64 count) const {
    if (!isIndexing())
        return LogSource::tail(count);
    const qint64 end = byteCount();
    const qint64 from = std::max<qint64>(0, end - kBlockSize);
    const QByteArray bytes = readAt(m_file.handle(), from, end - from);
    QList<LogLine> result;
    const char *at = bytes.constData();
    const char *const until = at + bytes.size();
    while (at < until) {
        const qint64 known = lineLength(at, until);
        const qint64 length = known > 0 ? known : until - at;
        // The first one begins before what was read.
        if (at != bytes.constData() || from == 0)
            result.append({withoutEnd(at, length), -1, from + (at - bytes.constData())});
        at += length;
    }
    return result.mid(std::max<qsizetype>(0, result.size() - count));
}

qint64 LogSpool::rowAt(qint64 offset) const {
    qint64 first = 0;
    {
        const std::scoped_lock lock(m_mutex);
        first =
            kStride * (std::upper_bound(m_marks.begin() + 1, m_marks.end(), offset) - m_marks.begin() - 1);
    }
    const QList<LogLine> near = lines(first, kStride);
    const auto after = std::find_if(near.begin(), near.end(),
                                    [offset](const LogLine &line) { return line.offset > offset; });
    return std::max<qint64>(first, first + (after - near.begin()) - 1);
}

void LogSpool::readBlock(qint64 first, LogBlock &block) const {
    qint64 from = 0;
    qint64 end = 0;
    block.lines = 0;
    block.bytes.resize(0);
    {
        const std::scoped_lock lock(m_mutex);
        if (first < 0 || first >= known())
            return;
        const auto mark = m_marks.begin() + first / kStride;
        const auto next = std::lower_bound(mark + 1, m_marks.end(), *mark + kBlockSize);
        from = *mark;
        block.first = first - first % kStride;
        block.lines = (next == m_marks.end() ? known() : kStride * (next - m_marks.begin())) - block.first;
        // A line that has no end yet is not counted while there is more to index.
        end = next != m_marks.end() ? *next : m_indexed == m_bytes ? m_indexed : m_lastLineStart;
    }
    block.bytes.resize(end - from);
    const ssize_t got =
        pread(m_file.handle(), block.bytes.data(), static_cast<size_t>(block.bytes.size()), from);
    block.bytes.truncate(std::max<ssize_t>(got, 0));
}

} // namespace slipway
