// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxparts.h"

#include "app/core/program.h"
#include "app/sandbox/sandboxnetwork.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include <utility>

namespace slipway {

namespace {

constexpr int kStartTimeoutMs = 10000;
// A process that has just been started shows no environment, and so no mark, for a moment.
constexpr int kAppearMs = 500;
constexpr int kGreetingTimeoutMs = 2000;
constexpr int kRestartGraceMs = 3000; // a host brings back its own SSH server within a second

const QString kSwitch = QStringLiteral("switch");

QString lastLine(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll().trimmed();
    return QString::fromUtf8(text.mid(text.lastIndexOf('\n') + 1));
}

} // namespace

SandboxParts::SandboxParts(SandboxLayout layout, const QString &mark)
    : m_layout(std::move(layout)), m_mark(mark), m_processes(mark, m_layout.dir) {}

Result<void> SandboxParts::end() const {
    TRY(m_processes.end());
    return removeLink(link());
}

bool SandboxParts::isAnythingThere() const {
    return !m_processes.find().isEmpty();
}

QString SandboxParts::link() const {
    return QStringLiteral("slipway-") + m_mark.left(7); // 15 characters are the most a link's name can have
}

Result<void> SandboxParts::start(SandboxPlan &plan) const {
    if (plan.namespaces && !switchHealthy(plan)) {
        auto started = startSwitch(plan);
        if (!started)
            return started;
    }
    auto prepared = writePlan(m_layout, plan);
    if (prepared)
        prepared = prepareFiles(m_layout, plan, m_mark);
    if (!prepared)
        return prepared;
    for (const QString &host : SandboxPlan::hostNames()) {
        SandboxHostStatus status = lookAt(plan, host);
        const QDeadlineTimer grace(status.pid == 0 ? 0 : kRestartGraceMs);
        while (!status.healthy() && !grace.hasExpired()) {
            QThread::msleep(20);
            status = lookAt(plan, host);
        }
        if (status.healthy())
            continue;
        auto done = m_processes.end(host);
        if (done)
            done = startHost(plan, host);
        if (!done)
            return done;
    }
    return waitForHosts(plan);
}

Result<void> SandboxParts::startSwitch(SandboxPlan &plan) const {
    // Without the switch the hosts hang in the air, so all of it goes.
    TRY(end());
    // Held until the subnet is seen as taken by every other sandbox on this machine.
    const auto lock = KernelLock::take(networkLockPath());
    if (!lock)
        return lock.error();
    const auto subnet = freeSubnet(routeTable(), plan.subnet);
    if (!subnet)
        return subnet.error();
    plan.subnet = *subnet;
    auto prepared = prepareFiles(m_layout, plan, m_mark);
    if (!prepared)
        return prepared;
    auto started = startPart(kSwitch,
                             {kSwitch, link(), plan.gateway(),
                              QStringLiteral("/proc/%1/ns/net").arg(QCoreApplication::applicationPid())},
                             m_layout.switchLog());
    if (!started)
        return started;
    const QDeadlineTimer deadline(kStartTimeoutMs);
    const QDeadlineTimer appear(kAppearMs);
    while (!switchHealthy(plan)) {
        if (deadline.hasExpired() || (appear.hasExpired() && m_processes.keeper(kSwitch) == 0)) {
            return Error{ErrorCode::CommandFailed,
                         QStringLiteral("The sandbox's network cannot be set up: %1")
                             .arg(lastLine(m_layout.switchLog()))};
        }
        QThread::msleep(5);
    }
    return {};
}

Result<void> SandboxParts::startPart(const QString &part, const QStringList &arguments,
                                     const QString &log) const {
    const auto pid = startDetached(QStringLiteral("/bin/bash"), QStringList{m_layout.script()} + arguments,
                                   {SandboxProcesses::markVariable() + QLatin1Char('=') + m_mark,
                                    SandboxProcesses::partVariable() + QLatin1Char('=') + part},
                                   log);
    return pid ? Result<void>() : Result<void>(pid.error());
}

Result<void> SandboxParts::startHost(const SandboxPlan &plan, const QString &host) const {
    if (!plan.namespaces) {
        return startPart(host,
                         {QStringLiteral("sshd"), m_layout.hostSshDir(host) + QStringLiteral("/sshd_config")},
                         m_layout.hostLog(host));
    }
    return startPart(host,
                     {QStringLiteral("host"), host, plan.address(host),
                      QStringLiteral("/proc/%1/ns/net").arg(m_processes.keeper(kSwitch)),
                      m_layout.hostDir(host), m_layout.serverDir()},
                     m_layout.hostLog(host));
}

Result<void> SandboxParts::waitForHosts(const SandboxPlan &plan) const {
    const QDeadlineTimer deadline(kStartTimeoutMs);
    const QDeadlineTimer appear(kAppearMs);
    for (const QString &host : SandboxPlan::hostNames()) {
        while (!greets(plan.address(host), plan.port(), kGreetingTimeoutMs)) {
            if (deadline.hasExpired() || (appear.hasExpired() && m_processes.keeper(host) == 0)) {
                return Error{ErrorCode::CommandFailed,
                             QStringLiteral("%1 does not come up in the sandbox: %2. Its log is %3.")
                                 .arg(host, lastLine(m_layout.hostLog(host)), m_layout.hostLog(host))};
            }
            QThread::msleep(10);
        }
    }
    return {};
}

bool SandboxParts::switchHealthy(const SandboxPlan &plan) const {
    return m_processes.keeper(kSwitch) != 0 && linkHasAddress(link(), plan.gateway());
}

SandboxHostStatus SandboxParts::lookAt(const SandboxPlan &plan, const QString &host) const {
    SandboxHostStatus status;
    status.name = host;
    status.address = plan.address(host);
    status.port = plan.port();
    status.pid = m_processes.keeper(host);
    if (status.pid == 0)
        return status;
    if (plan.namespaces)
        status.networkNamespace = QFile::symLinkTarget(QStringLiteral("/proc/%1/ns/net").arg(status.pid))
                                      .section(QLatin1Char('/'), -1);
    status.answers = greets(status.address, status.port, kGreetingTimeoutMs);
    return status;
}

} // namespace slipway
