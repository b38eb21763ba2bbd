// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/rentedrig.h"

#include "tests/support/contract.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace slipway::test {

namespace {

void writeFile(const QString &path, const QByteArray &bytes, QFile::Permissions permissions) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size() ||
        !file.setPermissions(permissions))
        qFatal("cannot write %s", qPrintable(path));
}

constexpr QFile::Permissions kMine = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions kProgram = kMine | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;

} // namespace

QByteArray readFile(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

RentedRig::RentedRig() : m_dir(m_box.dir.path() + QStringLiteral("/sandbox")) {
    const auto up = m_box.sandbox.up({});
    if (!up)
        qFatal("%s", qPrintable(up.error().text));
    m_sandbox = *up;
    if (!usable())
        return;
    putProgram(QStringLiteral("cloud-init"), "#!/bin/sh\necho 'status: done'\n");
    putProgram(QStringLiteral("shutdown"), "#!/bin/sh\necho \"$@\" >>/tmp/shutdown.log\n");
    QJsonObject addresses;
    for (const Host &host : m_sandbox.hosts)
        addresses.insert(host.name, QJsonArray{host.address, host.privateAddress});
    m_cloud.configure({{QStringLiteral("addresses"), addresses}});
    m_cloud.post(QStringLiteral("key"), QJsonObject{{QStringLiteral("name"), QStringLiteral("me")},
                                                    {QStringLiteral("public_key"),
                                                     QString::fromLatin1(readFile(keyFile()).trimmed())}});
}

void RentedRig::putProgram(const QString &name, const QByteArray &text) const {
    writeFile(m_dir + QStringLiteral("/server/") + name, text, kProgram);
}

void RentedRig::removeProgram(const QString &name) const {
    if (!QFile::remove(m_dir + QStringLiteral("/server/") + name))
        qFatal("cannot remove %s", qPrintable(name));
}

void RentedRig::playCloudInit() {
    for (const Host &host : m_sandbox.hosts)
        playCloudInit(host);
}

// The host's own sshd is started again with the key.
void RentedRig::playCloudInit(const Host &host) {
    QString userData;
    for (const QJsonValue server : m_cloud.state().value(QStringLiteral("droplets")).toArray()) {
        if (server[QStringLiteral("name")].toString().endsWith(QLatin1Char('.') + host.name))
            userData = server[QStringLiteral("user_data")].toString();
    }
    static const QRegularExpression keys(
        QStringLiteral("ed25519_private: \\|\\n((?:    .*\\n)+)  ed25519_public: (.*)\\n"));
    const auto match = keys.match(userData);
    if (!match.hasMatch())
        qFatal("no host key came for %s", qPrintable(host.name));
    const QString file = m_dir + QStringLiteral("/hosts/%1/fs/etc/ssh/ssh_host_ed25519_key").arg(host.name);
    writeFile(file, match.captured(1).replace(QStringLiteral("    "), QString()).toLatin1(), kMine);
    writeFile(file + QStringLiteral(".pub"), match.captured(2).toLatin1() + '\n', kMine);
    m_hostKeys.insert(host.name, {match.captured(2)});
    ssh(host, QStringLiteral("pkill -o -x sshd"));
}

SshAnswer RentedRig::ask(Host host, const QString &command) const {
    host.hostKeys = m_hostKeys.value(host.name);
    return ssh(host, command);
}

QStringList RentedRig::violations() const {
    Contract contract;
    int count = 0;
    return contract.open(testPaths::source("../shared/do-openapi.json")).isEmpty()
               ? contract.violationsOf(m_cloud.log(), count)
               : QStringList();
}

} // namespace slipway::test
