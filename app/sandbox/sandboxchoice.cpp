// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxchoice.h"

#include "app/core/inputfile.h"
#include "app/core/outputfile.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

constexpr qint64 kMaxBytes = 64 * 1024;

} // namespace

Result<SandboxChoice> readSandboxChoice(const QString &path) {
    const auto bytes = readFile(path, kMaxBytes);
    if (!bytes && bytes.error().code == ErrorCode::NotFound)
        return SandboxChoice();
    if (!bytes)
        return bytes.error();
    const QJsonObject object = QJsonDocument::fromJson(*bytes).object();
    const QJsonValue server = object.value(QLatin1String("server"));
    const QJsonValue lie = object.value(QLatin1String("lie"));
    if (!server.isString() || !lie.isBool())
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("%1 does not say which server the sandbox runs. Name one with --server, or "
                           "take the reference node with --reference.")
                .arg(path)};
    return SandboxChoice{server.toString(), lie.toBool()};
}

Result<void> writeSandboxChoice(const QString &path, const SandboxChoice &choice) {
    if (choice == SandboxChoice()) {
        if (!QFile::exists(path) || QFile::remove(path))
            return {};
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be removed.").arg(path)};
    }
    const QJsonObject object{{QStringLiteral("server"), choice.server}, {QStringLiteral("lie"), choice.lie}};
    return writeFile(path, QJsonDocument(object).toJson());
}

} // namespace slipway
