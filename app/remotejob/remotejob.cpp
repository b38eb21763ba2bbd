// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/remotejob.h"

#include "app/remotejob/jobprogram.h"
#include "app/ssh/remoteanswer.h"

#include <QIODevice>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kShortCommandMs = 30'000;
constexpr int kHashingMs = 300'000; // gigabytes, on a small host
constexpr int kCancelGraceSeconds = 10;
constexpr int kSilenceMs = 20'000; // four heartbeats
constexpr int kFirstRetryMs = 500;
constexpr int kLongestRetryMs = 30'000;
constexpr int kRefusedMs = 2000;

RemoteCommand *runHelper(RemoteShell &shell, const QByteArray &arguments, int timeoutMs) {
    // A session may begin elsewhere than in $HOME, where the program lies.
    return shell.start("/bin/sh \"$HOME/" + jobProgram().path + "\" " + arguments, timeoutMs);
}

QString howItEnded(const JobResult &result) {
    switch (result.state) {
    case JobState::Exited:
        return QStringLiteral("it exited with %1").arg(result.exitCode);
    case JobState::Signalled:
        return QStringLiteral("it was killed by SIG%1").arg(result.signalName);
    case JobState::Cancelled:
        return QStringLiteral("it was ended on request");
    case JobState::Overdue:
        return QStringLiteral("its host ended it at its deadline");
    case JobState::WrapperGone:
        return QStringLiteral("its supervisor on the host was killed; how it ended is not known");
    case JobState::HostRebooted:
        return QStringLiteral("the host was restarted while it ran");
    case JobState::Vanished:
        return QStringLiteral("its folder on the host was removed or cut short");
    case JobState::NeverStarted:
        return QStringLiteral("the host took it and did not start it");
    }
    return {};
}

} // namespace

RemoteJob::RemoteJob(RemoteShell &shell, JobSpec spec, QObject *parent)
    : QObject(parent), m_shell(shell), m_spec(std::move(spec)) {
    m_reconnect.setSingleShot(true);
    connect(&m_reconnect, &QTimer::timeout, this, &RemoteJob::proceed);
    m_silence.setSingleShot(true);
    m_silence.setInterval(kSilenceMs);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        // Told first: closing ends the command that follows, which would say less.
        connectionLost(
            QStringLiteral("%1 has said nothing for %2 s").arg(m_shell.host().name).arg(kSilenceMs / 1000));
        m_shell.close();
    });
    connect(&m_shell, &RemoteShell::stateChanged, this, &RemoteJob::takeShellState);
}

RemoteJob::~RemoteJob() {
    if (RemoteCommand *command = m_following)
        command->abandon();
}

Result<void> RemoteJob::takeUp(QIODevice &out, QIODevice &log) {
    for (const auto &[stream, held] : {std::pair{&m_out, &out}, std::pair{&m_log, &log}}) {
        stream->taken = held->size();
        if (!stream->hash.add(*held))
            return Error{ErrorCode::Io, QStringLiteral("What %1, job %2 said so far cannot be read: %3")
                                            .arg(m_shell.host().name, m_spec.id, held->errorString())};
    }
    m_held = m_out.taken > 0 || m_log.taken > 0;
    m_launched = m_held;
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
        install();
    else
        m_shell.open();
}

void RemoteJob::takeShellState(RemoteShell::State state) {
    if (m_stage == Stage::Over)
        return;
    if (state == RemoteShell::State::Open && m_stage == Stage::Idle) {
        install();
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
    m_silence.stop();
    m_parser.reset();
    if (m_reconnect.isActive())
        return;
    const int wait = std::min(kLongestRetryMs, kFirstRetryMs << std::min(m_attempt++, 10));
    // Full jitter, so that a fleet does not come back in one stampede.
    m_reconnect.start(kFirstRetryMs / 5 + static_cast<int>(QRandomGenerator::global()->bounded(wait)));
    Q_EMIT connectionChanged(false, why);
}

// Each connection verifies the helper: what lies on the host is not trusted to be what was put there.
void RemoteJob::install() {
    m_stage = Stage::Installing;
    RemoteCommand *command = m_shell.start("sh", kShortCommandMs);
    const auto answer = RemoteAnswer::of(*command);
    const AnswerMark mark;
    connect(command, &RemoteCommand::finished, this, [this, answer, mark](const CommandResult &result) {
        if (m_stage != Stage::Installing)
            return;
        if (const auto told = mark.strip(m_shell.host(), *answer, result); !told) {
            failOrRetry(told.error(), *answer, result);
            return;
        }
        if (result.exitCode != 0 || !answer->lastLine("ready")) {
            fail(ErrorCode::CommandFailed,
                 QStringLiteral("%1 has no usable home folder for jobs: %2")
                     .arg(m_shell.host().name,
                          QString::fromUtf8((answer->err + ' ' + answer->out).left(300)).simplified()));
            return;
        }
        if (m_held)
            compare();
        else if (m_launched)
            follow();
        else
            launch();
    });
    command->write(mark.program() + jobProgram().installer);
    command->closeInput();
}

void RemoteJob::launch() {
    m_stage = Stage::Starting;
    RemoteCommand *command = runHelper(m_shell, "start " + m_spec.id.toLatin1(), kShortCommandMs);
    const auto answer = RemoteAnswer::of(*command);
    connect(command, &RemoteCommand::finished, this, [this, answer](const CommandResult &result) {
        if (m_stage != Stage::Starting)
            return;
        if (const auto ended = answer->ended(m_shell.host(), result); !ended) {
            failOrRetry(ended.error(), *answer, result); // it may be started; the same token finds it again
            return;
        }
        if (result.exitCode != 0 || !answer->lastLine("S ")) {
            const QByteArray said = answer->lastLine("X ").value_or(answer->err + ' ' + answer->out);
            fail(ErrorCode::CommandFailed,
                 QStringLiteral("%1 did not take the job %2: %3")
                     .arg(m_shell.host().name, m_spec.id, QString::fromUtf8(said.left(300)).simplified()));
            return;
        }
        m_launched = true;
        Q_EMIT started();
        follow();
    });
    command->write(startRecords(m_spec));
    command->closeInput();
}

// A file here may have been changed while nobody looked at it.
void RemoteJob::compare() {
    m_stage = Stage::Comparing;
    RemoteCommand *command =
        runHelper(m_shell,
                  "sums " + m_spec.id.toLatin1() + ' ' + QByteArray::number(m_out.taken) + ' ' +
                      QByteArray::number(m_log.taken),
                  kHashingMs);
    const auto answer = RemoteAnswer::of(*command);
    connect(command, &RemoteCommand::finished, this, [this, answer](const CommandResult &result) {
        if (m_stage != Stage::Comparing)
            return;
        if (const auto ended = answer->ended(m_shell.host(), result); !ended) {
            failOrRetry(ended.error(), *answer, result);
            return;
        }
        m_held = false;
        const QList<QByteArray> sums = answer->lastLine("P ").value_or(QByteArray()).simplified().split(' ');
        const bool same =
            sums.size() != 2 || (sums.at(0) == m_out.hash.hex() &&
                                 sums.at(1) == m_log.hash.hex()); // following tells what is shorter
        if (!same) {
            for (Stream *stream : {&m_out, &m_log}) {
                stream->taken = 0;
                stream->hash.reset();
            }
        }
        Q_EMIT heldCompared(same);
        if (m_stage == Stage::Comparing)
            follow();
    });
    command->closeInput();
}

void RemoteJob::follow() {
    m_stage = Stage::Following;
    const QByteArray nonce = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    m_parser = std::make_unique<JobFrameParser>(nonce);
    RemoteCommand *command =
        runHelper(m_shell,
                  "follow " + m_spec.id.toLatin1() + ' ' + QByteArray::number(m_out.taken) + ' ' +
                      QByteArray::number(m_log.taken) + ' ' + nonce,
                  0);
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
    if (m_stopWanted)
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
    for (Stream *stream : {&m_out, &m_log}) {
        stream->taken = 0;
        stream->hash.reset();
    }
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
        takeStream(m_out, frame, true);
        break;
    case JobFrame::Kind::Log:
        takeStream(m_log, frame, false);
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

void RemoteJob::takeStream(Stream &stream, const JobFrame &frame, bool isOutput) {
    if (frame.offset != stream.taken) {
        fail(ErrorCode::Corrupt, QStringLiteral("%1, job %2: bytes from %3 arrived where %4 was due")
                                     .arg(m_shell.host().name, m_spec.id)
                                     .arg(frame.offset)
                                     .arg(stream.taken));
        return;
    }
    if (isOutput)
        Q_EMIT outputArrived(frame.offset, frame.bytes);
    else
        Q_EMIT logArrived(frame.offset, frame.bytes);
    if (m_refused)
        return;
    stream.taken += frame.bytes.size();
    stream.hash.add(frame.bytes);
}

// "finished OUT LOG OUTHASH LOGHASH v1 exited 0 [nospace]", or a state alone.
void RemoteJob::takeEnd(const QByteArray &text) {
    const QList<QByteArray> words = text.simplified().split(' ');
    JobResult result;
    result.outBytes = m_out.taken;
    result.logBytes = m_log.taken;
    const QByteArray &state = words.constFirst();
    if (words.size() >= 5 && (words.at(3) != m_out.hash.hex() || words.at(4) != m_log.hash.hex())) {
        fail(ErrorCode::Corrupt,
             QStringLiteral("%1, job %2: what arrived is not what the job wrote there (SHA-256 differs)")
                 .arg(m_shell.host().name, m_spec.id));
        return;
    }
    if (state == "finished" && words.value(6) == "exited") {
        result.state = JobState::Exited;
        result.exitCode = words.value(7).toInt();
    } else if (state == "finished" && words.value(6) == "signalled") {
        result.state = JobState::Signalled;
        result.signalName = QString::fromLatin1(words.value(7));
    } else if (state == "finished" && words.value(6) == "overdue") {
        result.state = JobState::Overdue;
    } else if (state == "rebooted") {
        result.state = JobState::HostRebooted;
    } else if (state == "vanished" || state == "truncated") {
        result.state = JobState::Vanished;
    } else if (state == "never-started") {
        result.state = JobState::NeverStarted;
    }
    if (m_stopWanted && (result.state == JobState::Signalled || result.state == JobState::Exited))
        result.state = JobState::Cancelled;
    result.noSpace = words.contains("nospace");
    result.text = howItEnded(result);
    over();
    Q_EMIT finished(result);
}

void RemoteJob::stop() {
    if (m_stage == Stage::Over || m_stopWanted)
        return;
    m_stopWanted = true;
    if (m_stage == Stage::Following)
        cancel();
}

void RemoteJob::cancel() {
    RemoteCommand *command =
        runHelper(m_shell, "cancel " + m_spec.id.toLatin1() + ' ' + QByteArray::number(kCancelGraceSeconds),
                  kShortCommandMs);
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
    RemoteCommand *command =
        runHelper(m_shell, "enough " + m_spec.id.toLatin1() + ' ' + part.toLatin1(), kShortCommandMs);
    command->closeInput();
}

void RemoteJob::over() {
    m_stage = Stage::Over;
    m_reconnect.stop();
    m_silence.stop();
}

// A host that says what it will say again is not asked again; a lost connection says nothing about it.
void RemoteJob::failOrRetry(const Error &error, const RemoteAnswer &answer, const CommandResult &result) {
    if (answer.flooded || result.end == CommandResult::End::Exited)
        fail(error.code, error.text);
    else
        connectionLost(error.text);
}

void RemoteJob::fail(ErrorCode code, const QString &text) {
    over();
    if (RemoteCommand *command = m_following)
        command->abandon();
    Q_EMIT failed(Error{code, text});
}

RemoteCommand *removeJob(RemoteShell &shell, const QString &id) {
    RemoteCommand *command = runHelper(shell, "clean " + id.toLatin1(), kShortCommandMs);
    command->closeInput();
    return command;
}

} // namespace slipway
