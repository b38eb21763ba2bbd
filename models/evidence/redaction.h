// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace slipway {

/// A range that was masked. What stood there is told nowhere.
struct Masked {
    QString file;
    QString kind;      ///< "password in a URL", "private key", …
    qint64 offset = 0; ///< bytes
    qint64 length = 0; ///< bytes

    friend bool operator==(const Masked &, const Masked &) = default;
};

struct RedactionOptions {
    bool privateAddresses = false; ///< RFC 1918, RFC 6598, link-local and unique local addresses too
};

/// Overwrites tokens, private keys and passwords with asterisks, a byte for a byte: every offset that a check
/// names stays right, and JSON stays JSON, since no mask reaches over a quote or leaves half an escape. For
/// any bytes, of a database too. Masked again, nothing changes. Pure; time and memory linear in the bytes.
/// The error says that a file could not be looked through whole, and then it must not be published.
Result<QList<Masked>> mask(const QString &file, QByteArray &bytes, const RedactionOptions &options);

/// A text without its secrets.
Result<QString> maskedText(const QString &text, const RedactionOptions &options);

} // namespace slipway
