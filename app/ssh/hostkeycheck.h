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

/// Keys that a person accepted, one file (0600): "name@address:port type base64" a line. Any thread; each
/// call reads or replaces the whole file.
class HostKeyPins {
public:
    explicit HostKeyPins(QString file) : m_file(std::move(file)) {}

    [[nodiscard]] QStringList keysOf(const Host &host) const; ///< "type base64"
    Result<void> pin(const Host &host, const HostKey &key) const;
    [[nodiscard]] const QString &file() const { return m_file; }

private:
    QString m_file;
};

/// In this order: the fleet's pins, our own pins, the person's known_hosts by `ssh-keygen -F` (hashed names,
/// @revoked).
[[nodiscard]] HostKeyDecision checkHostKey(const Host &host, const HostKey &key, const HostKeyPins &pins,
                                           const QString &knownHostsFile);

/// Key types to offer when keys are pinned, so that the server shows one that can be compared; empty for no
/// preference.
[[nodiscard]] QString preferredKeyTypes(const Host &host, const HostKeyPins &pins);

} // namespace slipway
