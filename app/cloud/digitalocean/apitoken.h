// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/digitalocean/apibase.h"

#include <QByteArray>

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
    friend Result<void> keepToken(const ApiToken &token, const QUrl &base);

    QByteArray m_bytes;
};

/// `text` with everything that looks like a token cut to its prefix: "dop_v1_…". For every text that comes
/// from outside or goes to a person.
[[nodiscard]] QString maskTokens(QString text);

/// The variable of the environment that holds a token: DIGITALOCEAN_TOKEN, else doctl's
/// DIGITALOCEAN_ACCESS_TOKEN; empty when neither is set.
[[nodiscard]] QByteArray tokenVariable();
/// From tokenVariable(), else what the system keyring keeps for this address and for no other. Blocks
/// while the keyring asks to be unlocked, a minute at most. The error says what to do where there is no
/// keyring or no token in it.
Result<ApiToken> findToken(const QUrl &base, const std::stop_token &stop);
Result<void> keepToken(const ApiToken &token, const QUrl &base); ///< into the keyring
Result<void> forgetToken(const QUrl &base);

} // namespace slipway
