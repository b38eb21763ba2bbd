// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/agentfilter.h"

#include <array>

#include <sys/socket.h>

namespace slipway {

AgentFilter::AgentFilter(QString socket, AgentTimeout timeout)
    : m_agent(std::move(socket)), m_timeout(std::move(timeout)) {
    std::array<int, 2> ends{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return;
    m_ours.reset(ends[0]);
    m_theirs.reset(ends[1]);
    m_thread = std::thread([this] { run(); });
}

AgentFilter::~AgentFilter() {
    if (!m_thread.joinable())
        return;
    shutdown(m_ours.get(), SHUT_RDWR);
    m_thread.join();
}

void AgentFilter::show(const AgentKey &shown, const QByteArray &signer) {
    const std::scoped_lock lock(m_mutex);
    m_shown = shown;
    m_signer = signer;
    m_complaint.clear();
}

QString AgentFilter::complaint() const {
    const std::scoped_lock lock(m_mutex);
    return m_complaint;
}

void AgentFilter::run() {
    for (;;) {
        const auto request = receiveAgentMessage(m_ours.get(), {});
        if (!request || !sendAgentMessage(m_ours.get(), answerTo(*request), m_timeout))
            return;
    }
}

QByteArray AgentFilter::answerTo(const QByteArray &payload) {
    if (payload == QByteArray(1, agent::kListRequest)) {
        const std::scoped_lock lock(m_mutex);
        return agent::keysAnswer(m_shown);
    }
    const auto request = agent::readSignRequest(payload);
    return request ? sign(*request) : QByteArray(1, agent::kFailure);
}

QByteArray AgentFilter::sign(SignRequest request) {
    {
        const std::scoped_lock lock(m_mutex);
        request.blob = m_signer;
    }
    QString why;
    QByteArray answer(1, agent::kFailure);
    if (auto client = AgentClient::connect(m_agent); !client) {
        why = client.error().text;
    } else if (auto signature = client->ask(agent::signRequest(request), m_timeout); !signature) {
        why = signature.error().text;
    } else if (signature->at(0) != agent::kSignAnswer) {
        why = QStringLiteral("ssh-agent refused to sign with it");
    } else {
        answer = *signature;
    }
    const std::scoped_lock lock(m_mutex);
    m_complaint = why;
    return answer;
}

} // namespace slipway
