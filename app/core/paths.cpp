// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/paths.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace slipway {

Result<Paths> openPaths(const QString &dataDirOption) {
    QString dir = dataDirOption;
    if (dir.isEmpty())
        dir = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
              QStringLiteral("/slipway");
    dir = QDir(dir).absolutePath();
    if (!QDir().mkpath(dir)) {
        return Error{
            ErrorCode::Io,
            QStringLiteral("The data directory %1 cannot be made. Choose another with --data-dir.").arg(dir)};
    }
    QFile::setPermissions(dir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    if (!QFileInfo(dir).isWritable()) {
        return Error{
            ErrorCode::Io,
            QStringLiteral("The data directory %1 cannot be written. Choose another with --data-dir.")
                .arg(dir)};
    }
    return Paths{dir};
}

} // namespace slipway
