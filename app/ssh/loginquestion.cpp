// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/loginquestion.h"

#include <cstring>
#include <utility>

namespace slipway {

void overwrite(QByteArray &secret) {
    // Not detached: a copy would be overwritten, and the secret left.
    explicit_bzero(const_cast<char *>(secret.constData()), static_cast<size_t>(secret.size()));
}

LoginQuestion::LoginQuestion(QString host, HostKey unknown)
    : m_host(std::move(host)), m_hostKey(std::move(unknown)) {}

LoginQuestion::LoginQuestion(QString host, QString keyFile, bool again)
    : m_host(std::move(host)), m_keyFile(std::move(keyFile)), m_isAgain(again) {}

LoginQuestion::~LoginQuestion() {
    overwrite(m_passphrase);
}

void LoginQuestion::accept(QByteArray passphrase) {
    settle(State::Accepted, std::move(passphrase));
}

void LoginQuestion::refuse() {
    settle(State::Refused, {});
}

void LoginQuestion::withdraw() {
    settle(State::Withdrawn, {});
}

void LoginQuestion::settle(State state, QByteArray passphrase) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_state != State::Open) {
            overwrite(passphrase);
            return;
        }
        m_state = state;
        m_passphrase = std::move(passphrase);
    }
    m_settled.notify_all();
}

bool LoginQuestion::isOpen() const {
    const std::scoped_lock lock(m_mutex);
    return m_state == State::Open;
}

std::optional<QByteArray> LoginQuestion::wait(std::chrono::milliseconds timeout) {
    {
        std::unique_lock lock(m_mutex);
        m_settled.wait_for(lock, timeout, [this] { return m_state != State::Open; });
        if (m_state == State::Accepted)
            return std::exchange(m_passphrase, {});
    }
    withdraw();
    return std::nullopt;
}

} // namespace slipway
