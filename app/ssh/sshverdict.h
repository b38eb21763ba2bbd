// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace slipway {

/// What ssh itself thinks of a host's key.
struct SshVerdict {
    enum class State {
        Trusted,
        Unknown, ///< ssh would ask a person
        Refused, ///< changed, revoked, or ssh came to no answer
    };
    State state = State::Refused;
    QString fingerprint; ///< with Trusted: "SHA256:…" of the plain key, also of a certificate
    QString words;       ///< with Refused: ssh's own
};

/// What ssh is asked: by the person's own known_hosts; or, with `known`, whether it refuses a key that these
/// lines of known_hosts know, for its certificate say.
struct SshQuestion {
    QByteArray known;
    QString algorithms; ///< HostKeyAlgorithms to ask for, with `known`
};

/// For what only ssh can decide: it connects by itself, strictly, and checks the host's key or certificate.
/// It is ended before it logs in: it wants its agent next, which is a socket of ours, and that is the sign
/// that it trusts the host. Nothing the other side says can give that sign. `destination` are the words that
/// name the host to ssh. Blocks.
[[nodiscard]] SshVerdict askSshItself(const QStringList &destination, const SshQuestion &question,
                                      int timeoutMs, const std::function<bool()> &givenUp);

/// The half that reads: `log` is ssh's own at DEBUG1, `trusts` whether it went on to log in.
[[nodiscard]] SshVerdict readVerdict(const QByteArray &log, bool trusts);

} // namespace slipway
