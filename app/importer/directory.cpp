// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importer/directory.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

Error errorOf(int number) {
    if (number == ELOOP || number == ENOTDIR)
        return {ErrorCode::InvalidInput, QStringLiteral("it is a symbolic link, which is not followed")};
    return {number == ENOENT ? ErrorCode::NotFound : ErrorCode::Io, qt_error_string(number)};
}

struct CloseFile {
    int fd;
    ~CloseFile() { ::close(fd); }
};

} // namespace

Directory::~Directory() {
    if (m_fd >= 0)
        ::close(m_fd);
}

Directory::Directory(Directory &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}

Directory &Directory::operator=(Directory &&other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
}

Result<Directory> Directory::open(const QString &path) {
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return Error{errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                     QStringLiteral("%1 cannot be read: %2").arg(path, qt_error_string(errno))};
    return Directory(fd);
}

Result<QList<Directory::Entry>> Directory::entries(qsizetype max) const {
    // A descriptor of its own, since closedir() closes the one it reads.
    const int fd = ::openat(m_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errorOf(errno);
    const std::unique_ptr<DIR, int (*)(DIR *)> stream(::fdopendir(fd), &::closedir);
    QList<Entry> entries;
    while (const dirent *found = ::readdir(stream.get())) {
        const QByteArray name(found->d_name);
        if (name == "." || name == "..")
            continue;
        struct stat info {};
        if (::fstatat(m_fd, found->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue; // gone in the meantime
        entries.append({name,
                        S_ISREG(info.st_mode)   ? Type::File
                        : S_ISDIR(info.st_mode) ? Type::Directory
                                                : Type::Other,
                        S_ISREG(info.st_mode) ? info.st_size : 0});
        if (entries.size() > max)
            break;
    }
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.name < b.name; });
    return entries;
}

Result<Directory> Directory::enter(const QByteArray &name) const {
    const int fd = ::openat(m_fd, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errorOf(errno);
    return Directory(fd);
}

Result<QByteArray> Directory::read(const QByteArray &name, qint64 max) const {
    const int fd = ::openat(m_fd, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errorOf(errno);
    const CloseFile closing{fd};
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return Error{ErrorCode::InvalidInput, QStringLiteral("it is not a regular file")};
    const auto tooLarge = [max](qint64 size) {
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("it has %1 bytes, more than the %2 MiB that are kept")
                         .arg(size)
                         .arg(max / (1024LL * 1024))};
    };
    if (info.st_size > max)
        return tooLarge(info.st_size);
    QByteArray bytes(info.st_size + 1, Qt::Uninitialized);
    qsizetype length = 0;
    for (;;) {
        if (length == bytes.size())
            bytes.resize(bytes.size() * 2);
        const ssize_t got = ::read(fd, bytes.data() + length, static_cast<size_t>(bytes.size() - length));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errorOf(errno);
        if (got == 0)
            break;
        length += got;
        if (length > max) // it grew while it was read
            return tooLarge(length);
    }
    bytes.truncate(length);
    return bytes;
}

} // namespace slipway
