// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxplan.h"

#include "app/core/builtinprotocols.h"
#include "app/core/inputfile.h"
#include "app/core/outputfile.h"
#include "app/core/sshkeygen.h"
#include "app/sandbox/sandboxprocesses.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace slipway {

namespace {

constexpr int kFirstHostNumber = 11;
constexpr quint16 kSshPort = 22;
constexpr quint16 kUnprivilegedSshPort = 2222;

const OutputOptions kPrivate{.permissions = kOwnerOnly, .makesFolder = true};
const OutputOptions kReadable{.permissions = kOwnerOnly | QFile::ReadGroup | QFile::ReadOther,
                              .makesFolder = true};

Result<void> makeKey(const QString &path, const QString &comment) {
    if (QFileInfo::exists(path) && QFileInfo::exists(path + QStringLiteral(".pub")))
        return {};
    QFile::remove(path);
    if (!QDir().mkpath(QFileInfo(path).path()))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be made.").arg(QFileInfo(path).path())};
    return makeSshKey(path, comment);
}

// "ssh-ed25519 AAAA…", without the comment.
Result<QString> publicKey(const QString &path) {
    const auto text = readFile(path + QStringLiteral(".pub"));
    if (!text)
        return text.error();
    return QString::fromLatin1(*text).trimmed().section(QLatin1Char(' '), 0, 1);
}

QString quoted(const QString &text) {
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QByteArray sshdConfig(const SandboxLayout &layout, const SandboxPlan &plan, const QString &host,
                      const QString &mark) {
    // With namespaces sshd sees its tree as the root; without, it needs the paths as this machine has them.
    const QString root = plan.namespaces ? QString() : layout.hostRoot(host);
    const QString ssh = root + QStringLiteral("/etc/ssh");
    QStringList lines{
        QStringLiteral("ListenAddress ") + plan.address(host),
        QStringLiteral("Port %1").arg(plan.port()),
        QStringLiteral("HostKey ") + quoted(ssh + QStringLiteral("/ssh_host_ed25519_key")),
        QStringLiteral("AuthorizedKeysFile ") +
            quoted(QString(ssh).replace(QLatin1Char('%'), QStringLiteral("%%")) +
                   QStringLiteral("/authorized_keys")) +
            QStringLiteral(" .ssh/authorized_keys"),
        QStringLiteral("PidFile ") + quoted(root + QStringLiteral("/run/sshd.pid")),
        QStringLiteral("PermitRootLogin prohibit-password"),
        QStringLiteral("PasswordAuthentication no"),
        QStringLiteral("KbdInteractiveAuthentication no"),
        QStringLiteral("UsePAM no"),
        // The data directory may lie where others can write; the keys in it are still the sandbox's own.
        QStringLiteral("StrictModes no"),
        QStringLiteral("UseDNS no"),
        QStringLiteral("PrintMotd no"),
        QStringLiteral("AcceptEnv LANG LC_*"),
        QStringLiteral("Subsystem sftp internal-sftp"),
    };
    if (!plan.namespaces) {
        lines.append(QStringLiteral("SetEnv %1=%2 %3=%4 HOME=%5 TMPDIR=%6")
                         .arg(SandboxProcesses::markVariable(), mark, SandboxProcesses::partVariable(), host,
                              quoted(root + QStringLiteral("/root")), quoted(root + QStringLiteral("/tmp"))));
    }
    return lines.join(QLatin1Char('\n')).toUtf8() + '\n';
}

Result<void> prepareHost(const SandboxLayout &layout, const SandboxPlan &plan, const QString &host,
                         const QByteArray &names, const QByteArray &knownHosts, const QString &mark) {
    const QString ssh = layout.hostSshDir(host);
    for (const QString &folder : {QStringLiteral("/root"), QStringLiteral("/tmp"), QStringLiteral("/run"),
                                  QStringLiteral("/etc/ai-memory"), QStringLiteral("/opt/ai-memory-mcp")}) {
        if (!QDir().mkpath(layout.hostRoot(host) + folder))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be made.").arg(layout.hostRoot(host) + folder)};
    }
    const auto client = publicKey(layout.clientKey());
    if (!client)
        return client.error();
    const std::pair<QString, QByteArray> files[] = {
        {ssh + QStringLiteral("/sshd_config"), sshdConfig(layout, plan, host, mark)},
        {ssh + QStringLiteral("/authorized_keys"), client->toLatin1() + '\n'},
        {ssh + QStringLiteral("/ssh_known_hosts"), knownHosts},
        {layout.hostRoot(host) + QStringLiteral("/etc/hosts"), names},
        {layout.hostRoot(host) + QStringLiteral("/etc/ai-memory/version"),
         plan.server.version.toUtf8() + '\n'},
    };
    for (const auto &[path, bytes] : files) {
        auto written = writeFile(path, bytes, kReadable);
        if (!written)
            return written;
    }
    return {};
}

} // namespace

QStringList SandboxPlan::hostNames() {
    return {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c"),
            QStringLiteral("chaos")};
}

QString SandboxPlan::address(const QString &host) const {
    return QStringLiteral("%1.250.%2.%3")
        .arg(namespaces ? 10 : 127)
        .arg(subnet)
        .arg(kFirstHostNumber + hostNames().indexOf(host));
}

QString SandboxPlan::gateway() const {
    return QStringLiteral("10.250.%1.1").arg(subnet);
}

quint16 SandboxPlan::port() const {
    return namespaces ? kSshPort : kUnprivilegedSshPort;
}

Result<SandboxPlan> readPlan(const SandboxLayout &layout) {
    const auto bytes = readFile(layout.planFile());
    if (!bytes)
        return bytes.error();
    const QJsonObject object = QJsonDocument::fromJson(*bytes).object();
    SandboxPlan plan;
    plan.namespaces = object.value(QLatin1String("namespaces")).toBool();
    plan.subnet = object.value(QLatin1String("subnet")).toInt(-1);
    plan.user = object.value(QLatin1String("user")).toString();
    plan.server = serverFromJson(object.value(QLatin1String("server")).toObject());
    if (plan.subnet < 0 || plan.subnet > 255 || plan.user.isEmpty())
        return Error{ErrorCode::Corrupt, QStringLiteral("%1 is not a sandbox plan.").arg(layout.planFile())};
    return plan;
}

Result<void> writePlan(const SandboxLayout &layout, const SandboxPlan &plan) {
    const QJsonObject object{{QStringLiteral("namespaces"), plan.namespaces},
                             {QStringLiteral("subnet"), plan.subnet},
                             {QStringLiteral("user"), plan.user},
                             {QStringLiteral("server"), serverToJson(plan.server)}};
    return writeFile(layout.planFile(), QJsonDocument(object).toJson(), kPrivate);
}

Result<void> prepareFiles(const SandboxLayout &layout, const SandboxPlan &plan, const QString &mark) {
    auto made = makeKey(layout.clientKey(), QStringLiteral("slipway-sandbox"));
    for (const QString &host : SandboxPlan::hostNames()) {
        if (made)
            made = makeKey(layout.hostKey(host), host);
    }
    QByteArray names = "127.0.0.1 localhost\n";
    QByteArray knownHosts;
    for (const QString &host : SandboxPlan::hostNames()) {
        if (!made)
            return made;
        const auto key = publicKey(layout.hostKey(host));
        if (!key)
            return key.error();
        const QString address = plan.address(host);
        names += address.toLatin1() + ' ' + host.toLatin1() + '\n';
        const QString known =
            plan.namespaces ? address : QStringLiteral("[%1]:%2").arg(address).arg(plan.port());
        knownHosts += known.toLatin1() + ',' + host.toLatin1() + ' ' + key->toLatin1() + '\n';
    }
    for (const QString &host : SandboxPlan::hostNames()) {
        auto prepared = prepareHost(layout, plan, host, names, knownHosts, mark);
        if (!prepared)
            return prepared;
    }
    const auto script = builtInText(QStringLiteral("sandbox/part.sh"));
    return script ? writeFile(layout.script(), *script, kPrivate) : Result<void>(script.error());
}

Result<Fleet> sandboxFleet(const SandboxLayout &layout, const SandboxPlan &plan) {
    Fleet fleet;
    fleet.name = QStringLiteral("sandbox");
    for (const QString &name : SandboxPlan::hostNames()) {
        const auto key = publicKey(layout.hostKey(name));
        if (!key)
            return key.error();
        Host host;
        host.name = name;
        host.role = name == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
        host.address = plan.address(name);
        host.port = plan.port();
        host.user = plan.user;
        host.sshConfig = QStringLiteral("none"); // it is complete, and no jump host leads to it
        host.privateAddress = host.address;
        host.identityFile = layout.clientKey();
        host.hostKeys = {*key};
        host.serverPath = plan.namespaces ? QStringLiteral("/usr/local/bin/ai-memory")
                                          : layout.serverDir() + QStringLiteral("/ai-memory");
        host.workDir =
            plan.namespaces ? QStringLiteral("/tmp") : layout.hostRoot(name) + QStringLiteral("/tmp");
        fleet.hosts.append(host);
    }
    return fleet;
}

} // namespace slipway
