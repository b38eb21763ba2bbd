// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/support/testpaths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QNetworkInterface>
#include <QProcess>
#include <QTemporaryDir>

#include <unistd.h>

namespace slipway::test {

SshAnswer ssh(const Host &host, const QString &command, const QString &as) {
    QTemporaryDir dir;
    const QString knownHosts = dir.filePath(QStringLiteral("known_hosts"));
    QFile file(knownHosts);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write known_hosts");
    for (const QString &key : host.hostKeys)
        file.write(QStringLiteral("[%1]:%2 %3\n%1 %3\n").arg(host.address).arg(host.port).arg(key).toUtf8());
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
    QFile::setPermissions(dir.path(), QFile::Permissions(0x7055));

    QStringList arguments{QStringLiteral("-F"),
                          QStringLiteral("none"),
                          QStringLiteral("-n"),
                          QStringLiteral("-o"),
                          QStringLiteral("BatchMode=yes"),
                          QStringLiteral("-o"),
                          QStringLiteral("StrictHostKeyChecking=yes"),
                          QStringLiteral("-o"),
                          QStringLiteral("UserKnownHostsFile=") + knownHosts,
                          QStringLiteral("-o"),
                          QStringLiteral("IdentitiesOnly=yes"),
                          QStringLiteral("-i"),
                          host.identityFile,
                          QStringLiteral("-p"),
                          QString::number(host.port),
                          host.user + QLatin1Char('@') + host.address,
                          command};
    QString program = QStringLiteral("ssh");
    if (!as.isEmpty()) {
        arguments = QStringList{QStringLiteral("--reuid"),        as,     QStringLiteral("--regid"), as,
                                QStringLiteral("--clear-groups"), program} +
                    arguments;
        program = QStringLiteral("setpriv");
    }
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60000))
        process.kill();
    process.waitForFinished();
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QStringList remains(const QString &dataDir, const QString &link) {
    QStringList left;
    const QByteArray dir = QFile::encodeName(dataDir);
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isPid = false;
        if (pid.toLongLong(&isPid) == QCoreApplication::applicationPid() || !isPid)
            continue;
        const QString proc = QStringLiteral("/proc/") + pid + QLatin1Char('/');
        QByteArray traces = QFile::encodeName(QFile::symLinkTarget(proc + QStringLiteral("root")));
        traces += '\n' + QFile::encodeName(QFile::symLinkTarget(proc + QStringLiteral("fd/1")));
        for (const QString &name : {QStringLiteral("cmdline"), QStringLiteral("environ")}) {
            QFile file(proc + name);
            if (file.open(QIODevice::ReadOnly))
                traces += '\n' + file.readAll();
        }
        if (traces.contains(dir))
            left.append(QStringLiteral("process %1: %2")
                            .arg(pid, QString::fromLocal8Bit(traces.replace('\0', ' ').simplified())));
    }
    QFile mounts(QStringLiteral("/proc/self/mountinfo"));
    if (!mounts.open(QIODevice::ReadOnly) || mounts.readAll().contains(dir + '/'))
        left.append(QStringLiteral("a mount"));
    if (QNetworkInterface::interfaceFromName(link).isValid())
        left.append(QStringLiteral("the link ") + link);
    for (const QString &name :
         QDir(dataDir).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        if (name != QFileInfo(Paths{dataDir}.eventLog()).fileName()) // what was done stays known
            left.append(QStringLiteral("the file ") + name);
    return left;
}

Box::~Box() {
    const auto down = sandbox.down();
    if (!down)
        qWarning("%s", qPrintable(down.error().text));
}

QMap<QString, qint64> Box::pids() const {
    QMap<QString, qint64> map;
    const auto status = sandbox.status();
    if (status) {
        for (const SandboxHostStatus &host : status->hosts)
            map.insert(host.name, host.healthy() ? host.pid : 0);
    }
    return map;
}

bool Box::namespaces() const {
    const auto status = sandbox.status();
    return status && status->namespaces;
}

bool isRoot() {
    return ::geteuid() == 0;
}

QString slipwayctl() {
    return testPaths::program("slipwayctl");
}

} // namespace slipway::test
