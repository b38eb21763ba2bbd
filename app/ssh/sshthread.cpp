// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshthread.h"

#include "app/core/events.h"
#include "app/ssh/connectgate.h"
#include "app/ssh/sshauth.h"

#include <libssh/callbacks.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace slipway {

namespace {

constexpr int kSafetyTickMs = 250;
constexpr auto kTimeout = std::chrono::minutes(1);

} // namespace

SshThread::SshThread(Host host, SshOptions options, SshEvents events)
    : m_host(std::move(host)), m_options(std::move(options)), m_events(std::move(events)) {
    m_thread = std::thread([this] { run(); });
}

SshThread::~SshThread() {
    m_stop = true;
    {
        const std::scoped_lock lock(m_mutex);
        // A call into libssh that waits for the other side ends when its socket does.
        if (m_socket.get() >= 0)
            shutdown(m_socket.get(), SHUT_RDWR);
        if (m_question)
            m_question->withdraw();
    }
    wake();
    m_thread.join();
}

void SshThread::run() {
    pthread_setname_np(pthread_self(), ("ssh " + m_host.name.left(11).toLatin1()).constData());
    auto connection = connect();
    {
        const std::scoped_lock lock(m_mutex);
        m_socket.reset(-1); // held on to, it would keep the other side waiting
        if (connection) {
            m_signal.begin();
            m_isOpen = true;
        }
        m_wake.reset(-1);
    }
    if (!connection) {
        qCDebug(sshEvents).noquote() << connection.error().text;
        m_mailbox.post([this, error = connection.error()] { m_events.ended(error, false); });
        return;
    }
    qCDebug(sshEvents).noquote() << QStringLiteral("%1: connected").arg(placeOf(m_host));
    m_mailbox.post([this] { m_events.opened(); });
    const Error end = lead(*connection);
    connection = Error{}; // the session is closed before its end is reported
    qCDebug(sshEvents).noquote() << QStringLiteral("%1: connection ended. %2").arg(placeOf(m_host), end.text);
    m_mailbox.post([this, end] { m_events.ended(end, true); });
}

void SshThread::takeRequests(SshCommands &commands) {
    std::deque<std::function<void(SshCommands &)>> requests;
    {
        const std::scoped_lock lock(m_mutex);
        requests.swap(m_requests);
    }
    for (const auto &request : requests)
        request(commands);
}

SshCommands SshThread::commandsOn(ssh_session session) {
    return {session,
            m_host.name,
            {[this](quint64 id) { m_mailbox.post([this, id] { m_events.started(id); }); },
             // Moved, so that this thread's buffer is not shared.
             [this](quint64 id, QByteArray out, QByteArray err) {
                 m_mailbox.post([this, id, out = std::move(out), err = std::move(err)] {
                     m_events.output(id, out, err);
                 });
             },
             [this](quint64 id, const CommandResult &result) {
                 m_mailbox.post([this, id, result] { m_events.finished(id, result); });
             }}};
}

Error SshThread::lead(const Connection &connection) {
    ssh_session session = connection.session.get();
    SshCommands commands = commandsOn(session);
    const QString place = placeOf(m_host);
    Error end{ErrorCode::Cancelled, QStringLiteral("%1: the connection was closed").arg(place)};
    const std::unique_ptr<ssh_event_struct, decltype(&ssh_event_free)> event(ssh_event_new(),
                                                                             &ssh_event_free);
    ssh_event_add_session(event.get(), session);
    while (!m_stop) {
        takeRequests(commands);
        // libssh moves the bytes of all channels at once, so pass after pass until nothing moves.
        while (commands.step() && !m_stop)
            takeRequests(commands);
        if (ssh_is_connected(session) == 0 ||
            (ssh_get_status(session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0) {
            const QString why = QString::fromUtf8(ssh_get_error(session)).simplified().left(200);
            end = Error{ErrorCode::ConnectionLost,
                        QStringLiteral("The connection to %1 broke%2. Programs there go on.")
                            .arg(place, why.isEmpty() ? why : QStringLiteral(": ") + why)};
            break;
        }
        // Also with nothing to read: the server's keepalives want an answer.
        const bool mustWrite = (ssh_get_poll_flags(session) & SSH_WRITE_PENDING) != 0;
        m_signal.wait(ssh_get_fd(session), static_cast<short>(mustWrite ? POLLIN | POLLOUT : POLLIN),
                      kSafetyTickMs);
        if (ssh_event_dopoll(event.get(), 0) == SSH_ERROR && ssh_is_connected(session) != 0)
            ssh_silent_disconnect(session);
    }
    commands.endAll(end);
    ssh_event_remove_session(event.get(), session);
    return end;
}

Result<Connection> SshThread::connect() {
    const ConnectGate gate([this] { return m_stop.load(); });
    if (!gate.admitted())
        return Error{ErrorCode::Cancelled, QStringLiteral("%1: connecting was cancelled").arg(m_host.name)};
    {
        const std::scoped_lock lock(m_mutex);
        m_wake.reset(eventfd(m_stop ? 1 : 0, EFD_CLOEXEC | EFD_NONBLOCK));
    }
    if (m_wake.get() < 0)
        return Error{ErrorCode::Unreachable, QStringLiteral("%1: no connection can be made from here: %2")
                                                 .arg(m_host.name, QString::fromLocal8Bit(strerror(errno)))};
    const auto target = resolveTarget(m_host);
    if (!target)
        return target.error();
    m_host = target->host;
    const SshQuestions questions{
        [this](const HostKey &key) {
            return ask(std::make_shared<LoginQuestion>(m_host.name, key)).has_value();
        },
        [this](const QString &file, bool again) {
            return ask(std::make_shared<LoginQuestion>(m_host.name, file, again));
        },
        [this] { return m_stop.load(); }};
    return connectSsh(*target, m_options, m_wake.get(), questions, [this](int fd) {
        const std::scoped_lock lock(m_mutex);
        m_socket.reset(fcntl(fd, F_DUPFD_CLOEXEC, 0));
    });
}

std::optional<QByteArray> SshThread::ask(const std::shared_ptr<LoginQuestion> &question) {
    if (!m_options.prompt)
        return std::nullopt;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stop)
            return std::nullopt;
        m_question = question;
    }
    m_options.prompt->ask(question);
    const auto answer = question->wait(kTimeout);
    const std::scoped_lock lock(m_mutex);
    m_question.reset();
    return answer;
}

void SshThread::post(std::function<void(SshCommands &)> request) {
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.push_back(std::move(request));
    }
    wake();
}

void SshThread::wake() {
    const std::scoped_lock lock(m_mutex);
    if (m_isOpen)
        m_signal.wake();
    else if (m_wake.get() >= 0)
        eventfd_write(m_wake.get(), 1);
}

void SshThread::start(quint64 id, const QByteArray &commandLine, int timeoutMs,
                      const std::shared_ptr<FlowBudget> &budget) {
    post([=](SshCommands &commands) { commands.start(id, commandLine, timeoutMs, budget); });
}

void SshThread::write(quint64 id, const QByteArray &bytes) {
    post([=](SshCommands &commands) { commands.write(id, bytes); });
}

void SshThread::closeInput(quint64 id) {
    post([=](SshCommands &commands) { commands.closeInput(id); });
}

void SshThread::abandon(quint64 id) {
    post([=](SshCommands &commands) { commands.abandon(id); });
}

} // namespace slipway
