// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandbox.h"

#include "app/core/outputfile.h"
#include "app/core/paths.h"
#include "app/core/program.h"
#include "app/sandbox/sandboxnetwork.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <pwd.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kProbeTimeoutMs = 5000;
constexpr int kLoopbackSubnets = 256;

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

// The reference node that belongs to this program: next to it in a build, else where it is installed.
QString referenceNode() {
    const QString here = QCoreApplication::applicationDirPath();
    const QString sibling = here + QStringLiteral("/ai-memory-reference");
    return QFileInfo(sibling).isFile()
               ? sibling
               : QDir::cleanPath(here +
                                 QStringLiteral("/../" SLIPWAY_LIBEXEC_DIR "/slipway/ai-memory-reference"));
}

} // namespace

Sandbox::Sandbox(const Paths &paths)
    : m_dataDir(placeOf(paths.dataDir)), m_layout{Paths{m_dataDir}.sandboxDir()}, m_mark(markOf(m_dataDir)),
      m_parts(m_layout, m_mark) {}

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
        const auto ended = m_parts.processes().end();
        if (!ended)
            return ended.error();
        if (!plan.namespaces) {
            const auto subnet = freeLoopback(m_mark);
            if (!subnet)
                return subnet.error();
            plan.subnet = *subnet;
        }
    }
    auto started = m_parts.start(plan);
    if (!started)
        return started.error();
    const auto fleet = sandboxFleet(m_layout, plan);
    if (!fleet)
        return fleet.error();
    TRY(writeFile(m_layout.fleetFile(), fleetToJson(*fleet)));
    return *fleet;
}

Result<void> Sandbox::down() {
    if (!QFileInfo::exists(m_dataDir))
        return {};
    const auto lock = KernelLock::take(m_dataDir);
    if (!lock)
        return lock.error();
    TRY(m_parts.end());
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
        if (m_parts.isAnythingThere())
            status.state = SandboxStatus::State::Partial;
        return status;
    }
    status.namespaces = plan->namespaces;
    status.server = plan->server;
    bool all = !plan->namespaces || m_parts.switchHealthy(*plan);
    for (const QString &host : SandboxPlan::hostNames()) {
        status.hosts.append(m_parts.lookAt(*plan, host));
        all = all && status.hosts.constLast().healthy();
    }
    status.state = all ? SandboxStatus::State::Up : SandboxStatus::State::Partial;
    return status;
}

} // namespace slipway
