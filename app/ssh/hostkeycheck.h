// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostkeypins.h"
#include "app/ssh/knownhosts.h"
#include "app/ssh/sshverdict.h"

namespace slipway {

/// What is known of a host's key, decided without libssh (reliability.md §5, S1). Fails closed.
enum class HostKeyState {
    Trusted,
    Unknown,
    Changed,
    Revoked,
    Undecided, ///< what would have to decide cannot: no key is trusted
};

struct HostKeyDecision {
    HostKeyState state = HostKeyState::Unknown;
    QString explanation; ///< for Changed, Revoked and Undecided: what is known, from where
};

/// What ssh_config says of the trust in a host, as ssh itself reads it.
struct HostTrust {
    QString name;        ///< under which known_hosts has it: HostKeyAlias, or the address in ssh's brackets
    QString withoutPort; ///< a second name, whose key ssh takes too; empty with HostKeyAlias and on port 22
    QStringList files;   ///< UserKnownHostsFile and GlobalKnownHostsFile
    QString revokedKeys; ///< RevokedHostKeys; empty for none
    bool strict = false; ///< StrictHostKeyChecking yes: a key that is not known is refused unasked
    QString knownHostsCommand; ///< KnownHostsCommand, tokens and all; empty for none
    QString askSsh;            ///< the option that only ssh can follow ("KnownHostsCommand"); empty for none
};

/// The check of one host's key. Prepared before the connection, so that the key types that are known are
/// asked for first; then decides on the key that was shown. Any thread.
class HostKeyCheck {
public:
    using AskSsh = std::function<SshVerdict(const SshQuestion &)>;

    /// Reads pins and known_hosts. Blocks for `ssh-keygen -F`. HostKeyRefused when a file of known_hosts
    /// cannot be searched.
    static Result<HostKeyCheck> prepare(const Host &host, const HostTrust &trust, const HostKeyPins &pins);

    /// `allowed` (HostKeyAlgorithms) with those of known keys first; with a key of the fleet or a pin, theirs
    /// alone. What libssh does not have is left in: it drops it.
    [[nodiscard]] QString algorithms(const QString &allowed) const;
    [[nodiscard]] bool isPinned() const { return !m_pinned.isEmpty(); }
    /// What a KnownHostsCommand has to print so that ssh trusts a pinned host as decide() does: the keys that
    /// are pinned, and those that known_hosts revokes for it.
    [[nodiscard]] QByteArray pinnedHostLines() const;

    /// Revoked wherever it says so; then the fleet's keys, our pins, known_hosts; `askSsh` for what only ssh
    /// can decide (certificates of hosts, KnownHostsCommand, CheckHostIP). `allowed` is as for algorithms():
    /// with certificates in it and something revoked, ssh is asked too, since a host shows libssh its plain
    /// key alone, and what is revoked may be the authority or the number of its certificate.
    [[nodiscard]] HostKeyDecision decide(const HostKey &key, const QString &allowed,
                                         const AskSsh &askSsh) const;

private:
    [[nodiscard]] SshQuestion questionOfCertificate(const HostKey &key, const QString &allowed) const;

    HostTrust m_trust;
    QStringList m_pinned; ///< "type base64", of the fleet or of a pin
    QString m_pinnedBy;
    KnownKeys m_known;
    KnownKeys m_knownWithoutPort;
};

} // namespace slipway
