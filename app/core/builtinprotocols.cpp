// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/builtinprotocols.h"

#include <QFile>

namespace slipway {

Result<QByteArray> builtInText(const QString &path) {
    QFile file(QStringLiteral(":/slipway/") + path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no %1 in this build.").arg(path)};
    return file.readAll();
}

Result<Protocol> builtInProtocol(const QString &name) {
    const QString path = QStringLiteral("protocols/%1.json").arg(name);
    const auto bytes = builtInText(path);
    if (!bytes)
        return bytes.error();
    return parseProtocol(*bytes, path);
}

const QList<Protocol> &builtInProtocols() {
    static const QList<Protocol> all = [] {
        QList<Protocol> protocols;
        for (const QString &name : {QStringLiteral("ship-gate"), kFieldProtocol}) {
            if (auto protocol = builtInProtocol(name))
                protocols.append(*protocol);
        }
        return protocols;
    }();
    return all;
}

} // namespace slipway
