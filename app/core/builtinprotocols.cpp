// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/builtinprotocols.h"

#include "models/evidence/manifest.h"

#include <QFile>

namespace slipway {

Result<QByteArray> builtInText(const QString &path) {
    QFile file(QStringLiteral(":/slipway/") + path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no %1 in this build.").arg(path)};
    return file.readAll();
}

Result<QByteArray> builtInProgram(const QString &name) {
    QByteArray whole;
    QStringList parts{QStringLiteral("common.sh"), QStringLiteral("server.sh"), QStringLiteral("rows.sh")};
    if (name == QLatin1String("phase4.sh"))
        parts << QStringLiteral("http.sh") << QStringLiteral("filter.sh") << QStringLiteral("faults.sh")
              << QStringLiteral("canary.sh") << QStringLiteral("burst.sh");
    for (const QString &part : parts << name) {
        const auto bytes = builtInText(QStringLiteral("phases/") + part);
        if (!bytes)
            return bytes.error();
        whole += *bytes + '\n';
    }
    return whole;
}

Result<Protocol> builtInProtocol(const QString &name) {
    const QString path = QStringLiteral("protocols/%1.json").arg(name);
    const auto bytes = builtInText(path);
    if (!bytes)
        return bytes.error();
    auto protocol = parseProtocol(*bytes, path);
    if (!protocol)
        return protocol;
    for (const Phase &phase : std::as_const(protocol->phases)) {
        for (const Step &step : phase.steps) {
            if (const auto program = builtInProgram(step.program)) // a script of the field is a person's
                protocol->programs.insert(step.program, sha256Of(*program));
        }
    }
    return protocol;
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
