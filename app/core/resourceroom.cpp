// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/resourceroom.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstring>
#include <exception>
#include <limits>
#include <new>
#include <system_error>

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr qint64 kMiB = 1024 * 1024;
constexpr qint64 kBeyondNeed = std::numeric_limits<qint64>::max() / 2;
// Measured: 21 open at the most in a campaign of one host, without its connection.
constexpr qint64 kDescriptorsToBegin = 24;
constexpr qint64 kDescriptorsOfCampaign = 24 + kToConnect;
constexpr int kEndsUnwell = 4;

const char *g_program = "slipway"; // set once, before threads begin

QByteArray readAll(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The number behind a word at the start of a line, "VmSize:  595368 kB"; 0: none.
qint64 numberOf(const QByteArray &text, const QByteArray &word) {
    for (const QByteArray &line : text.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.constFirst() == word)
            return words.value(1).toLongLong();
    }
    return 0;
}

qint64 limitOf(__rlimit_resource resource) {
    rlimit limit{};
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur > static_cast<rlim_t>(kBeyondNeed))
        return kBeyondNeed;
    return static_cast<qint64>(limit.rlim_cur);
}

// Version 1 has a hierarchy for memory alone and 2 one for all; limits further up hold too.
qint64 leftOfCgroups() {
    qint64 left = kBeyondNeed;
    for (const QByteArray &line : readAll(QStringLiteral("/proc/self/cgroup")).split('\n')) {
        const QList<QByteArray> fields = line.split(':'); // "4:memory:/a/b" or "0::/a/b"
        const bool one = fields.value(1).split(',').contains("memory");
        if (fields.size() != 3 || (!one && fields.at(0) != "0"))
            continue;
        const QString root = one ? QStringLiteral("/sys/fs/cgroup/memory") : QStringLiteral("/sys/fs/cgroup");
        for (QString group = QString::fromLocal8Bit(fields.at(2)); group.startsWith(QLatin1Char('/'));
             group.truncate(group.lastIndexOf(QLatin1Char('/')))) {
            const QString dir = root + (group == QLatin1String("/") ? QString() : group);
            const auto number = [&dir](const char *file) {
                bool isNumber = false; // "max" is none
                const qint64 value =
                    readAll(dir + QLatin1Char('/') + QLatin1String(file)).trimmed().toLongLong(&isNumber);
                return isNumber ? value : -1;
            };
            const qint64 max = number(one ? "memory.limit_in_bytes" : "memory.max");
            const qint64 used = number(one ? "memory.usage_in_bytes" : "memory.current");
            if (max < 0 || used < 0)
                continue;
            const QByteArray stat = readAll(dir + QStringLiteral("/memory.stat"));
            const qint64 cache =
                one ? numberOf(stat, "total_inactive_file") + numberOf(stat, "total_active_file")
                    : numberOf(stat, "inactive_file") + numberOf(stat, "active_file");
            left = std::min(left, max - used + cache);
        }
    }
    return left;
}

// Of each kind of limit: what is asked for, in bytes.
struct MemoryNeed {
    qint64 address; // reserved, used or not
    qint64 data;    // may be written to, stacks with it
    qint64 used;
};

Result<void> memoryFor(const MemoryNeed &need, const QString &what) {
    const QByteArray status = readAll(QStringLiteral("/proc/self/status"));
    const auto ofProcess = [&status](__rlimit_resource resource, const char *word) {
        const qint64 limit = limitOf(resource);
        return limit == kBeyondNeed ? limit : limit - numberOf(status, word) * 1024;
    };
    struct Room {
        qint64 left;
        qint64 needed;
        QString limit;
    };
    const Room all[] = {
        {ofProcess(RLIMIT_AS, "VmSize:"), need.address, QStringLiteral("its address space (ulimit -v)")},
        {ofProcess(RLIMIT_DATA, "VmData:"), need.data, QStringLiteral("its data (ulimit -d)")},
        {leftOfCgroups(), need.used, QStringLiteral("the memory of its cgroup (MemoryMax of systemd)")}};
    for (const Room &room : all) {
        if (room.left < room.needed)
            return Error{
                ErrorCode::Unsupported,
                QStringLiteral("This process may take %1 MiB more of %2, and %3 needs %4. Raise that limit.")
                    .arg(std::max<qint64>(room.left, 0) / kMiB)
                    .arg(room.limit, what)
                    .arg(room.needed / kMiB)};
    }
    return {};
}

Result<void> descriptorsFor(qint64 count, const QString &what) {
    const qint64 left = descriptorsLeft();
    if (left >= count)
        return {};
    const qint64 limit = limitOf(RLIMIT_NOFILE);
    return Error{ErrorCode::Unsupported,
                 QStringLiteral("This process may open %1 more files and connections (ulimit -n is %2), and "
                                "%3 needs %4. Raise the limit to %5 or more: ulimit -n, or LimitNOFILE of "
                                "systemd.")
                     .arg(std::max<qint64>(left, 0))
                     .arg(limit)
                     .arg(what)
                     .arg(count)
                     .arg(limit - left + count)};
}

// No memory may be asked for here.
void say(const char *text) {
    (void)!::write(STDERR_FILENO, text, std::strlen(text));
}

[[noreturn]] void endOf(const char *what) {
    say(g_program);
    say(": ");
    say(what);
    say(" This process ends. Nothing on the hosts was touched by that: what runs there goes on, and "
        "slipwayctl "
        "resume takes the campaign up once there is room (ulimit -v, ulimit -u, or the limits of its "
        "cgroup).\n");
    ::_exit(kEndsUnwell);
}

[[noreturn]] void terminated() {
    if (const std::exception_ptr thrown = std::current_exception()) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::bad_alloc &) {
            endOf("there is no memory left.");
        } catch (const std::system_error &) {
            endOf("there is no memory left for a thread, or no more threads are allowed.");
        } catch (...) {
        }
    }
    std::abort();
}

} // namespace

void raiseDescriptorLimit() {
    constexpr rlim_t kEnough = 65'536;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kEnough)
        return;
    limit.rlim_cur = std::min(limit.rlim_max, kEnough);
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

qint64 descriptorsLeft() {
    // The list of them takes one itself.
    return limitOf(RLIMIT_NOFILE) -
           QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System | QDir::Dirs).size();
}

Result<void> roomToBegin() {
    // Each arena of malloc reserves 64 MiB of address space, used or not, and there may be eight for each
    // processor.
    if (limitOf(RLIMIT_AS) != kBeyondNeed)
        mallopt(M_ARENA_MAX, 2);
    TRY(descriptorsFor(kDescriptorsToBegin, QStringLiteral("any work")));
    return memoryFor({48 * kMiB, 16 * kMiB, 16 * kMiB}, QStringLiteral("any work"));
}

Result<void> roomForHosts(qsizetype hosts) {
    const QString what = QStringLiteral("a campaign on %1 hosts").arg(hosts);
    TRY(descriptorsFor(kDescriptorsOfCampaign + hosts, what));
    // A thread for each, of whose stack little is used. An arena of malloc reserves 64 MiB.
    const qint64 stack = std::min(limitOf(RLIMIT_STACK), 8 * kMiB);
    const qint64 used = hosts * kMiB / 4;
    return memoryFor({160 * kMiB + hosts * stack + used, 48 * kMiB + hosts * stack + used, 48 * kMiB + used},
                     what);
}

Result<void> roomToGoOn() {
    return memoryFor({24 * kMiB, 16 * kMiB, 16 * kMiB}, QStringLiteral("going on"));
}

void sayWhenMemoryEnds(const char *program) {
    g_program = program;
    std::set_terminate(terminated);
}

} // namespace slipway
