// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshshell.h"

#include "app/ssh/sshthread.h"

#include <QPointer>

#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kCommandLineLimit = 4096; // longer ones end in errors that look like the command's own
constexpr qint64 kInputLimit = 16LL * 1024 * 1024;

} // namespace

/// The owner's side of one command.
class SshCommand final : public RemoteCommand {
public:
    SshCommand(SshShell &shell, quint64 id) : RemoteCommand(&shell), m_shell(shell), m_id(id) {}

    void write(const QByteArray &bytes) override {
        m_written += bytes.size();
        Q_ASSERT(m_written <= kInputLimit);
        if (m_shell.m_thread)
            m_shell.m_thread->write(m_id, bytes);
    }
    void closeInput() override {
        if (m_shell.m_thread)
            m_shell.m_thread->closeInput(m_id);
    }
    void abandon() override {
        if (m_shell.m_thread)
            m_shell.m_thread->abandon(m_id);
    }
    void setPaused(bool paused) override {
        m_budget->paused = paused;
        if (!paused && m_shell.m_thread)
            m_shell.m_thread->wake();
    }

    void take(const QByteArray &out, const QByteArray &err) {
        const QPointer<SshCommand> alive(this);
        if (!out.isEmpty())
            Q_EMIT outputArrived(out);
        if (alive && !err.isEmpty())
            Q_EMIT errorOutputArrived(err);
        if (!alive)
            return;
        const qint64 before = m_budget->untaken.fetch_sub(out.size() + err.size());
        if (before >= FlowBudget::kLimit && m_shell.m_thread)
            m_shell.m_thread->wake();
    }
    void finish(const CommandResult &result) {
        Q_EMIT finished(result);
        deleteLater();
    }
    [[nodiscard]] const std::shared_ptr<FlowBudget> &budget() const { return m_budget; }

private:
    SshShell &m_shell;
    quint64 m_id;
    qint64 m_written = 0;
    std::shared_ptr<FlowBudget> m_budget = std::make_shared<FlowBudget>();
};

SshShell::SshShell(Host host, SshOptions options, QObject *parent)
    : RemoteShell(parent), m_host(std::move(host)), m_options(std::move(options)) {
    ssh_init();
}

SshShell::~SshShell() {
    m_thread.reset();
    ssh_finalize();
}

void SshShell::setState(State state) {
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void SshShell::open() {
    if (m_state == State::Connecting || m_state == State::Open)
        return;
    SshEvents events;
    events.opened = [this, generation = m_generation] {
        if (generation == m_generation)
            setState(State::Open);
    };
    events.ended = [this, generation = m_generation](const Error &error, bool wasOpen) {
        if (generation == m_generation)
            end(wasOpen ? State::Lost : State::Failed, error);
    };
    events.started = [this](quint64 id) {
        if (const auto it = m_commands.find(id); it != m_commands.end())
            Q_EMIT it->second->started();
    };
    events.output = [this](quint64 id, const QByteArray &out, const QByteArray &err) {
        if (const auto it = m_commands.find(id); it != m_commands.end())
            it->second->take(out, err);
    };
    events.finished = [this](quint64 id, const CommandResult &result) {
        if (auto node = m_commands.extract(id))
            node.mapped()->finish(result);
    };
    m_thread = std::make_unique<SshThread>(m_host, m_options, std::move(events));
    setState(State::Connecting);
}

void SshShell::end(State state, const Error &error) {
    m_error = error;
    setState(state);
}

void SshShell::close() {
    m_thread.reset();
    const Error closed{ErrorCode::Cancelled,
                       QStringLiteral("%1: the connection was closed").arg(m_host.name)};
    for (const auto &[id, command] : std::exchange(m_commands, {})) {
        CommandResult result;
        result.end = CommandResult::End::Abandoned;
        result.error = closed;
        command->finish(result);
    }
    m_error = closed;
    setState(State::Closed);
}

RemoteCommand *SshShell::start(const QByteArray &commandLine, int timeoutMs) {
    Q_ASSERT(commandLine.size() < kCommandLineLimit);
    const quint64 id = ++m_lastId;
    auto *command = new SshCommand(*this, id);
    m_commands.emplace(id, command);
    if (m_state == State::Open) {
        m_thread->start(id, commandLine, timeoutMs, command->budget());
        return command;
    }
    // Reported later, so that the caller can connect its signals first.
    QMetaObject::invokeMethod(
        this,
        [this, id] {
            if (auto node = m_commands.extract(id)) {
                CommandResult result;
                result.end = CommandResult::End::FailedToStart;
                result.error =
                    Error{ErrorCode::ConnectionLost, QStringLiteral("%1 is not connected").arg(m_host.name)};
                node.mapped()->finish(result);
            }
        },
        Qt::QueuedConnection);
    return command;
}

} // namespace slipway
