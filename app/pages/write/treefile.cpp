// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/treefile.h"

#include "app/core/inputfile.h"
#include "app/core/outputfile.h"

#include <QByteArrayList>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

#include <sys/stat.h>

namespace slipway {

namespace {

constexpr qint64 kMaxBytes = 64LL * 1024 * 1024;

// What git reads instead of keeping: a campaign's own .gitattributes would change its bytes in every clone.
const QByteArrayList kOfGit{".git", ".gitattributes", ".gitmodules"};

QString kindOf(mode_t mode) {
    return S_ISLNK(mode)   ? QStringLiteral("a symbolic link")
           : S_ISDIR(mode) ? QStringLiteral("a folder")
           : S_ISREG(mode) ? QStringLiteral("a file")
                           : QStringLiteral("a pipe or device");
}

} // namespace

Result<void> checkTreePath(const QString &tree, const QString &name, TreeEntry as) {
    if (const QDir dir(tree); dir.exists(QStringLiteral("HEAD")) && dir.exists(QStringLiteral("objects")) &&
                              dir.exists(QStringLiteral("refs")))
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is a bare repository, whose files git keeps to itself. --push publishes "
                           "to it.")
                .arg(tree)};
    const QStringList parts = name.split(QLatin1Char('/'));
    QString path = tree;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        path += QLatin1Char('/') + parts.at(i);
        struct stat info {};
        if (::lstat(QFile::encodeName(path).constData(), &info) != 0)
            return {}; // nothing, or what reading it reports better
        const bool isFile = as == TreeEntry::File && i + 1 == parts.size();
        if (isFile ? !S_ISREG(info.st_mode) : !S_ISDIR(info.st_mode))
            return Error{
                ErrorCode::AlreadyExists,
                QStringLiteral("%1 is %2 where %3 belongs. It is not replaced, and nothing is written "
                               "through it: rename or remove it in the repo, then export again.")
                    .arg(parts.first(i + 1).join(QLatin1Char('/')), kindOf(info.st_mode),
                         isFile ? QStringLiteral("a file") : QStringLiteral("a folder"))};
    }
    return {};
}

bool isPublishable(const QByteArray &name) {
    const QByteArrayList parts = name.split('/');
    return std::none_of(parts.begin(), parts.end(), [](const QByteArray &part) {
        return part.isEmpty() || part == "." || part == ".." || part.contains('\0') ||
               part.startsWith(".slipway-") || kOfGit.contains(part.toLower());
    });
}

Result<QByteArray> readTreeFile(const QString &tree, const QString &name) {
    TRY(checkTreePath(tree, name, TreeEntry::File));
    auto bytes = readFile(tree + QLatin1Char('/') + name, kMaxBytes);
    return !bytes && bytes.error().code == ErrorCode::NotFound ? QByteArray() : bytes;
}

Result<bool> writeTreeFile(const QString &tree, const QString &name, const QByteArray &bytes) {
    const auto before = readTreeFile(tree, name);
    if (!before)
        return before.error();
    const QString path = tree + QLatin1Char('/') + name;
    if (QFileInfo::exists(path) && *before == bytes)
        return false;
    TRY(writeFile(path, bytes, {.makesFolder = true}));
    return true;
}

} // namespace slipway
