// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logspool.h"

#include "app/core/filedescriptor.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr qint64 kReadSize = qint64(64) * 1024;
constexpr qint64 kBlockSize = qint64(256) * 1024;
constexpr qint64 kIndexedAtOnce = qint64(4) * 1024 * 1024; // a millisecond or two

FileDescriptor openFile(const QString &path, int flags) {
    return FileDescriptor(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600));
}

// Into what the chunk holds already; it is shorter at the end of the file, and empty when that cannot be
// read.
void readInto(QByteArray &chunk, const QString &path, qint64 offset) {
    const FileDescriptor file = openFile(path, O_RDONLY);
    const ssize_t got = pread(file.get(), chunk.data(), static_cast<size_t>(chunk.size()), offset);
    chunk.truncate(std::max<ssize_t>(got, 0));
}

QByteArray readAt(const QString &path, qint64 offset, qint64 size) {
    QByteArray chunk(size, Qt::Uninitialized);
    readInto(chunk, path, offset);
    return chunk;
}

ErrorCode codeOf(int failure) {
    return failure == ENOSPC || failure == EDQUOT ? ErrorCode::DiskFull : ErrorCode::Io;
}

QString wordsOf(int failure) {
    return QString::fromLocal8Bit(std::strerror(failure));
}

QByteArray withoutEnd(const char *at, qint64 length) {
    return {at, length > 0 && at[length - 1] == '\n' ? length - 1 : length};
}

} // namespace

Result<std::shared_ptr<LogSpool>> LogSpool::open(const QString &path) {
    auto spool = std::shared_ptr<LogSpool>(new LogSpool(path));
    const FileDescriptor file = openFile(path, O_RDWR | O_CREAT);
    struct stat status {};
    if (file.get() < 0 || fchmod(file.get(), 0600) != 0 || fstat(file.get(), &status) != 0)
        return Error{codeOf(errno),
                     QStringLiteral("The log %1 cannot be opened: %2").arg(path, wordsOf(errno))};
    spool->remember(file.get());
    spool->m_bytes = status.st_size;
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
        from = m_index.bytes();
        size = std::min(kBlockSize, m_bytes - from);
    }
    if (size <= 0)
        return false;
    buffer.resize(size);
    readInto(buffer, m_path, from);
    const std::scoped_lock lock(m_mutex);
    if (buffer.isEmpty()) {
        m_bytes = m_index.bytes(); // the file is shorter than it said
        return false;
    }
    m_index.add(buffer.constData(), buffer.size());
    return !isWhole();
}

Result<void> LogSpool::append(qint64 offset, const QByteArray &bytes) {
    const qint64 held = byteCount();
    if (offset != held) {
        return Error{ErrorCode::Corrupt, QStringLiteral("%1 holds %2 bytes; bytes from %3 on do not follow")
                                             .arg(path())
                                             .arg(held)
                                             .arg(offset)};
    }
    const FileDescriptor file = openFile(m_path, O_WRONLY);
    if (const auto checked = checkFile(file.get()); !checked)
        return Error{checked.error().code,
                     checked.error().text + QStringLiteral(" The job goes on on its host.")};
    qint64 written = 0;
    while (written < bytes.size()) {
        const ssize_t size = file.get() < 0
                                 ? -1
                                 : pwrite(file.get(), bytes.constData() + written,
                                          static_cast<size_t>(bytes.size() - written), held + written);
        if (size > 0) {
            written += size;
        } else if (errno != EINTR) {
            const Error error{
                codeOf(errno),
                QStringLiteral("%1 cannot be written at byte %2: %3. The job goes on on its host.")
                    .arg(path())
                    .arg(held)
                    .arg(wordsOf(errno))};
            if (ftruncate(file.get(), held) != 0)
                return Error{error.code, error.text + QStringLiteral(" Its last piece is incomplete.")};
            return error;
        }
    }
    const std::scoped_lock lock(m_mutex);
    const bool indexed = isWhole(); // otherwise the thread comes to it
    m_bytes += bytes.size();
    if (indexed)
        m_index.add(bytes.constData(), bytes.size());
    return {};
}

QString LogSpool::freeName() const {
    QString name;
    for (int number = 1; name.isEmpty() || QFile::exists(name); ++number)
        name = path() + QStringLiteral(".changed-%1").arg(number);
    return name;
}

void LogSpool::remember(int fd) {
    struct stat status {};
    if (fstat(fd, &status) != 0)
        return;
    m_device = status.st_dev;
    m_inode = status.st_ino;
}

Result<void> LogSpool::checkFile(int fd) const {
    struct stat status {};
    if (fd >= 0 && fstat(fd, &status) == 0 && status.st_dev == m_device && status.st_ino == m_inode &&
        status.st_size == byteCount()) // an inode that was freed may be another file's by now
        return {};
    // A folder that is away may come back, with all that is in it.
    const int failure = errno;
    const bool isGone = failure == ENOENT && QFileInfo(QFileInfo(path()).path()).isDir();
    if (fd < 0 && !isGone)
        return Error{codeOf(failure),
                     QStringLiteral("%1 cannot be opened: %2").arg(path(), wordsOf(failure))};
    return Error{ErrorCode::Corrupt,
                 QStringLiteral("%1 was moved, removed or replaced while it was written.").arg(path())};
}

Result<void> LogSpool::checkInPlace() const {
    return checkFile(openFile(m_path, O_RDONLY).get());
}

Result<QString> LogSpool::setAside() {
    const QString aside = freeName();
    m_indexer = {};
    const bool isMoved =
        ::rename(QFile::encodeName(path()).constData(), QFile::encodeName(aside).constData()) == 0;
    const bool wasNone = !isMoved && errno == ENOENT;
    const FileDescriptor fresh =
        isMoved || wasNone ? openFile(path(), O_RDWR | O_CREAT | O_EXCL) : FileDescriptor();
    if (fresh.get() < 0)
        return Error{codeOf(errno),
                     QStringLiteral("%1 cannot be set aside as %2: %3").arg(path(), aside, wordsOf(errno))};
    remember(fresh.get());
    const std::scoped_lock lock(m_mutex);
    m_index.clear();
    m_bytes = 0;
    ++m_generation;
    return wasNone ? QString() : aside;
}

qint64 LogSpool::lineCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_index.lines(isWhole());
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
    return !isWhole();
}

QList<LogLine> LogSpool::lines(qint64 first, qint64 count) const {
    LineIndex::Mark mark;
    qint64 end = 0;
    first = std::max<qint64>(first, 0);
    {
        const std::scoped_lock lock(m_mutex);
        count = std::min(count, m_index.lines(isWhole()) - first);
        if (count <= 0)
            return {};
        mark = m_index.markOf(first);
        end = m_index.bytes();
    }
    auto [line, from] = mark;
    QList<LogLine> result;
    QByteArray buffer;
    while (result.size() < count) {
        const QByteArray chunk =
            readAt(m_path, from + buffer.size(), std::min(kReadSize, end - from - buffer.size()));
        buffer += chunk;
        const char *at = buffer.constData();
        const char *const until = at + buffer.size();
        while (result.size() < count && at < until) {
            qint64 length = LineIndex::lineLength(at, until);
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
    const QByteArray bytes = readAt(m_path, from, end - from);
    QList<LogLine> result;
    const char *at = bytes.constData();
    const char *const until = at + bytes.size();
    while (at < until) {
        const qint64 known = LineIndex::lineLength(at, until);
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
        first = m_index.markAt(offset).line;
    }
    const QList<LogLine> near = lines(first, LineIndex::kStride);
    const auto after = std::find_if(near.begin(), near.end(),
                                    [offset](const LogLine &line) { return line.offset > offset; });
    return std::max<qint64>(first, first + (after - near.begin()) - 1);
}

void LogSpool::readBlock(qint64 first, LogBlock &block) const {
    LineIndex::Range range;
    block.lines = 0;
    block.bytes.resize(0);
    {
        const std::scoped_lock lock(m_mutex);
        if (first < 0 || first >= m_index.lines(isWhole()))
            return;
        range = m_index.rangeOf(first, kBlockSize, isWhole());
    }
    block.first = range.first.line;
    block.lines = range.lines;
    block.bytes.resize(range.end - range.first.offset);
    readInto(block.bytes, m_path, range.first.offset);
}

} // namespace slipway
