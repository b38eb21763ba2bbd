// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshcommands.h"

#include <iterator>
#include <utility>

namespace slipway {

namespace {

constexpr size_t kParallelChannels =
    4; // sshd allows 10 a connection, and counts one that ends a little longer

} // namespace

void SshCommands::start(quint64 id, const QByteArray &commandLine, int timeoutMs,
                        std::shared_ptr<FlowBudget> budget) {
    m_waiting.push_back({id, commandLine, timeoutMs, std::move(budget), {}, false});
}

void SshCommands::write(quint64 id, const QByteArray &bytes) {
    if (const auto it = m_running.find(id); it != m_running.end())
        it->second->queueInput(bytes);
    else if (Waiting *waiting = findWaiting(id))
        waiting->input += bytes;
}

void SshCommands::closeInput(quint64 id) {
    if (const auto it = m_running.find(id); it != m_running.end())
        it->second->endInput();
    else if (Waiting *waiting = findWaiting(id))
        waiting->inputEnds = true;
}

void SshCommands::abandon(quint64 id) {
    m_running.erase(id);
    std::erase_if(m_waiting, [id](const Waiting &waiting) { return waiting.id == id; });
    CommandResult result;
    result.end = CommandResult::End::Abandoned;
    result.error = Error{ErrorCode::Cancelled, QStringLiteral("the channel was closed on purpose")};
    m_events.finished(id, result);
}

SshCommands::Waiting *SshCommands::findWaiting(quint64 id) {
    for (Waiting &waiting : m_waiting) {
        if (waiting.id == id)
            return &waiting;
    }
    return nullptr;
}

void SshCommands::admitWaiting() {
    while (!m_waiting.empty() && m_running.size() < kParallelChannels) {
        Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        auto channel = std::make_unique<SshChannel>(m_session, next.commandLine, next.timeoutMs, next.budget);
        channel->queueInput(next.input);
        if (next.inputEnds)
            channel->endInput();
        m_running.emplace(next.id, std::move(channel));
    }
}

bool SshCommands::stepOne(quint64 id, SshChannel &channel, bool &ended) {
    SshChannel::Progress progress = channel.step(m_host);
    if (progress.startedNow)
        m_events.started(id);
    if (!progress.out.isEmpty() || !progress.err.isEmpty())
        m_events.output(id, std::move(progress.out), std::move(progress.err));
    ended = progress.result.has_value();
    if (ended)
        m_events.finished(id, *progress.result);
    return progress.moved || ended;
}

bool SshCommands::step() {
    admitWaiting();
    bool moved = false;
    for (auto it = m_running.begin(); it != m_running.end();) {
        bool ended = false;
        moved |= stepOne(it->first, *it->second, ended);
        it = ended ? m_running.erase(it) : std::next(it);
    }
    return moved;
}

void SshCommands::endAll(const Error &why) {
    CommandResult result;
    result.error = why;
    result.end = CommandResult::End::ConnectionLost;
    for (const auto &[id, channel] : m_running)
        m_events.finished(id, result);
    result.end = CommandResult::End::FailedToStart;
    for (const Waiting &waiting : m_waiting)
        m_events.finished(waiting.id, result);
    m_running.clear();
    m_waiting.clear();
}

} // namespace slipway
