// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/paths.h"

#include <QDir>
#include <QFileInfo>

namespace slipway {

namespace {

// By the XDG base directory specification, which has relative paths ignored. A HOME that is missing stands
// for no other place.
Result<QString> baseFolder(const char *variable, const QString &inHome) {
    const QString base = qEnvironmentVariable(variable);
    if (!QDir::isRelativePath(base))
        return base;
    const QString home = QDir::cleanPath(qEnvironmentVariable("HOME"));
    if (QDir::isRelativePath(home) || QDir(home).isRoot())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("There is no home folder for the data directory: HOME is \"%1\". Set it, or "
                           "name a folder with --data-dir or SLIPWAY_DATA_DIR.")
                .arg(qEnvironmentVariable("HOME"))};
    return home + inHome;
}

} // namespace

Result<Paths> dataPaths(const QString &dataDirOption) {
    const QString named = dataDirOption.isEmpty() ? qEnvironmentVariable("SLIPWAY_DATA_DIR") : dataDirOption;
    if (!named.isEmpty())
        return Paths{QDir(named).absolutePath()};
    const auto data = baseFolder("XDG_DATA_HOME", QStringLiteral("/.local/share"));
    if (!data)
        return data.error();
    const auto state = baseFolder("XDG_STATE_HOME", QStringLiteral("/.local/state"));
    const auto cache = baseFolder("XDG_CACHE_HOME", QStringLiteral("/.cache"));
    const QString own = QStringLiteral("/slipway");
    return Paths{*data + own, state ? *state + own : QString(), cache ? *cache + own : QString()};
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

void preparePublishDir(const Paths &paths) {
    if (paths.cacheDir.isEmpty())
        return;
    (void)makeDataDir(Paths{paths.cacheDir}); // who publishes says what cannot be made
    const QString old = Paths{paths.dataDir}.publishDir();
    const QString now = paths.publishDir();
    if (!QFileInfo::exists(old) || QFileInfo(old).isSymLink() || QFileInfo::exists(now))
        return;
    if (!QDir().rename(old, now))
        QDir(old).removeRecursively();
}

} // namespace slipway
