// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/outputfile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>

namespace slipway {

namespace {

Result<void> makeFolder(const QString &path) {
    if (QDir().mkpath(QFileInfo(path).absolutePath()))
        return {};
    return Error{ErrorCode::Io,
                 QStringLiteral("%1 cannot be written: its folder cannot be made. Check that you may "
                                "write there.")
                     .arg(path)};
}

} // namespace

Error unwritable(const QFileDevice &file) {
    // Qt has no code for a full disk; this is how it words ENOSPC, and EDQUOT of a quota.
    const QString cause = file.errorString();
    const bool isFull = cause == qt_error_string(ENOSPC) || cause == qt_error_string(EDQUOT);
    const QString todo = isFull
                             ? QStringLiteral("Make room there.")
                             : QStringLiteral("Check that its folder exists and that you may write there.");
    return {isFull ? ErrorCode::DiskFull : ErrorCode::Io,
            QStringLiteral("%1 cannot be written: %2. %3").arg(file.fileName(), cause, todo)};
}

Result<void> writeFile(const QString &path, const QByteArray &bytes, const OutputOptions &options) {
    TRY(options.makesFolder ? makeFolder(path) : Result<void>());
    // A device or a pipe is written to and never replaced, whoever may do so.
    if (const QFileInfo there(path); options.mayBeInPlace && there.exists() && !there.isFile()) {
        QFile file(path);
        const bool isWritten =
            file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(bytes) == bytes.size();
        return isWritten ? Result<void>() : unwritable(file);
    }
    QSaveFile file(path);
    file.setDirectWriteFallback(options.mayBeInPlace);
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
                           (!options.permissions || file.setPermissions(*options.permissions)) &&
                           file.write(bytes) == bytes.size() &&
                           file.flush() && // what commit() cannot write out it does not report
                           file.commit();  // syncs before it renames
    return isWritten ? Result<void>() : unwritable(file);
}

Result<void> appendToFile(const QString &path, const QByteArray &bytes, const OutputOptions &options) {
    TRY(options.makesFolder ? makeFolder(path) : Result<void>());
    QFile file(path);
    const bool isNew = !file.exists();
    const bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered) &&
                           (!isNew || !options.permissions || file.setPermissions(*options.permissions)) &&
                           file.write(bytes) == bytes.size();
    return isWritten ? Result<void>() : unwritable(file);
}

} // namespace slipway
