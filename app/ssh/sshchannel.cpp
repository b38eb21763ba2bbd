// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshchannel.h"

namespace slipway {

namespace {

constexpr qsizetype kWriteSize = qsizetype(64) * 1024;
constexpr qsizetype kBatch = qsizetype(64) * 1024; // fits the allocator's and the processor's caches
constexpr auto kCloseGrace = std::chrono::seconds(10);

} // namespace

SshChannel::SshChannel(ssh_session session, QByteArray commandLine, int timeoutMs,
                       std::shared_ptr<FlowBudget> budget)
    : m_session(session), m_channel(ssh_channel_new(session)), m_commandLine(std::move(commandLine)),
      m_budget(std::move(budget)),
      m_deadline(timeoutMs > 0 ? Clock::now() + std::chrono::milliseconds(timeoutMs)
                               : Clock::time_point::max()),
      m_closeDeadline(Clock::time_point::max()),
      m_callbackStorage(std::make_unique<ssh_channel_callbacks_struct>()) {
    m_callbackStorage->userdata = this;
    m_callbackStorage->channel_exit_status_function = [](ssh_session, ssh_channel, int status, void *user) {
        static_cast<SshChannel *>(user)->m_exitCode = status;
    };
    m_callbackStorage->channel_exit_signal_function = [](ssh_session, ssh_channel, const char *name, int,
                                                         const char *, const char *, void *user) {
        static_cast<SshChannel *>(user)->m_signal = QString::fromLatin1(name);
    };
    ssh_callbacks_init(m_callbackStorage.get());
    if (m_channel)
        ssh_set_channel_callbacks(m_channel.get(), m_callbackStorage.get());
}

SshChannel::~SshChannel() {
    // Callbacks of a freed channel would still fire in 0.10.
    if (m_channel)
        ssh_remove_channel_callbacks(m_channel.get(), m_callbackStorage.get());
}

CommandResult SshChannel::failure(const QString &where, CommandResult::End end, const QString &what) const {
    CommandResult result;
    result.end = end;
    result.error = Error{end == CommandResult::End::TimedOut ? ErrorCode::TimedOut : ErrorCode::CommandFailed,
                         QStringLiteral("%1: %2").arg(where, what)};
    return result;
}

bool SshChannel::mayRead() const {
    return !m_budget->paused && m_budget->untaken < FlowBudget::kLimit;
}

bool SshChannel::read(bool isError, QByteArray &into) {
    qsizetype held = 0;
    into.resize(kBatch);
    while (held < kBatch && mayRead()) {
        const int size = ssh_channel_read_nonblocking(m_channel.get(), into.data() + held,
                                                      static_cast<uint32_t>(kBatch - held), isError ? 1 : 0);
        if (size <= 0)
            break;
        m_budget->untaken += size;
        held += size;
    }
    into.truncate(held);
    if (held < kBatch / 2)
        into.squeeze(); // it may wait for long
    return held > 0;
}

bool SshChannel::pushInput() {
    bool moved = false;
    while (!m_input.isEmpty()) {
        const auto window = static_cast<qsizetype>(ssh_channel_window_size(m_channel.get()));
        const qsizetype size = std::min({m_input.size(), window, kWriteSize});
        if (size == 0 || (ssh_get_poll_flags(m_session) & SSH_WRITE_PENDING) != 0)
            return moved;
        const int written =
            ssh_channel_write(m_channel.get(), m_input.constData(), static_cast<uint32_t>(size));
        if (written <= 0)
            return moved;
        m_input.remove(0, written);
        moved = true;
    }
    if (m_inputEnds && !m_inputEnded && ssh_channel_send_eof(m_channel.get()) == SSH_OK) {
        m_inputEnded = true;
        moved = true;
    }
    return moved;
}

std::optional<CommandResult> SshChannel::ending(const QString &where) {
    const bool closed = ssh_channel_is_closed(m_channel.get()) != 0;
    // Reading one stream may have brought in bytes of the other, and the close behind them.
    if (ssh_channel_poll(m_channel.get(), 0) > 0 || ssh_channel_poll(m_channel.get(), 1) > 0)
        return std::nullopt;
    const bool isEnded = m_exitCode || !m_signal.isEmpty();
    // A child that keeps the streams open holds the channel after the exit status came; wait a little, not
    // for ever.
    if (!closed && isEnded && ssh_channel_is_eof(m_channel.get()) != 0 &&
        m_closeDeadline == Clock::time_point::max())
        m_closeDeadline = Clock::now() + kCloseGrace;
    if (!closed && Clock::now() < m_closeDeadline) {
        if (Clock::now() < m_deadline)
            return std::nullopt;
        return failure(where, CommandResult::End::TimedOut, QStringLiteral("the command took too long"));
    }
    CommandResult result;
    if (!m_signal.isEmpty()) {
        result.end = CommandResult::End::Signalled;
        result.signalName = m_signal;
    } else if (m_exitCode) {
        result.end = CommandResult::End::Exited;
        result.exitCode = *m_exitCode;
    } else {
        result = failure(where, CommandResult::End::ConnectionLost,
                         QStringLiteral("the channel was closed without an exit status"));
    }
    return result;
}

SshChannel::Progress SshChannel::step(const QString &where) {
    Progress progress;
    if (!m_channel) {
        progress.result =
            failure(where, CommandResult::End::FailedToStart, QStringLiteral("no channel could be made"));
        return progress;
    }
    if (m_stage == Stage::Opening) {
        const int opened = ssh_channel_open_session(m_channel.get());
        if (opened == SSH_ERROR)
            progress.result = failure(where, CommandResult::End::FailedToStart,
                                      QStringLiteral("the host opens no further channel (MaxSessions?)"));
        if (opened == SSH_OK) {
            m_stage = Stage::Requesting;
            progress.moved = true;
        }
    }
    if (m_stage == Stage::Requesting) {
        const int requested = ssh_channel_request_exec(m_channel.get(), m_commandLine.constData());
        if (requested == SSH_ERROR)
            progress.result = failure(where, CommandResult::End::FailedToStart,
                                      QStringLiteral("the host refuses to run commands"));
        if (requested == SSH_OK) {
            m_stage = Stage::Running;
            progress.startedNow = progress.moved = true;
        }
    }
    if (m_stage == Stage::Running) {
        // Not "||": both streams are drained on every pass.
        progress.moved |= pushInput();
        progress.moved |= read(false, progress.out);
        progress.moved |= read(true, progress.err);
        if (!progress.moved && mayRead())
            progress.result = ending(where);
    } else if (!progress.result && Clock::now() >= m_deadline) {
        progress.result = failure(where, CommandResult::End::TimedOut,
                                  QStringLiteral("the host did not start the command in time"));
    }
    return progress;
}

} // namespace slipway
