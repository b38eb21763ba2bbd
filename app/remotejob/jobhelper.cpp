// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobhelper.h"

#include "app/remotejob/jobprogram.h"
#include "app/remotejob/jobstreams.h"

namespace slipway {

namespace {

constexpr int kShortCommandMs = 30'000;
constexpr int kHashingMs = 300'000; // gigabytes, on a small host
constexpr int kCancelGraceSeconds = 10;

} // namespace

RemoteCommand *JobHelper::run(const QByteArray &verb, const QByteArray &arguments, int timeoutMs) {
    // A session may begin elsewhere than in $HOME, where the program lies.
    return m_shell.start("/bin/sh \"$HOME/" + jobProgram().path + "\" " + verb + ' ' + m_id.toLatin1() +
                             (arguments.isEmpty() ? QByteArray() : ' ' + arguments),
                         timeoutMs);
}

RemoteCommand *JobHelper::install(const QByteArray &before) {
    RemoteCommand *command = m_shell.start("sh", kShortCommandMs);
    command->write(before + jobProgram().installer);
    command->closeInput();
    return command;
}

RemoteCommand *JobHelper::start(const JobSpec &spec) {
    RemoteCommand *command = run("start", {}, kShortCommandMs);
    command->write(startRecords(spec));
    command->closeInput();
    return command;
}

RemoteCommand *JobHelper::sum(const JobStreams &arrived) {
    RemoteCommand *command = run("sums", arrived.offsets(), kHashingMs);
    command->closeInput();
    return command;
}

RemoteCommand *JobHelper::follow(const JobStreams &arrived, const QByteArray &nonce) {
    return run("follow", arrived.offsets() + ' ' + nonce, 0);
}

RemoteCommand *JobHelper::cancel() {
    return run("cancel", QByteArray::number(kCancelGraceSeconds), kShortCommandMs);
}

RemoteCommand *JobHelper::sayEnough(const QString &part) {
    RemoteCommand *command = run("enough", part.toLatin1(), kShortCommandMs);
    command->closeInput();
    return command;
}

RemoteCommand *JobHelper::remove() {
    RemoteCommand *command = run("clean", {}, kShortCommandMs);
    command->closeInput();
    return command;
}

} // namespace slipway
