// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/kepttext.h"
#include "app/core/paths.h"

#include <QDir>
#include <QFile>

#include <cerrno>

#include <unistd.h>

namespace slipway::cli {

namespace {

constexpr int kMaxOfOneName = 1000;

QString draftsDir(const Paths &paths) {
    return paths.dataDir + QStringLiteral("/drafts");
}

} // namespace

Result<KeptText> KeptText::make(const Paths &paths, const QString &name, const QString &suffix,
                                const QByteArray &bytes) {
    TRY(makeDataDir(paths));
    const QString dir = draftsDir(paths);
    if (!QDir().mkpath(dir))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(dir)};
    QFile::setPermissions(dir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    for (int number = 1; number <= kMaxOfOneName; ++number) {
        QFile file(dir + QLatin1Char('/') + name +
                   (number == 1 ? QString() : QLatin1Char('-') + QString::number(number)) + suffix);
        if (QFile::exists(file.fileName()))
            continue;
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be made: %2").arg(file.fileName(), file.errorString())};
        // Without a buffer of Qt's: what the disk says is known at once.
        for (qsizetype written = 0; written < bytes.size();) {
            const ssize_t got = ::write(file.handle(), bytes.constData() + written,
                                        static_cast<size_t>(bytes.size() - written));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0) {
                const Error error{
                    ErrorCode::DiskFull,
                    QStringLiteral("%1 cannot be written: %2").arg(file.fileName(), qt_error_string(errno))};
                file.remove();
                return error;
            }
            written += got;
        }
        return KeptText(file.fileName());
    }
    return Error{ErrorCode::Io, QStringLiteral("%1 has %2 texts of %3 already; store or remove some.")
                                    .arg(dir)
                                    .arg(kMaxOfOneName)
                                    .arg(name)};
}

QStringList KeptText::earlier(const Paths &paths, const QString &name) {
    const QDir dir(draftsDir(paths));
    QStringList found;
    for (const QString &file :
         dir.entryList({name + QStringLiteral(".*"), name + QStringLiteral("-?.*")}, QDir::Files, QDir::Name))
        found << dir.filePath(file);
    return found;
}

void KeptText::discard() const {
    QFile::remove(m_path);
}

} // namespace slipway::cli
