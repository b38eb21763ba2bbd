// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxprocesses.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QThread>

#include <algorithm>
#include <csignal>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kEndTimeoutMs = 10000;

struct Entry {
    qint64 pid = 0;
    qint64 parent = 0;
    quint64 startTime = 0;
};

QByteArray readProc(qint64 pid, const char *name) {
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// nullopt for what is gone or a zombie: neither holds anything any more.
std::optional<Entry> readEntry(qint64 pid) {
    const QByteArray stat = readProc(pid, "stat");
    // The command name is in parentheses and may hold any byte, parentheses and blanks too.
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20 || fields.at(0) == "Z" || fields.at(0) == "X")
        return std::nullopt;
    return Entry{pid, fields.at(1).toLongLong(), fields.at(19).toULongLong()};
}

// A sandbox seen from inside a chroot or container is another one, even with the same path.
bool sharesOurRoot(qint64 pid) {
    struct stat ours = {};
    struct stat theirs = {};
    const QByteArray root = "/proc/" + QByteArray::number(pid) + "/root/";
    return ::stat("/", &ours) == 0 && ::stat(root.constData(), &theirs) == 0 &&
           ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

QString variable(const QList<QByteArray> &environment, const QString &name) {
    const QByteArray prefix = name.toUtf8() + '=';
    for (const QByteArray &entry : environment) {
        if (entry.startsWith(prefix))
            return QString::fromUtf8(entry.mid(prefix.size()));
    }
    return {};
}

// sshd writes its title over its environment, and with it over the mark. It is known by its log, which is a
// file of the sandbox.
QString partOfSshd(qint64 pid, const QString &dir) {
    const QString exe = QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(pid));
    if (!exe.section(QLatin1Char('/'), -1).startsWith(QLatin1String("sshd")))
        return {};
    const QString log = QFile::symLinkTarget(QStringLiteral("/proc/%1/fd/2").arg(pid));
    const QString hosts = dir + QStringLiteral("/hosts/");
    return log.startsWith(hosts) ? log.mid(hosts.size()).section(QLatin1Char('/'), 0, 0) : QString();
}

} // namespace

SandboxProcesses::SandboxProcesses(const QString &mark, const QString &dir) : m_mark(mark), m_dir(dir) {}

QString SandboxProcesses::markVariable() {
    return QStringLiteral("SLIPWAY_SANDBOX");
}

QString SandboxProcesses::partVariable() {
    return QStringLiteral("SLIPWAY_SANDBOX_PART");
}

QList<SandboxProcess> SandboxProcesses::find(const QString &part) const {
    QHash<qint64, Entry> entries;
    QHash<qint64, SandboxProcess> found;
    for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isPid = false;
        const qint64 pid = name.toLongLong(&isPid);
        if (!isPid || pid == ::getpid())
            continue;
        const std::optional<Entry> entry = readEntry(pid);
        if (!entry)
            continue;
        entries.insert(pid, *entry);
        const QList<QByteArray> environment = readProc(pid, "environ").split('\0');
        const bool marked = variable(environment, markVariable()) == m_mark;
        const QString itsPart = marked ? variable(environment, partVariable()) : partOfSshd(pid, m_dir);
        if (!itsPart.isEmpty() && sharesOurRoot(pid))
            found.insert(pid, SandboxProcess{pid, entry->startTime, itsPart, false});
    }
    // Descendants belong to the part of their nearest marked ancestor.
    for (const Entry &entry : std::as_const(entries)) {
        qint64 ancestor = entry.parent;
        while (ancestor > 1 && !found.contains(ancestor) && entries.contains(ancestor))
            ancestor = entries.value(ancestor).parent;
        const auto it = found.constFind(ancestor);
        if (it == found.constEnd())
            continue;
        const QString itsPart = it->part;
        if (!found.contains(entry.pid))
            found.insert(entry.pid, SandboxProcess{entry.pid, entry.startTime, itsPart, false});
    }
    QList<SandboxProcess> list;
    for (SandboxProcess process : std::as_const(found)) {
        if (!part.isEmpty() && process.part != part)
            continue;
        process.keeper =
            !found.contains(entries.value(process.pid).parent) && partOfSshd(process.pid, m_dir).isEmpty();
        list.append(process);
    }
    return list;
}

qint64 SandboxProcesses::keeper(const QString &part) const {
    const QList<SandboxProcess> list = find(part);
    const auto it =
        std::find_if(list.begin(), list.end(), [](const SandboxProcess &process) { return process.keeper; });
    return it == list.end() ? 0 : it->pid;
}

Result<void> SandboxProcesses::end(const QString &part) const {
    const QDeadlineTimer deadline(kEndTimeoutMs);
    QList<SandboxProcess> known;
    for (;;) {
        for (const SandboxProcess &process : find(part)) {
            if (!known.contains(process))
                known.append(process);
        }
        // What a namespace takes with it is not a descendant of ours once its keeper is gone, so remember it.
        known.removeIf([](const SandboxProcess &process) {
            const std::optional<Entry> entry = readEntry(process.pid);
            return !entry || entry->startTime != process.startTime;
        });
        if (known.isEmpty())
            return {};
        for (const SandboxProcess &process : std::as_const(known))
            ::kill(static_cast<pid_t>(process.pid), SIGKILL);
        if (deadline.hasExpired())
            break;
        QThread::msleep(5);
    }
    QStringList pids;
    for (const SandboxProcess &process : std::as_const(known))
        pids.append(QString::number(process.pid));
    return Error{ErrorCode::TimedOut,
                 QStringLiteral("Processes of the sandbox do not end: %1. Were they started by another user?")
                     .arg(pids.join(QStringLiteral(", ")))};
}

} // namespace slipway
