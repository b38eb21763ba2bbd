// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/pager.h"

#include "app/core/filedescriptor.h"

#include <QStandardPaths>

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace slipway::cli {

namespace {

// A shell ends so where it does not find a program, or may not run it.
constexpr int kCannotRun = 126;

pid_t startShell(const QByteArray &command, int input) {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
    if (posix_spawn_file_actions_init(&actions) != 0)
        return -1;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return -1;
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    // Ignored here, and what is ignored stays so in a program that is started.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    QByteArray shell("sh");
    QByteArray option("-c");
    QByteArray line = command;
    std::array<char *, 4> words{shell.data(), option.data(), line.data(), nullptr};
    pid_t child = -1;
    const int failed = posix_spawn(&child, "/bin/sh", &actions, &attributes, words.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? child : -1;
}

void writeAll(int output, const QByteArray &text) {
    for (qsizetype at = 0; at < text.size();) {
        const ssize_t size = write(output, text.constData() + at, static_cast<size_t>(text.size() - at));
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return; // the person has left it
        at += size;
    }
}

} // namespace

QByteArray pagerCommand() {
    for (const char *name : {"SLIPWAY_PAGER", "PAGER"}) {
        if (!qEnvironmentVariableIsSet(name))
            continue;
        const QByteArray command = qgetenv(name).trimmed();
        return command == "cat" ? QByteArray() : command;
    }
    return QStandardPaths::findExecutable(QStringLiteral("less")).isEmpty() ? QByteArray() : "less -FRX";
}

bool showInPager(const QByteArray &command, const QByteArray &text) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return false;
    FileDescriptor input(ends[0]);
    FileDescriptor output(ends[1]);
    if (!qEnvironmentVariableIsSet("LESS"))
        qputenv("LESS", "FRX"); // for a PAGER that is "less", as git has it
    // Ctrl-C is for the pager, which belongs to the same terminal.
    (void)std::signal(SIGINT, SIG_IGN);
    const pid_t child = startShell(command, input.get());
    input.reset(-1);
    if (child < 0)
        return false;
    writeAll(output.get(), text);
    output.reset(-1);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return !WIFEXITED(status) || WEXITSTATUS(status) < kCannotRun;
}

} // namespace slipway::cli
