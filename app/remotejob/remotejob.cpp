// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/remotejob.h"

#include "app/remotejob/jobprogram.h"
#include "app/ssh/remoteanswer.h"

#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kSilenceMs = 20'000; // four heartbeats
constexpr int kFirstRetryMs = 500;
constexpr int kLongestRetryMs = 30'000;
constexpr int kRefusedMs = 2000;

} // namespace

RemoteJob::RemoteJob(RemoteShell &shell, JobSpec spec, QObject *parent)
    : QObject(parent), m_shell(shell), m_spec(std::move(spec)), m_helper(shell, m_spec.id),
      m_attachment(shell, m_spec, m_arrived) {
    m_reconnect.setSingleShot(true);
    connect(&m_reconnect, &QTimer::timeout, this, &RemoteJob::proceed);
    m_silence.setSingleShot(true);
    m_silence.setInterval(kSilenceMs);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        // Reported first: closing ends the command that follows, which would say less.
        connectionLost(
            QStringLiteral("%1 has said nothing for %2 s").arg(m_shell.host().name).arg(kSilenceMs / 1000));
        m_shell.close();
    });
    connect(&m_shell, &RemoteShell::stateChanged, this, &RemoteJob::takeShellState);
    connect(&m_attachment, &JobAttachment::started, this, &RemoteJob::started);
    connect(&m_attachment, &JobAttachment::heldCompared, this, &RemoteJob::heldCompared);
    connect(&m_attachment, &JobAttachment::attached, this, &RemoteJob::follow);
    connect(&m_attachment, &JobAttachment::lost, this, &RemoteJob::connectionLost);
    connect(&m_attachment, &JobAttachment::failed, this,
            [this](const Error &error) { fail(error.code, error.text); });
}

RemoteJob::~RemoteJob() {
    if (RemoteCommand *command = m_following)
        command->abandon();
}

Result<void> RemoteJob::resume(QIODevice &out, QIODevice &log) {
    if (const auto taken = m_arrived.resume(out, log); !taken)
        return Error{taken.error().code, QStringLiteral("What %1, job %2 said so far cannot be read: %3")
                                             .arg(m_shell.host().name, m_spec.id, taken.error().text)};
    m_attachment.compareFirst();
    return {};
}

void RemoteJob::start() {
    if (const QString problem = specProblem(m_spec); !problem.isEmpty()) {
        fail(ErrorCode::InvalidInput, problem);
        return;
    }
    proceed();
}

void RemoteJob::proceed() {
    if (m_stage == Stage::Over)
        return;
    if (m_shell.state() == RemoteShell::State::Open)
        attach();
    else
        m_shell.open();
}

void RemoteJob::attach() {
    m_stage = Stage::Attaching;
    m_attachment.begin();
}

void RemoteJob::takeShellState(RemoteShell::State state) {
    if (m_stage == Stage::Over)
        return;
    if (state == RemoteShell::State::Open && m_stage == Stage::Idle) {
        attach();
    } else if (state == RemoteShell::State::Lost || state == RemoteShell::State::Failed) {
        const Error error = m_shell.error();
        if (error.code == ErrorCode::HostKeyRefused || error.code == ErrorCode::AuthRefused)
            fail(error.code, error.text);
        else
            connectionLost(error.text);
    }
}

void RemoteJob::connectionLost(const QString &why) {
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Idle;
    m_attachment.abandon();
    m_silence.stop();
    m_parser.reset();
    if (m_reconnect.isActive())
        return;
    const int wait = std::min(kLongestRetryMs, kFirstRetryMs << std::min(m_attempt++, 10));
    // Full jitter, so that a fleet does not come back in one stampede.
    m_reconnect.start(kFirstRetryMs / 5 + static_cast<int>(QRandomGenerator::global()->bounded(wait)));
    Q_EMIT connectionChanged(false, why);
}

void RemoteJob::follow() {
    m_stage = Stage::Following;
    const QByteArray nonce = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    m_parser = std::make_unique<JobFrameParser>(nonce);
    RemoteCommand *command = m_helper.follow(m_arrived, nonce);
    m_following = command;
    m_silence.start();
    connect(command, &RemoteCommand::outputArrived, this, [this, command](const QByteArray &bytes) {
        if (m_following != command || !m_parser)
            return;
        m_silence.start();
        m_parser->add(bytes, [this](const JobFrame &frame) { takeFrame(frame); });
        if (m_refused) {
            followLater();
        } else if (m_parser && m_parser->broken()) {
            fail(ErrorCode::CommandFailed,
                 QStringLiteral("%1 answers with something that is not a job: %2")
                     .arg(m_shell.host().name, QString::fromUtf8(m_parser->noise().left(200)).simplified()));
        }
    });
    connect(command, &RemoteCommand::finished, this, [this, command](const CommandResult &result) {
        if (m_following == command)
            followEnded(result);
    });
    if (m_attempt > 0)
        Q_EMIT connectionChanged(true, QStringLiteral("%1 answers again").arg(m_shell.host().name));
    m_attempt = 0;
    if (m_isStopped)
        cancel();
}

void RemoteJob::followEnded(const CommandResult &result) {
    if (m_stage != Stage::Following)
        return;
    connectionLost(
        result.end == CommandResult::End::Exited
            ? QStringLiteral("%1: following ended early (%2)").arg(m_shell.host().name).arg(result.exitCode)
            : result.error.text);
}

void RemoteJob::startOver() {
    m_arrived.reset();
    if (m_stage == Stage::Over)
        followLater();
    else
        m_refused = true;
}

void RemoteJob::followLater() {
    m_refused = false;
    m_stage = Stage::Idle;
    m_silence.stop();
    m_parser.reset();
    if (RemoteCommand *command = m_following)
        command->abandon();
    m_following.clear();
    m_reconnect.start(kRefusedMs);
}

void RemoteJob::takeFrame(const JobFrame &frame) {
    if (m_stage != Stage::Following || m_refused)
        return;
    switch (frame.kind) {
    case JobFrame::Kind::Output:
        takeBytes(JobStreams::Which::Output, frame);
        break;
    case JobFrame::Kind::Log:
        takeBytes(JobStreams::Which::Log, frame);
        break;
    case JobFrame::Kind::Heartbeat:
        break;
    case JobFrame::Kind::End:
        takeEnd(frame.bytes);
        break;
    case JobFrame::Kind::Trouble:
        fail(ErrorCode::CommandFailed,
             QStringLiteral("%1, job %2: %3")
                 .arg(m_shell.host().name, m_spec.id, QString::fromUtf8(frame.bytes)));
        break;
    }
}

void RemoteJob::takeBytes(JobStreams::Which which, const JobFrame &frame) {
    if (const qint64 due = m_arrived.taken(which); frame.offset != due) {
        fail(ErrorCode::Corrupt, QStringLiteral("%1, job %2: bytes from %3 arrived where %4 was due")
                                     .arg(m_shell.host().name, m_spec.id)
                                     .arg(frame.offset)
                                     .arg(due));
        return;
    }
    if (which == JobStreams::Which::Output)
        Q_EMIT outputArrived(frame.offset, frame.bytes);
    else
        Q_EMIT logArrived(frame.offset, frame.bytes);
    if (!m_refused)
        m_arrived.add(which, frame.bytes);
}

void RemoteJob::takeEnd(const QByteArray &text) {
    const QList<QByteArray> words = text.simplified().split(' ');
    if (words.size() >= 5 && !m_arrived.have(words.at(3), words.at(4))) {
        fail(ErrorCode::Corrupt,
             QStringLiteral("%1, job %2: what arrived is not what the job wrote there (SHA-256 differs)")
                 .arg(m_shell.host().name, m_spec.id));
        return;
    }
    JobResult result = readJobResult(text, m_isStopped);
    result.outBytes = m_arrived.taken(JobStreams::Which::Output);
    result.logBytes = m_arrived.taken(JobStreams::Which::Log);
    over();
    Q_EMIT finished(result);
}

void RemoteJob::stop() {
    if (m_stage == Stage::Over || m_isStopped)
        return;
    m_isStopped = true;
    if (m_stage == Stage::Following)
        cancel();
}

void RemoteJob::cancel() {
    RemoteCommand *command = m_helper.cancel();
    const auto answer = RemoteAnswer::of(*command);
    connect(command, &RemoteCommand::finished, this, [this, answer](const CommandResult &) {
        const QByteArray survivors = answer->lastLine("C ").value_or("0").simplified();
        if (!survivors.startsWith("0")) {
            Q_EMIT connectionChanged(
                true, QStringLiteral("%1: processes of job %2 could not be ended: %3")
                          .arg(m_shell.host().name, m_spec.id, QString::fromLatin1(survivors)));
        }
    });
}

void RemoteJob::sayEnough(const QString &part) {
    static const QRegularExpression word(QStringLiteral("^[a-z0-9_]{1,64}$"));
    if (m_stage != Stage::Following || !word.match(part).hasMatch())
        return;
    m_helper.sayEnough(part);
}

void RemoteJob::over() {
    m_stage = Stage::Over;
    m_attachment.abandon();
    m_reconnect.stop();
    m_silence.stop();
}

void RemoteJob::fail(ErrorCode code, const QString &text) {
    over();
    if (RemoteCommand *command = m_following)
        command->abandon();
    Q_EMIT failed(Error{code, text});
}

RemoteCommand *removeJob(RemoteShell &shell, const QString &id) {
    return JobHelper(shell, id).remove();
}

} // namespace slipway
