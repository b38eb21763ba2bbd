// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobattachment.h"

#include "app/ssh/remoteanswer.h"

#include <utility>

namespace slipway {

JobAttachment::JobAttachment(RemoteShell &shell, const JobSpec &spec, JobStreams &arrived)
    : m_shell(shell), m_spec(spec), m_arrived(arrived), m_helper(shell, spec.id) {}

void JobAttachment::compareFirst() {
    m_held = !m_arrived.isEmpty();
    m_launched = m_held;
}

void JobAttachment::await(RemoteCommand *command, Ended ended) {
    m_command = command;
    const auto answer = RemoteAnswer::of(*command);
    connect(command, &RemoteCommand::finished, this,
            [this, command, answer, ended = std::move(ended)](const CommandResult &result) {
                if (m_command == command)
                    ended(*answer, result);
            });
}

// Each connection verifies the helper: what lies on the host is not trusted to be what was put there.
void JobAttachment::begin() {
    const AnswerMark mark;
    await(m_helper.install(mark.program()),
          [this, mark](const RemoteAnswer &answer, const CommandResult &result) {
              RemoteAnswer said = answer;
              if (const auto stripped = mark.strip(m_shell.host(), said, result); !stripped) {
                  failOrRetry(stripped.error(), said, result);
                  return;
              }
              if (result.exitCode != 0 || !said.lastLine("ready")) {
                  fail(QStringLiteral("%1 has no usable home folder for jobs: %2")
                           .arg(m_shell.host().name,
                                QString::fromUtf8((said.err + ' ' + said.out).left(300)).simplified()));
                  return;
              }
              if (m_held)
                  compare();
              else if (m_launched)
                  end();
              else
                  launch();
          });
}

void JobAttachment::launch() {
    await(m_helper.start(m_spec), [this](const RemoteAnswer &answer, const CommandResult &result) {
        if (const auto ended = answer.ended(m_shell.host(), result); !ended) {
            failOrRetry(ended.error(), answer, result); // it may be started; the same token finds it again
            return;
        }
        if (result.exitCode != 0 || !answer.lastLine("S ")) {
            const QByteArray said = answer.lastLine("X ").value_or(answer.err + ' ' + answer.out);
            fail(QStringLiteral("%1 did not take the job %2: %3")
                     .arg(m_shell.host().name, m_spec.id, QString::fromUtf8(said.left(300)).simplified()));
            return;
        }
        m_launched = true;
        Q_EMIT started();
        end();
    });
}

// A file here may have been changed while nobody looked at it.
void JobAttachment::compare() {
    await(m_helper.sum(m_arrived), [this](const RemoteAnswer &answer, const CommandResult &result) {
        if (const auto ended = answer.ended(m_shell.host(), result); !ended) {
            failOrRetry(ended.error(), answer, result);
            return;
        }
        m_held = false;
        const QList<QByteArray> sums = answer.lastLine("P ").value_or(QByteArray()).simplified().split(' ');
        // Following reports what is shorter.
        const bool same = sums.size() != 2 || m_arrived.have(sums.at(0), sums.at(1));
        if (!same)
            m_arrived.reset();
        Q_EMIT heldCompared(same);
        end();
    });
}

// Unless a handler abandoned it.
void JobAttachment::end() {
    if (!m_command)
        return;
    m_command.clear();
    Q_EMIT attached();
}

// A host that says what it will say again is not asked again; a lost connection says nothing about it.
void JobAttachment::failOrRetry(const Error &error, const RemoteAnswer &answer, const CommandResult &result) {
    m_command.clear();
    if (answer.flooded || result.end == CommandResult::End::Exited)
        Q_EMIT failed(error);
    else
        Q_EMIT lost(error.text);
}

void JobAttachment::fail(const QString &text) {
    m_command.clear();
    Q_EMIT failed(Error{ErrorCode::CommandFailed, text});
}

} // namespace slipway
