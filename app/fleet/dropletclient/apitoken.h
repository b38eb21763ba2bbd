// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QUrl>

#include <stop_token>

namespace slipway {

/// A token of DigitalOcean. It leaves this class only as the header of a request; its text is its prefix.
class ApiToken {
public:
    ApiToken() = default;
    /// The error never repeats the bytes.
    static Result<ApiToken> parse(const QByteArray &bytes);

    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    [[nodiscard]] QString masked() const; ///< "dop_v1_…"
    [[nodiscard]] QByteArray header() const { return "Bearer " + m_bytes; }

private:
    friend Result<void> keepToken(const ApiToken &token);

    QByteArray m_bytes;
};

/// `text` with everything that looks like a token cut to its prefix: "dop_v1_…". For every text that comes
/// from outside or goes to a person.
[[nodiscard]] QString maskTokens(QString text);

/// From DIGITALOCEAN_TOKEN, else from the system keyring. Blocks while the keyring asks to be unlocked, a
/// minute at most. The error says what to do where there is no keyring or no token in it.
Result<ApiToken> findToken(const std::stop_token &stop);
Result<void> keepToken(const ApiToken &token); ///< into the keyring
Result<void> forgetToken();

/// The base of the API: DIGITALOCEAN_API_URL, else https://api.digitalocean.com.
Result<QUrl> apiBase();
/// Refuses what a token must not be sent to: anything but https, unless the host is this machine.
Result<QUrl> parseApiBase(const QString &text);
[[nodiscard]] bool isLoopback(const QUrl &url);

} // namespace slipway
