// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/fanout.h"

#include <QTimer>

#include <memory>

namespace slipway {

namespace {

constexpr qsizetype kAnswerLimit = qsizetype(1024) * 1024;

void keep(QByteArray &answer, const QByteArray &bytes) {
    answer += bytes.left(kAnswerLimit - answer.size());
}

} // namespace

FanOut::FanOut(HostLinks &links, QObject *parent) : QObject(parent), m_links(links) {}

void FanOut::run(const QList<Host> &hosts, const QByteArray &program, int timeoutMs) {
    m_waiting += hosts.size();
    if (hosts.isEmpty())
        QTimer::singleShot(0, this, &FanOut::finished);
    for (const Host &host : hosts) {
        m_links.connectTo(host,
                          [this, name = host.name, program, timeoutMs](const Result<RemoteShell *> &shell) {
                              if (shell) {
                                  ask(**shell, program, timeoutMs);
                                  return;
                              }
                              HostAnswer answer;
                              answer.host = name;
                              answer.error = shell.error();
                              take(answer);
                          });
    }
}

void FanOut::ask(RemoteShell &shell, const QByteArray &program, int timeoutMs) {
    auto answer = std::make_shared<HostAnswer>();
    answer->host = shell.host().name;
    answer->asked = QDateTime::currentDateTimeUtc();
    RemoteCommand *command = shell.start("sh", timeoutMs);
    connect(command, &RemoteCommand::outputArrived, this,
            [answer](const QByteArray &bytes) { keep(answer->out, bytes); });
    connect(command, &RemoteCommand::errorOutputArrived, this,
            [answer](const QByteArray &bytes) { keep(answer->err, bytes); });
    connect(command, &RemoteCommand::finished, this, [this, answer](const CommandResult &result) {
        answer->answered = QDateTime::currentDateTimeUtc();
        answer->exitCode = result.exitCode;
        if (result.end != CommandResult::End::Exited)
            answer->error = result.error;
        take(*answer);
    });
    command->write(program);
    command->closeInput();
}

void FanOut::take(const HostAnswer &answer) {
    Q_EMIT answered(answer);
    if (--m_waiting == 0)
        Q_EMIT finished();
}

} // namespace slipway
