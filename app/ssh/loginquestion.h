// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostkey.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace slipway {

/// Overwrites the bytes, also in what shares them.
void overwrite(QByteArray &secret);

/// What one connection asks a person before it sends anything: whether to trust a host key, or the passphrase
/// of a private key. Shared between the connection, which waits, and whoever answers, on any threads. The
/// first answer counts. An answer that comes after the question was withdrawn is overwritten and has no
/// effect.
class LoginQuestion {
public:
    LoginQuestion(QString host, HostKey unknown);
    /// `again`: the last passphrase was wrong.
    LoginQuestion(QString host, QString keyFile, bool again);
    ~LoginQuestion();
    LoginQuestion(const LoginQuestion &) = delete;
    LoginQuestion &operator=(const LoginQuestion &) = delete;
    LoginQuestion(LoginQuestion &&) = delete;
    LoginQuestion &operator=(LoginQuestion &&) = delete;

    [[nodiscard]] const QString &host() const { return m_host; }
    [[nodiscard]] const std::optional<HostKey> &hostKey() const { return m_hostKey; } ///< else a passphrase
    [[nodiscard]] const QString &keyFile() const { return m_keyFile; }
    [[nodiscard]] bool isAgain() const { return m_isAgain; }

    void accept(QByteArray passphrase = {}); ///< yes to the host key; or the passphrase
    void refuse();

    /// No answer is needed any more: ends wait().
    void withdraw();
    [[nodiscard]] bool isOpen() const; ///< neither answered nor withdrawn

    /// Blocks until there is an answer, and withdraws the question after `timeout`. Nothing when refused or
    /// withdrawn.
    [[nodiscard]] std::optional<QByteArray> wait(std::chrono::milliseconds timeout);

private:
    enum class State { Open, Accepted, Refused, Withdrawn };
    void settle(State state, QByteArray passphrase);

    const QString m_host;
    const std::optional<HostKey> m_hostKey;
    const QString m_keyFile;
    const bool m_isAgain = false;

    mutable std::mutex m_mutex; ///< guards the rest
    std::condition_variable m_settled;
    State m_state = State::Open;
    QByteArray m_passphrase;
};

} // namespace slipway
