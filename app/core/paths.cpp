// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/paths.h"

#include <QDir>
#include <QFileInfo>

namespace slipway {

namespace {

// By the XDG base directory specification, which has relative paths ignored. A HOME that is missing stands
// for no other place.
Result<QString> defaultDataDir() {
    if (const QString named = qEnvironmentVariable("SLIPWAY_DATA_DIR"); !named.isEmpty())
        return QDir(named).absolutePath();
    QString base = qEnvironmentVariable("XDG_DATA_HOME");
    if (QDir::isRelativePath(base)) {
        const QString home = QDir::cleanPath(qEnvironmentVariable("HOME"));
        if (QDir::isRelativePath(home) || QDir(home).isRoot())
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("There is no home folder for the data directory: HOME is \"%1\". Set it, or "
                               "name a folder with --data-dir or SLIPWAY_DATA_DIR.")
                    .arg(qEnvironmentVariable("HOME"))};
        base = home + QStringLiteral("/.local/share");
    }
    return base + QStringLiteral("/slipway");
}

} // namespace

Result<Paths> dataPaths(const QString &dataDirOption) {
    const auto chosen =
        dataDirOption.isEmpty() ? defaultDataDir() : Result<QString>(QDir(dataDirOption).absolutePath());
    if (!chosen)
        return chosen.error();
    return Paths{*chosen};
}

Result<void> makeDataDir(const Paths &paths) {
    const QString &dir = paths.dataDir;
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
    return {};
}

} // namespace slipway
