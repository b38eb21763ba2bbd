// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/inputfile.h"

#include "app/core/filedescriptor.h"

#include <QFile>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr std::size_t kPiece = 65'536;
constexpr qint64 kMiB = 1024LL * 1024;

// `what` is said of it; `fd` is negative when it could not be opened, for the reason in errno.
Result<QByteArray> readAll(int fd, const QString &what, qint64 max) {
    const auto failed = [&](int number) {
        return Error{number == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                     QStringLiteral("%1 cannot be read: %2").arg(what, qt_error_string(number))};
    };
    if (fd < 0)
        return failed(errno);
    QByteArray bytes;
    std::array<char, kPiece> piece{};
    for (;;) {
        const ssize_t got = ::read(fd, piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(errno);
        if (got == 0)
            return bytes;
        bytes.append(piece.data(), got);
        if (bytes.size() > max)
            return Error{ErrorCode::InvalidInput,
                         max < kMiB
                             ? QStringLiteral("%1 contains more than %2 bytes.").arg(what).arg(max)
                             : QStringLiteral("%1 contains more than %2 MiB.").arg(what).arg(max / kMiB)};
    }
}

} // namespace

Result<QByteArray> readInput(const QString &name, qint64 max) {
    if (name == QLatin1String("-"))
        return readAll(STDIN_FILENO, QStringLiteral("Standard input"), max);
    return readFile(name, max);
}

Result<QByteArray> readFile(const QString &path, qint64 max) {
    const FileDescriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    return readAll(file.get(), path, max);
}

Result<void> openToRead(QFile &file) {
    if (file.isOpen() || file.open(QIODevice::ReadOnly))
        return {};
    return unreadable(file);
}

Error unreadable(const QFile &file) {
    return {file.exists() ? ErrorCode::Io : ErrorCode::NotFound,
            QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString())};
}

} // namespace slipway
