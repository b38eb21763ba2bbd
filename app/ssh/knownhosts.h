// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace slipway {

/// A public key of a known_hosts file. Keys are compared by their bytes, not by how a file spells them.
struct KnownKey {
    QString type;    ///< "ssh-ed25519"
    QByteArray blob; ///< decoded
    QString file;    ///< where it stands
};

/// What is known of one name.
struct KnownKeys {
    QList<KnownKey> keys;
    QList<KnownKey> revoked;     ///< @revoked
    QList<KnownKey> authorities; ///< @cert-authority

    void add(const KnownKeys &other);
};

/// Reads what `ssh-keygen -F` printed. A line that is not a key is left out, as ssh leaves it out.
[[nodiscard]] KnownKeys readFoundKeys(const QByteArray &printed, const QString &file);

/// The text form of RevokedHostKeys: a public key a line, comments. A line that is not a key is an error, as
/// for ssh: what cannot be read may be the key that was meant.
Result<QList<KnownKey>> readRevokedKeys(const QByteArray &text, const QString &file);

/// What there is to search in a file of known_hosts: nothing when there is no file. HostKeyRefused for one
/// that cannot be read to its end, is larger than 64 MiB, or holds a NUL, at which programs end a line
/// differently.
enum class KnownFile { Missing, Plain, Revokes /*!< it says "@revoked" somewhere */ };
Result<KnownFile> lookAtKnownFile(const QString &file);

/// Asks `ssh-keygen -F` (patterns, negations, hashed names, ports in brackets are its own). A file that
/// cannot be searched is an error. Blocks.
Result<KnownKeys> keysOfName(const QString &name, const QString &file);

/// Whether RevokedHostKeys `file`, a list of keys or a KRL, holds the key "type base64". An error when the
/// file cannot be read: ssh trusts no key then either. Blocks.
Result<bool> isRevokedIn(const QString &file, const QString &keyLine);

/// The bytes of "type base64"; empty when it is none.
[[nodiscard]] QByteArray keyBytes(const QString &keyLine);

} // namespace slipway
