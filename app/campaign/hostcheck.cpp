// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostcheck.h"

#include "app/core/shellword.h"

#include <QMap>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kLeastFreeKb = qint64(512) * 1024;
constexpr qint64 kMostSkewMs = 2000; // logs of several hosts are merged by time

} // namespace

QByteArray healthProgram(const Host &host) {
    return "server=" + shellWord(host.serverPath.toUtf8()) + "\nwork=" + shellWord(host.workDir.toUtf8()) +
           "\n"
           "echo \"system $(uname -sr)\"\n"
           "echo \"time $(date +%s%3N)\"\n"
           "df -Pk -- \"$work\" | { read -r _; read -r _ _ _ free _; echo \"free $free\"; }\n"
           "[ -w \"$work\" ] && echo \"writable yes\"\n"
           "command -v bash >/dev/null && echo \"bash yes\"\n"
           "command -v curl >/dev/null && echo \"curl yes\"\n"
           "if [ -x \"$server\" ]; then\n"
           "  echo \"sha256 $(sha256sum <\"$server\" | cut -c1-64)\"\n"
           "  echo \"version $(\"$server\" --version 2>/dev/null </dev/null | head -n 1 | cut -c1-200)\"\n"
           "fi\n"
           // 0A: listens. A socket of IPv6 serves IPv4 too.
           "for table in /proc/net/tcp /proc/net/tcp6; do\n"
           "  [ -r \"$table\" ] || continue\n"
           "  while read -r _ local _ state _; do [ \"$state\" != 0A ] || echo \"listen ${local##*:}\"; done "
           "<\"$table\"\n"
           "  echo \"sockets $table\"\n"
           "done\n";
}

HostHealth readHealth(const Host &host, const HostAnswer &answer, const QList<int> &ports) {
    HostHealth health;
    health.host = host.name;
    if (answer.error) {
        health.problem = answer.error->text;
        return health;
    }
    QMap<QString, QString> said;
    QSet<int> served;
    for (const QByteArray &line : answer.out.split('\n')) {
        const QString text = QString::fromUtf8(line);
        const QString word = text.section(QLatin1Char(' '), 0, 0);
        const QString value = text.section(QLatin1Char(' '), 1).trimmed();
        if (word == QLatin1String("listen"))
            served.insert(value.toInt(nullptr, 16));
        else
            said.insert(word, value);
    }
    health.system = said.value(QStringLiteral("system"));
    health.serverVersion = said.value(QStringLiteral("version"));
    health.serverSha256 = said.value(QStringLiteral("sha256"));
    health.answerMs = answer.asked.msecsTo(answer.answered);
    bool timed = false;
    const qint64 there = said.value(QStringLiteral("time")).toLongLong(&timed);
    health.clockMs = there - (answer.asked.toMSecsSinceEpoch() + health.answerMs / 2);
    bool measured = false;
    health.freeKb = said.value(QStringLiteral("free")).toLongLong(&measured);
    QStringList problems;
    if (!timed || !measured)
        problems << QStringLiteral("%1 does not tell its time or its disk: %2")
                        .arg(host.name, QString::fromUtf8(answer.err.left(200)).simplified());
    else if (std::abs(health.clockMs) > kMostSkewMs + health.answerMs)
        problems << QStringLiteral("its clock is %1 s off. Start a time service there")
                        .arg(static_cast<double>(health.clockMs) / 1000, 0, 'f', 1);
    if (measured && health.freeKb < kLeastFreeKb)
        problems << QStringLiteral("%1 has %2 MiB free. Phases want 512")
                        .arg(host.workDir)
                        .arg(health.freeKb / 1024);
    if (!said.contains(QStringLiteral("writable")))
        problems << QStringLiteral("user %1 cannot write to %2").arg(host.user, host.workDir);
    for (const auto &program : {QStringLiteral("bash"), QStringLiteral("curl")}) {
        if (!said.contains(program))
            problems << QStringLiteral("it has no %1. Install it there").arg(program);
    }
    if (!ports.isEmpty() && !said.contains(QStringLiteral("sockets")))
        problems << QStringLiteral("it does not tell which ports are free");
    for (const int port : ports) {
        if (served.contains(port))
            problems
                << QStringLiteral("port %1 is in use. Stop what serves there, or choose another").arg(port);
    }
    if (health.serverSha256.size() != 64)
        problems
            << QStringLiteral("there is no program %1. Install the server under test").arg(host.serverPath);
    health.problem = problems.join(QStringLiteral("; "));
    return health;
}

void compareHealth(const Fleet &fleet, QList<HostHealth> &hosts) {
    QMap<QString, int> servers;
    for (const HostHealth &health : std::as_const(hosts)) {
        if (!health.serverSha256.isEmpty())
            ++servers[health.serverSha256];
    }
    if (servers.size() < 2)
        return;
    const auto most = std::max_element(servers.constBegin(), servers.constEnd());
    for (HostHealth &health : hosts) {
        const Host *host = fleet.find(health.host);
        if (host && !health.serverSha256.isEmpty() && health.serverSha256 != most.key())
            health.problem +=
                (health.problem.isEmpty() ? QString() : QStringLiteral("; ")) +
                QStringLiteral("its %1 is not the one of the other hosts").arg(host->serverPath);
    }
}

} // namespace slipway
