// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/inputfile.h"

#include <QFile>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr std::size_t kPiece = 65'536;

struct Input {
    int fd = -1;
    bool isOwn = false;
    Input(int descriptor, bool own) : fd(descriptor), isOwn(own) {}
    ~Input() {
        if (isOwn && fd >= 0)
            ::close(fd);
    }
    Input(const Input &) = delete;
    Input &operator=(const Input &) = delete;
};

} // namespace

Result<QByteArray> readInput(const QString &name, qint64 most) {
    const bool isStandard = name == QLatin1String("-");
    const QString what = isStandard ? QStringLiteral("Standard input") : name;
    const auto failed = [&](int number) {
        return Error{number == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                     QStringLiteral("%1 cannot be read: %2").arg(what, qt_error_string(number))};
    };
    const Input input(isStandard ? STDIN_FILENO
                                 : ::open(QFile::encodeName(name).constData(), O_RDONLY | O_CLOEXEC),
                      !isStandard);
    if (input.fd < 0)
        return failed(errno);
    QByteArray bytes;
    std::array<char, kPiece> piece{};
    for (;;) {
        const ssize_t got = ::read(input.fd, piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(errno);
        if (got == 0)
            return bytes;
        bytes.append(piece.data(), got);
        if (bytes.size() > most)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1 holds more than %2 MiB.").arg(what).arg(most / (1024LL * 1024))};
    }
}

} // namespace slipway
