// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshthread.h"

#include "app/core/events.h"
#include "app/ssh/connectgate.h"
#include "app/ssh/sshauth.h"
#include "app/ssh/sshchannel.h"

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
constexpr size_t kParallelChannels =
    4; // sshd allows 10 a connection, and counts one that ends a little longer
constexpr auto kTimeout = std::chrono::minutes(1);

} // namespace

/// The part that only the connection's thread sees.
class SshThread::Loop {
public:
    Loop(SshThread &owner, Connection connection) : m_owner(owner), m_connection(std::move(connection)) {}

    Error run();

    void start(quint64 id, const QByteArray &commandLine, int timeoutMs, std::shared_ptr<FlowBudget> budget) {
        m_waiting.push_back({id, commandLine, timeoutMs, std::move(budget), {}, false});
    }
    void write(quint64 id, const QByteArray &bytes) {
        if (const auto it = m_running.find(id); it != m_running.end())
            it->second->queueInput(bytes);
        else if (Waiting *waiting = findWaiting(id))
            waiting->input += bytes;
    }
    void closeInput(quint64 id) {
        if (const auto it = m_running.find(id); it != m_running.end())
            it->second->endInput();
        else if (Waiting *waiting = findWaiting(id))
            waiting->inputEnds = true;
    }
    void abandon(quint64 id) {
        m_running.erase(id);
        std::erase_if(m_waiting, [id](const Waiting &waiting) { return waiting.id == id; });
        CommandResult result;
        result.end = CommandResult::End::Abandoned;
        result.error = Error{ErrorCode::Cancelled, QStringLiteral("the channel was closed on purpose")};
        finish(id, result);
    }

private:
    struct Waiting {
        quint64 id;
        QByteArray commandLine;
        int timeoutMs;
        std::shared_ptr<FlowBudget> budget;
        QByteArray input;
        bool inputEnds;
    };

    Waiting *findWaiting(quint64 id) {
        for (Waiting &waiting : m_waiting) {
            if (waiting.id == id)
                return &waiting;
        }
        return nullptr;
    }
    void finish(quint64 id, const CommandResult &result) {
        m_owner.m_mailbox.post([&events = m_owner.m_events, id, result] { events.finished(id, result); });
    }
    void takeRequests();
    void admitWaiting();
    bool stepAll();
    bool stepOne(quint64 id, SshChannel &channel, bool &ended);

    SshThread &m_owner;
    Connection m_connection;
    std::map<quint64, std::unique_ptr<SshChannel>> m_running; // freed before the session
    std::deque<Waiting> m_waiting;
};

void SshThread::Loop::takeRequests() {
    std::deque<std::function<void(Loop &)>> requests;
    {
        const std::scoped_lock lock(m_owner.m_mutex);
        requests.swap(m_owner.m_requests);
    }
    for (const auto &request : requests)
        request(*this);
}

void SshThread::Loop::admitWaiting() {
    while (!m_waiting.empty() && m_running.size() < kParallelChannels) {
        Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        auto channel = std::make_unique<SshChannel>(m_connection.session.get(), next.commandLine,
                                                    next.timeoutMs, next.budget);
        channel->queueInput(next.input);
        if (next.inputEnds)
            channel->endInput();
        m_running.emplace(next.id, std::move(channel));
    }
}

bool SshThread::Loop::stepOne(quint64 id, SshChannel &channel, bool &ended) {
    SshChannel::Progress progress = channel.step(m_owner.m_host.name);
    Mailbox &mailbox = m_owner.m_mailbox;
    SshEvents &events = m_owner.m_events;
    if (progress.startedNow)
        mailbox.post([&events, id] { events.started(id); });
    if (!progress.out.isEmpty() || !progress.err.isEmpty()) {
        mailbox.post([&events, id, out = std::move(progress.out), err = std::move(progress.err)] {
            events.output(id, out, err);
        });
    }
    ended = progress.result.has_value();
    if (ended)
        finish(id, *progress.result);
    return progress.moved || ended;
}

bool SshThread::Loop::stepAll() {
    bool moved = false;
    for (auto it = m_running.begin(); it != m_running.end();) {
        bool ended = false;
        moved |= stepOne(it->first, *it->second, ended);
        it = ended ? m_running.erase(it) : std::next(it);
    }
    return moved;
}

Error SshThread::Loop::run() {
    ssh_session session = m_connection.session.get();
    const QString place = QStringLiteral("%1 (%2:%3)")
                              .arg(m_owner.m_host.name, m_owner.m_host.address)
                              .arg(m_owner.m_host.port);
    Error end{ErrorCode::Cancelled, QStringLiteral("%1: the connection was closed").arg(place)};
    const std::unique_ptr<ssh_event_struct, decltype(&ssh_event_free)> event(ssh_event_new(),
                                                                             &ssh_event_free);
    ssh_event_add_session(event.get(), session);
    while (!m_owner.m_stop) {
        takeRequests();
        admitWaiting();
        // libssh moves the bytes of all channels at once, so pass after pass until nothing moves.
        while (stepAll() && !m_owner.m_stop) {
            takeRequests();
            admitWaiting();
        }
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
        m_owner.m_signal.wait(ssh_get_fd(session), static_cast<short>(mustWrite ? POLLIN | POLLOUT : POLLIN),
                              kSafetyTickMs);
        if (ssh_event_dopoll(event.get(), 0) == SSH_ERROR && ssh_is_connected(session) != 0)
            ssh_silent_disconnect(session);
    }
    for (const auto &[id, channel] : m_running) {
        CommandResult result;
        result.end = CommandResult::End::ConnectionLost;
        result.error = end;
        finish(id, result);
    }
    for (const Waiting &waiting : m_waiting) {
        CommandResult result;
        result.end = CommandResult::End::FailedToStart;
        result.error = end;
        finish(waiting.id, result);
    }
    m_running.clear();
    ssh_event_remove_session(event.get(), session);
    return end;
}

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
    }
    m_answered.notify_all();
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
    Error end;
    {
        Loop loop(*this, std::move(*connection));
        end = loop.run();
    }
    qCDebug(sshEvents).noquote() << QStringLiteral("%1: connection ended. %2").arg(placeOf(m_host), end.text);
    m_mailbox.post([this, end] { m_events.ended(end, true); });
}

Result<Connection> SshThread::connect() {
    const ConnectGate gate([this] { return m_stop.load(); });
    if (!gate.admitted())
        return Error{ErrorCode::Cancelled, QStringLiteral("%1: connecting was given up").arg(m_host.name)};
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
        [this](const HostKey &key) { return askHostKey(key); },
        [this](const QString &file, bool again) { return askPassphrase(file, again); },
        [this] { return m_stop.load(); }};
    return connectSsh(*target, m_options, m_wake.get(), questions, [this](int fd) {
        const std::scoped_lock lock(m_mutex);
        m_socket.reset(fcntl(fd, F_DUPFD_CLOEXEC, 0));
    });
}

bool SshThread::askHostKey(const HostKey &key) {
    m_mailbox.post([this, key] { m_events.hostKeyUnknown(key); });
    std::unique_lock lock(m_mutex);
    m_answered.wait_for(lock, kTimeout, [this] { return m_hostKeyAnswer.has_value() || m_stop; });
    return m_hostKeyAnswer.value_or(false);
}

std::optional<QByteArray> SshThread::askPassphrase(const QString &file, bool again) {
    std::unique_lock lock(m_mutex);
    m_passphraseAnswer.reset();
    m_mailbox.post([this, file, again] { m_events.passphraseRequested(file, again); });
    m_answered.wait_for(lock, kTimeout, [this] { return m_passphraseAnswer.has_value() || m_stop; });
    return std::exchange(m_passphraseAnswer, {}).value_or(std::nullopt);
}

void SshThread::post(std::function<void(Loop &)> request) {
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

void SshThread::answerHostKey(bool accepted) {
    {
        const std::scoped_lock lock(m_mutex);
        m_hostKeyAnswer = accepted;
    }
    m_answered.notify_all();
}

void SshThread::answerPassphrase(const std::optional<QByteArray> &passphrase) {
    {
        const std::scoped_lock lock(m_mutex);
        m_passphraseAnswer = passphrase;
    }
    m_answered.notify_all();
}

void SshThread::start(quint64 id, const QByteArray &commandLine, int timeoutMs,
                      const std::shared_ptr<FlowBudget> &budget) {
    post([=](Loop &loop) { loop.start(id, commandLine, timeoutMs, budget); });
}

void SshThread::write(quint64 id, const QByteArray &bytes) {
    post([=](Loop &loop) { loop.write(id, bytes); });
}

void SshThread::closeInput(quint64 id) {
    post([=](Loop &loop) { loop.closeInput(id); });
}

void SshThread::abandon(quint64 id) {
    post([=](Loop &loop) { loop.abandon(id); });
}

} // namespace slipway
