// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandbox.h"

#include "app/core/outputfile.h"
#include "app/core/paths.h"
#include "app/core/program.h"
#include "app/sandbox/sandboxnetwork.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <algorithm>
#include <array>
#include <csignal>
#include <pwd.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kProbeTimeoutMs = 5000;
constexpr int kStartTimeoutMs = 10000;
// A process that has just been started shows no environment, and so no mark, for a moment.
constexpr int kAppearMs = 500;
constexpr int kGreetingTimeoutMs = 2000;
constexpr int kRestartGraceMs = 3000; // a host brings back its own SSH server within a second
constexpr int kLoopbackSubnets = 256;

const QString kSwitch = QStringLiteral("switch");

// Root may lack the right to make namespaces, in a container for one.
bool canMakeNamespaces() {
    return ::geteuid() == 0 &&
           programOutput({QStringLiteral("unshare"),
                          {QStringLiteral("--net"), QStringLiteral("--mount"), QStringLiteral("--uts"),
                           QStringLiteral("--ipc"), QStringLiteral("--pid"), QStringLiteral("--fork"),
                           QStringLiteral("true")},
                          kProbeTimeoutMs})
               .ok();
}

QString userName() {
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 16 * 1024> texts{}; // of the entry; sandboxes come up on threads of their own
    const int failed = ::getpwuid_r(::geteuid(), &entry, texts.data(), texts.size(), &found);
    return failed == 0 && found ? QString::fromLocal8Bit(entry.pw_name) : QString::number(::geteuid());
}

QString markOf(const QString &dataDir) {
    return QString::fromLatin1(
        QCryptographicHash::hash(dataDir.toUtf8(), QCryptographicHash::Sha256).toHex().left(12));
}

QString lastLine(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll().trimmed();
    return QString::fromUtf8(text.mid(text.lastIndexOf('\n') + 1));
}

Result<int> freeLoopback(const QString &mark) {
    const int first = mark.left(2).toInt(nullptr, 16);
    for (int step = 0; step < kLoopbackSubnets; ++step) {
        SandboxPlan plan;
        plan.subnet = (first + step) % kLoopbackSubnets;
        const QStringList hosts = SandboxPlan::hostNames();
        if (std::all_of(hosts.begin(), hosts.end(),
                        [&plan](const QString &host) { return canListen(plan.address(host), plan.port()); }))
            return plan.subnet;
    }
    return Error{ErrorCode::Unsupported,
                 QStringLiteral("No four loopback addresses are free for the sandbox's SSH servers.")};
}

// Removing a tree below which something is mounted would remove what is mounted.
bool hasMountsBelow(const QString &dir) {
    QFile file(QStringLiteral("/proc/self/mountinfo"));
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray escaped = QFile::encodeName(dir).replace(' ', "\\040");
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QByteArray place = line.split(' ').value(4);
        if (place == escaped || place.startsWith(escaped + '/'))
            return true;
    }
    return false;
}

// Without links, also where it is made only when the sandbox is brought up.
QString placeOf(const QString &dataDir) {
    QString there = QFileInfo(dataDir).absoluteFilePath();
    QString missing;
    while (!QFileInfo::exists(there) && !QDir(there).isRoot()) {
        missing.prepend(QLatin1Char('/') + QFileInfo(there).fileName());
        there = QFileInfo(there).path();
    }
    return QDir::cleanPath(QFileInfo(there).canonicalFilePath() + missing);
}

// The reference node that belongs to this program: beside it in a build, else where it is installed.
QString referenceNode() {
    const QString here = QCoreApplication::applicationDirPath();
    const QString beside = here + QStringLiteral("/ai-memory-reference");
    return QFileInfo(beside).isFile()
               ? beside
               : QDir::cleanPath(here +
                                 QStringLiteral("/../" SLIPWAY_LIBEXEC_DIR "/slipway/ai-memory-reference"));
}

} // namespace

Sandbox::Sandbox(const Paths &paths)
    : m_dataDir(placeOf(paths.dataDir)), m_layout{Paths{m_dataDir}.sandboxDir()}, m_mark(markOf(m_dataDir)),
      m_processes(m_mark, m_layout.dir) {}

QString Sandbox::link() const {
    return QStringLiteral("slipway-") + m_mark.left(7); // 15 characters are the most a link's name can have
}

Result<SandboxChoice> Sandbox::choiceOf(const SandboxOptions &options) const {
    if (!options.server.isEmpty())
        return SandboxChoice{QFileInfo(options.server).absoluteFilePath(), options.lie};
    if (options.reference || options.lie)
        return SandboxChoice{{}, options.lie};
    return readSandboxChoice(Paths{m_dataDir}.sandboxChoiceFile());
}

Result<Fleet> Sandbox::up(const SandboxOptions &options) {
    TRY(makeDataDir(Paths{m_dataDir}));
    const auto lock = KernelLock::take(m_dataDir);
    if (!lock)
        return lock.error();
    if (!QDir().mkpath(m_layout.dir))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be made.").arg(m_layout.dir)};
    QFile::setPermissions(m_layout.dir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);

    const auto earlier = readPlan(m_layout);
    SandboxPlan plan = earlier ? *earlier : SandboxPlan();
    plan.namespaces = canMakeNamespaces();
    plan.user = userName();
    const auto choice = choiceOf(options);
    if (!choice)
        return choice.error();
    const QString source = choice->server.isEmpty() ? referenceNode() : choice->server;
    const auto server = installServer(m_layout.serverDir(), source, choice->lie, plan.server);
    if (!server)
        return server.error();
    plan.server = *server;
    TRY(writeSandboxChoice(Paths{m_dataDir}.sandboxChoiceFile(), *choice));

    if (!earlier || earlier->namespaces != plan.namespaces || earlier->user != plan.user) {
        const auto ended = m_processes.end();
        if (!ended)
            return ended.error();
        if (!plan.namespaces) {
            const auto subnet = freeLoopback(m_mark);
            if (!subnet)
                return subnet.error();
            plan.subnet = *subnet;
        }
    }
    auto started = start(plan);
    if (!started)
        return started.error();
    const auto fleet = sandboxFleet(m_layout, plan);
    if (!fleet)
        return fleet.error();
    TRY(writeFile(m_layout.fleetFile(), fleetToJson(*fleet)));
    return *fleet;
}

Result<void> Sandbox::start(SandboxPlan &plan) const {
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

Result<void> Sandbox::startSwitch(SandboxPlan &plan) const {
    // Without the switch the hosts hang in the air, so all of it goes.
    auto done = m_processes.end();
    if (done)
        done = removeLink(link());
    if (!done)
        return done;
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

Result<void> Sandbox::startPart(const QString &part, const QStringList &arguments, const QString &log) const {
    const auto pid = startDetached(QStringLiteral("/bin/bash"), QStringList{m_layout.script()} + arguments,
                                   {SandboxProcesses::markVariable() + QLatin1Char('=') + m_mark,
                                    SandboxProcesses::partVariable() + QLatin1Char('=') + part},
                                   log);
    return pid ? Result<void>() : Result<void>(pid.error());
}

Result<void> Sandbox::startHost(const SandboxPlan &plan, const QString &host) const {
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

Result<void> Sandbox::waitForHosts(const SandboxPlan &plan) const {
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

Result<void> Sandbox::down() {
    if (!QFileInfo::exists(m_dataDir))
        return {};
    const auto lock = KernelLock::take(m_dataDir);
    if (!lock)
        return lock.error();
    auto done = m_processes.end();
    if (done)
        done = removeLink(link());
    if (!done)
        return done;
    if (hasMountsBelow(m_layout.dir)) {
        return Error{
            ErrorCode::Io,
            QStringLiteral("Something is mounted below %1. Unmount it, then take the sandbox down again.")
                .arg(m_layout.dir)};
    }
    if (!QDir(m_layout.dir).removeRecursively())
        return Error{ErrorCode::Io, QStringLiteral("Not all files in %1 can be removed.").arg(m_layout.dir)};
    return {};
}

Result<SandboxStatus> Sandbox::status() const {
    SandboxStatus status;
    const auto plan = readPlan(m_layout);
    if (!plan) {
        if (plan.error().code != ErrorCode::NotFound)
            return plan.error();
        if (!m_processes.find().isEmpty())
            status.state = SandboxStatus::State::Partial;
        return status;
    }
    status.namespaces = plan->namespaces;
    status.server = plan->server;
    bool all = !plan->namespaces || switchHealthy(*plan);
    for (const QString &host : SandboxPlan::hostNames()) {
        status.hosts.append(lookAt(*plan, host));
        all = all && status.hosts.constLast().healthy();
    }
    status.state = all ? SandboxStatus::State::Up : SandboxStatus::State::Partial;
    return status;
}

bool Sandbox::switchHealthy(const SandboxPlan &plan) const {
    return m_processes.keeper(kSwitch) != 0 && linkHasAddress(link(), plan.gateway());
}

SandboxHostStatus Sandbox::lookAt(const SandboxPlan &plan, const QString &host) const {
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
