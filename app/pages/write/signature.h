// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace slipway {

/// What ssh-keygen says of a signature.
struct SignatureCheck {
    QString key;    ///< "ED25519 key SHA256:…"
    QString signer; ///< the principal of an allowed signers file; empty when none was asked for
};

// By ssh-keygen -Y, in the namespace "slipway-evidence". They wait, at most two minutes: for threads that
// may.

/// ssh-keygen asks for a passphrase where it has a terminal; an agent's key needs none.
Result<QByteArray> signManifest(const QByteArray &manifest, const QString &keyFile);

/// Whether the signature is one of these bytes. Without `allowedSigners` any key will do, and the answer only
/// names it; with it (ssh-keygen(1), ALLOWED SIGNERS) the key must be there. Corrupt when it is not good.
Result<SignatureCheck> checkSignature(const QByteArray &manifest, const QByteArray &signature,
                                      const QString &allowedSigners);

/// "SHA256:…" of a key, by which a signature's can be compared.
Result<QString> fingerprintOf(const QString &keyFile);

} // namespace slipway
