// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace slipway::test {

/// How an attempt to run a command on a host ends.
enum class SshEnd {
    Connects,
    UnknownKey, ///< a person would have to be asked
    RefusedKey, ///< changed, revoked, or not to be decided
    Login,
    Config, ///< refused before anything is connected to
    Unreachable,
    Handshake, ///< no common algorithm, or a key that is too small
};

/// One behaviour of ssh_config(5), known_hosts or sshd. In all texts {dir} is the folder of keys, {port} the
/// server's port, {name} "[127.0.0.1]:PORT", {user} who runs the test, and {ed}, {rsa}, {ecdsa}, {weak},
/// {other}, {ca} public keys
/// ("ssh-ed25519 AAAA…"); the server has {ed}, where `server` gives it no other.
struct SshRow {
    const char *name;
    QByteArray config; ///< of the host "gate", before address, port, known hosts and key
    QByteArray known;  ///< known_hosts
    SshEnd ssh = SshEnd::Connects;
    QByteArray server = {}; ///< lines of sshd_config
    bool accepts = false;   ///< a person accepts an unknown key (accept-new)
    QByteArray setUp = {};  ///< a line of shell, run in {dir} before
    SshEnd ours = SshEnd::Connects;
    const char *onPurpose = nullptr; ///< why ours is not ssh's
    const char *says = nullptr;      ///< what our reason must say
    const char *saysNot = nullptr;   ///< advice that would be wrong here
};

[[nodiscard]] QList<SshRow> trustRows();
[[nodiscard]] QList<SshRow> loginRows();

} // namespace slipway::test

Q_DECLARE_METATYPE(slipway::test::SshRow)
