// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/openingchecks.h"

#include "app/archive/sqliteconnection.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

#include <sys/stat.h>

namespace slipway {

namespace {

constexpr qint64 kCheckedPageByPage = 32LL * 1024 * 1024; // bytes of a file

// A file that was cut short is smaller than its own header says (sqlite.org/fileformat.html, 1.3.8).
Result<void> checkSize(SqliteConnection &connection) {
    qint64 pages = 0;
    qint64 pageSize = 0;
    for (const auto &[sql, into] :
         {std::pair{"PRAGMA page_count", &pages}, std::pair{"PRAGMA page_size", &pageSize}}) {
        auto statement = connection.prepare(sql);
        if (!statement || !statement->next())
            return connection.error(QStringLiteral("reading its size"));
        *into = statement->integer(0);
    }
    // Pages that are only in the write-ahead log yet are not in the file.
    const qint64 bytes = QFileInfo(connection.path()).size() + walBytes(connection.path());
    if (bytes >= pages * pageSize)
        return {};
    return Error{
        ErrorCode::Corrupt,
        QStringLiteral("The archive %1 was cut short: %2 bytes of %3. Nothing was changed. Run slipwayctl "
                       "archive recover, or restore a backup.")
            .arg(connection.path())
            .arg(bytes)
            .arg(pages * pageSize)};
}

} // namespace

// A pipe or a device would keep us waiting, or be no file at all.
Result<void> refuseOthers(const QString &path, const QString &lockPath) {
    for (const QString &name :
         {path, path + QStringLiteral("-wal"), path + QStringLiteral("-shm"), lockPath}) {
        struct stat status {};
        if (::stat(QFile::encodeName(name).constData(), &status) == 0 && !S_ISREG(status.st_mode))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 is not a regular file. Nothing was changed. Remove it, or name "
                                        "another folder with --data-dir.")
                             .arg(name)};
    }
    return {};
}

// Damaged is said of what was read and is not right, never of what could not be read.
Result<void> checkPages(SqliteConnection &connection) {
    if (QFileInfo(connection.path()).size() > kCheckedPageByPage)
        return checkSize(connection);
    auto check = connection.prepare("PRAGMA quick_check(1)");
    if (!check)
        return check.error();
    if (!check->next())
        return connection.error(QStringLiteral("checking its pages"));
    if (check->text(0) != QLatin1String("ok")) {
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("The archive %1 is damaged: %2. Nothing was changed. Run slipwayctl archive "
                           "recover, or restore a backup.")
                .arg(connection.path(), check->text(0))};
    }
    return {};
}

Result<void> checkVersion(SqliteConnection &connection, bool exactly) {
    const auto current = connection.version();
    if (!current)
        return current.error();
    const auto known = static_cast<qint64>(migrations().size());
    if (*current > known)
        return Error{
            ErrorCode::Unsupported,
            QStringLiteral("The archive %1 was written by a newer Slipway (schema %2, this one knows "
                           "%3). Use that one.")
                .arg(connection.path())
                .arg(*current)
                .arg(known)};
    if (exactly && *current < known)
        return Error{
            ErrorCode::Unsupported,
            QStringLiteral("The archive %1 was written by an older Slipway (schema %2 of %3) and cannot be "
                           "brought up to date, because it cannot be written here.")
                .arg(connection.path())
                .arg(*current)
                .arg(known)};
    return {};
}

qint64 walBytes(const QString &path) {
    return QFileInfo(path + QStringLiteral("-wal")).size();
}

} // namespace slipway
