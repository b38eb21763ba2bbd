// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/remoteshell.h"

namespace slipway {

/// What is known of a host's key, decided without libssh (reliability.md §5, S1). Fails closed.
enum class HostKeyState { Trusted, Unknown, Changed, Revoked };

struct HostKeyDecision {
    HostKeyState state = HostKeyState::Unknown;
    QString explanation; ///< for Changed and Revoked: what is known, from where
};

/// Keys that a person accepted, one file (0600): "IDENTITY type base64" a line, with the host's own identity
/// ("id=…") where it has one, since addresses are used again, and name@address:port where not. Any thread;
/// each call reads or replaces the whole file.
class HostKeyPins {
public:
    explicit HostKeyPins(QString file) : m_file(std::move(file)) {}

    [[nodiscard]] QStringList keysOf(const Host &host) const; ///< "type base64"
    Result<void> pin(const Host &host, const HostKey &key) const;
    /// Answers with how many pins there were of the host.
    Result<int> forget(const Host &host) const;
    [[nodiscard]] const QString &file() const { return m_file; }

private:
    [[nodiscard]] Result<void> replace(const Host &host, const QByteArray &content) const;

    QString m_file;
};

/// The person's files and the name a host has in them.
struct KnownHosts {
    QString name;
    QStringList files;
};

/// In this order: the fleet's pins, our own pins, the person's known_hosts by `ssh-keygen -F` (hashed names,
/// @revoked).
[[nodiscard]] HostKeyDecision checkHostKey(const Host &host, const HostKey &key, const HostKeyPins &pins,
                                           const KnownHosts &knownHosts);

/// Key types to offer when keys are pinned, so that the server shows one that can be compared; empty for no
/// preference.
[[nodiscard]] QString preferredKeyTypes(const Host &host, const HostKeyPins &pins);

} // namespace slipway
