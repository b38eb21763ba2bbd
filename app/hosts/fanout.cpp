// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hosts/fanout.h"

#include "app/ssh/remoteanswer.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace slipway {

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
    QElapsedTimer sinceAsked;
    sinceAsked.start();
    const AnswerMark mark;
    RemoteCommand *command = shell.start("sh", timeoutMs);
    const auto said = RemoteAnswer::of(*command);
    connect(
        command, &RemoteCommand::outputArrived, this,
        [answer, sinceAsked] { answer->firstMs = sinceAsked.elapsed(); }, Qt::SingleShotConnection);
    connect(command, &RemoteCommand::finished, this,
            [this, answer, said, mark, host = shell.host()](const CommandResult &result) {
                answer->exitCode = result.exitCode;
                if (const auto stripped = mark.strip(host, *said, result); !stripped)
                    answer->error = stripped.error();
                answer->out = said->out;
                answer->err = said->err;
                take(*answer);
            });
    command->write(mark.program() + program);
    command->closeInput();
}

void FanOut::take(const HostAnswer &answer) {
    Q_EMIT answered(answer);
    if (--m_waiting == 0)
        Q_EMIT finished();
}

} // namespace slipway
