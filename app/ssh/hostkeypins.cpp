// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostkeypins.h"

#include "app/core/outputfile.h"
#include "app/core/paths.h"

#include <QFile>
#include <QFileInfo>

namespace slipway {

namespace {

QString identity(const Host &host) {
    if (!host.id.isEmpty())
        return QStringLiteral("id=") + host.id;
    return QStringLiteral("%1@%2:%3").arg(host.name, host.address).arg(host.port);
}

} // namespace

QString keyPart(const QString &line) {
    return line.simplified().section(QLatin1Char(' '), 0, 1);
}

QStringList HostKeyPins::keysOf(const Host &host) const {
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    QStringList keys;
    const QString prefix = identity(host) + QLatin1Char(' ');
    for (const QString &line :
         QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(prefix))
            keys << keyPart(line.mid(prefix.size()));
    }
    return keys;
}

Result<void> HostKeyPins::replace(const Host &host, const QByteArray &content) const {
    TRY(makeDataDir(Paths{QFileInfo(m_file).path()}));
    const auto written = writeFile(m_file, content, {.permissions = kOwnerOnly});
    if (written)
        return {};
    return Error{written.error().code,
                 QStringLiteral("The keys of %1 cannot be pinned: %2").arg(host.name, written.error().text)};
}

Result<void> HostKeyPins::pin(const Host &host, const HostKey &key) const {
    QByteArray content;
    if (QFile old(m_file); old.open(QIODevice::ReadOnly))
        content = old.readAll();
    return replace(host, content + QStringLiteral("%1 %2\n").arg(identity(host), keyPart(key.line)).toUtf8());
}

Result<int> HostKeyPins::forget(const Host &host) const {
    QFile old(m_file);
    if (!old.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray prefix = identity(host).toUtf8() + ' ';
    QByteArray kept;
    int count = 0;
    while (!old.atEnd()) {
        const QByteArray line = old.readLine();
        if (line.startsWith(prefix))
            ++count;
        else
            kept += line;
    }
    if (count == 0)
        return 0;
    TRY(replace(host, kept));
    return count;
}

} // namespace slipway
