// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentaljournal.h"

namespace slipway {

/// The host key of a droplet: made here, injected by cloud-init and pinned, since DigitalOcean shows nobody
/// the keys of its machines. The droplet itself can read it at its metadata address for as long as it lives.
struct HostKeyPair {
    QByteArray privateKey;
    QString publicKey; ///< "ssh-ed25519 AAAA…"
};

/// The one in `file`, made when it is not there. Runs ssh-keygen.
Result<HostKeyPair> hostKeyPair(const QString &file);

/// The cloud-config of a droplet: its host key, the packages that phases need, and the switch that powers it
/// off after `hours` even when nobody ever logs in. Plain ASCII.
[[nodiscard]] QByteArray userData(const HostKeyPair &key, int hours);

/// Debian packages that the phases need on a host.
[[nodiscard]] QStringList hostPackages();

/// The colon-separated MD5 of a public key's file, which is what the API knows a key by.
Result<QString> keyFingerprint(const QString &publicKeyFile);

} // namespace slipway
