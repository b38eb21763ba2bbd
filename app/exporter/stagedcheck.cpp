// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/stagedcheck.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <fcntl.h>

namespace slipway {

namespace {

const QByteArray kLink = "120000";
const QByteArray kSubmodule = "160000";

PublishFailure inTheWay(const QByteArray &name, const QString &what) {
    return {
        PublishState::Conflict,
        {},
        QStringLiteral("%1 is %2 in the repository. Nothing is written through it and it is not replaced; "
                       "nothing was published. Remove or rename it there, then push again.")
            .arg(QString::fromUtf8(name), what)};
}

// As git names a file's bytes when nothing is made of them.
QByteArray blobOf(const QByteArray &path, bool isSha256) {
    const int fd = ::open(path.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC); // QFile wants a text
    QFile file;
    if (fd < 0 || !file.open(fd, QIODevice::ReadOnly, QFile::AutoCloseHandle))
        return {};
    QCryptographicHash hash(isSha256 ? QCryptographicHash::Sha256 : QCryptographicHash::Sha1);
    const QByteArray header = "blob " + QByteArray::number(file.size()) + '\0';
    hash.addData(header);
    return hash.addData(&file) ? hash.result().toHex() : QByteArray();
}

} // namespace

PublishTry checkSubmodules(const GitProgram &git) {
    const auto answer =
        git.run({QStringLiteral("ls-files"), QStringLiteral("--stage"), QStringLiteral("-z")});
    if (!answer)
        return failureOf(answer.error());
    for (const QByteArray &entry : answer->out.split('\0')) {
        if (!entry.startsWith(kSubmodule))
            continue;
        const QByteArray name = entry.mid(entry.indexOf('\t') + 1);
        QDir folder(git.folder() + QLatin1Char('/') + QFile::decodeName(name));
        if (folder.isEmpty())
            continue;
        folder.removeRecursively(); // git would not clean it either, and the next publication finds it
        return inTheWay(name, QStringLiteral("a submodule"));
    }
    return std::nullopt;
}

PublishTry checkStaged(const GitProgram &git, const QString &base) {
    const auto answer =
        git.run({QStringLiteral("diff"), QStringLiteral("--cached"), QStringLiteral("--raw"),
                 QStringLiteral("--no-abbrev"), QStringLiteral("--no-renames"), QStringLiteral("-z"), base});
    if (!answer)
        return failureOf(answer.error());
    const QList<QByteArray> parts = answer->out.split('\0');
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) {
        const QList<QByteArray> fields = parts.at(i).mid(1).split(' '); // modes, ids, status
        const QByteArray &name = parts.at(i + 1);
        if (fields.size() != 5)
            return PublishFailure{PublishState::Failed, QString::fromUtf8(parts.at(i))};
        if (fields.at(0) == kLink || fields.at(0) == kSubmodule)
            return inTheWay(name, fields.at(0) == kLink ? QStringLiteral("a symbolic link")
                                                        : QStringLiteral("a submodule"));
        const QByteArray &id = fields.at(3);
        if (fields.at(4) == "D" ||
            id == blobOf(QFile::encodeName(git.folder()) + '/' + name, id.size() == 64))
            continue;
        return PublishFailure{
            PublishState::Failed,
            {},
            QStringLiteral("git would publish other bytes of %1 than the evidence has: a line of the "
                           "repository's .gitattributes changes them (text, eol, filter). Nothing was "
                           "published. Add the line \"runs/** -text -filter\" to it, then push again.")
                .arg(QString::fromUtf8(name))};
    }
    return std::nullopt;
}

} // namespace slipway
