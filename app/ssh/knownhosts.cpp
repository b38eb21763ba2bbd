// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/knownhosts.h"

#include "app/ssh/sshpaths.h"
#include "app/ssh/sshtool.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMaxBytes = qint64{64} * 1024 * 1024;
constexpr qint64 kBlock = qint64{64} * 1024;
constexpr const char *kKrlMagic = "SSHKRL\n"; // PROTOCOL.krl; the first byte after it is a NUL

} // namespace

Result<KnownFile> lookAtKnownFile(const QString &path) {
    const auto unreadable = [&](const QString &why) {
        return Error{ErrorCode::HostKeyRefused, QStringLiteral("%1 cannot be read: %2").arg(path, why)};
    };
    const auto there = isThere(path);
    if (!there)
        return Error{ErrorCode::HostKeyRefused, there.error().text};
    const QFileInfo info(path);
    if (!*there || info.canonicalFilePath() == QLatin1String("/dev/null"))
        return KnownFile::Missing;
    if (!info.isFile())
        return unreadable(QStringLiteral("it is not a regular file"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file.errorString());
    const QByteArray mark("@revoked");
    KnownFile kind = KnownFile::Plain;
    QByteArray tail; // of the block before, in which a mark may begin
    qint64 size = 0;
    for (QByteArray block = file.read(kBlock); !block.isEmpty(); block = file.read(kBlock)) {
        size += block.size();
        if (size > kMaxBytes)
            return unreadable(QStringLiteral("it is larger than 64 MiB"));
        if (block.contains('\0'))
            return unreadable(QStringLiteral("it contains a NUL byte"));
        tail += block;
        if (tail.contains(mark))
            kind = KnownFile::Revokes;
        tail = tail.right(mark.size() - 1);
    }
    if (file.error() != QFile::NoError)
        return unreadable(file.errorString());
    return kind;
}

Result<KnownKeys> keysOfName(const QString &name, const QString &file) {
    const auto answer =
        runSshTool(QStringLiteral("ssh-keygen"), {QStringLiteral("-F"), name, QStringLiteral("-f"), file});
    if (!answer || answer->exitCode > 1 || answer->exitCode < 0)
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("%1 cannot be searched by ssh-keygen: %2")
                         .arg(file, answer ? lastWords(answer->err) : answer.error().text)};
    return readFoundKeys(answer->out, file);
}

Result<bool> isRevokedIn(const QString &file, const QString &keyLine) {
    const auto unreadable = [&](const QString &why) {
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("RevokedHostKeys names %1, which cannot be read (%2)").arg(file, why)};
    };
    QFile list(file);
    if (!list.open(QIODevice::ReadOnly))
        return unreadable(list.errorString());
    if (list.size() > kMaxBytes)
        return unreadable(QStringLiteral("it is larger than 64 MiB"));
    const QByteArray content = list.read(kMaxBytes + 1);
    if (!content.startsWith(kKrlMagic)) {
        const auto keys = readRevokedKeys(content, file);
        if (!keys)
            return unreadable(keys.error().text);
        const QByteArray shown = keyBytes(keyLine);
        return std::any_of(keys->begin(), keys->end(),
                           [&](const KnownKey &key) { return key.blob == shown; });
    }
    QTemporaryFile key;
    if (!key.open() || key.write(keyLine.toLatin1() + '\n') < 0 || !key.flush())
        return unreadable(key.errorString());
    const auto answer = runSshTool(QStringLiteral("ssh-keygen"),
                                   {QStringLiteral("-Q"), QStringLiteral("-f"), file, key.fileName()});
    if (!answer)
        return unreadable(answer.error().text);
    if (answer->exitCode == 0)
        return false;
    if (answer->exitCode == 1 && answer->out.contains("REVOKED"))
        return true;
    return unreadable(lastWords(answer->err));
}

} // namespace slipway
