// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/textview.h"

#include <optional>

namespace slipway {

/// What a name says of the value behind it.
enum class NameKind {
    Password,      ///< whatever stands there is secret
    Key,           ///< a token or key, which is not a path, count or name
    ShortPassword, ///< "pass", "pw": a secret when the value looks like one, or stands behind "="
    ShortKey,      ///< "auth", "jwt": a secret when the value looks like one
    Hash,          ///< of a password
    Seed,          ///< the words of a wallet
    Pin,           ///< a number of four digits and more
    Authorization, ///< a header: scheme and credentials to the end of the line
    Cookie,        ///< a header: to the end of the line
    Parameter,     ///< secret as a parameter of a URL only: key, sig, code, …
};

struct SecretName {
    qsizetype from = 0; ///< without dashes before it
    qsizetype to = 0;
    NameKind kind = NameKind::Password;
    bool isFlag = false;   ///< of a command line: --password
    bool isPhrase = false; ///< its value may be words: passphrase, mnemonic
    bool isGuess = false;  ///< "password_root" may be one: its value has to look like a secret, quoted or not

    [[nodiscard]] bool isShort() const {
        return kind == NameKind::ShortPassword || kind == NameKind::ShortKey;
    }
};

/// Finds names of secrets in a view, in any case and spelling: password, db_password, clientSecret,
/// x-api-key.
class SecretNames {
public:
    explicit SecretNames(const TextView &view) : m_view(view) {}
    /// The next one, from where the last one ended or `skipTo` said.
    std::optional<SecretName> next();
    void skipTo(qsizetype at) { m_at = at > m_at ? at : m_at; }

    /// The whole name of which `from` to `to` is a part, when it is one of a secret.
    [[nodiscard]] std::optional<SecretName> nameAround(qsizetype from, qsizetype to) const;

private:
    const TextView &m_view;
    qsizetype m_at = 0;
};

/// `from` to `to` is a name like "value", "plaintext" or "current": of the value itself, as in
/// {"password": {"value": "x"}}.
bool isNameOfValue(const TextView &view, qsizetype from, qsizetype to);

} // namespace slipway
