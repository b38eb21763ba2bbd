// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>

namespace slipway {

/// A range that was masked. What stood there is kept nowhere.
struct Masked {
    QString file;
    QString kind;      ///< "password in a URL", "private key", …
    qint64 offset = 0; ///< bytes
    qint64 length = 0; ///< bytes

    friend bool operator==(const Masked &, const Masked &) = default;
};

struct RedactionOptions {
    bool privateAddresses = false; ///< RFC 1918, RFC 6598, link-local and unique local addresses too
    /// Values that are evidence, launch tokens and the campaign's key: a name such as "token" alone makes no
    /// secret of them. What shows by its shape that it is a vendor's token is masked all the same.
    QSet<QByteArray> kept{};
};

/// How much of a file is searched at once; both in bytes. Tests choose small ones.
struct RedactionPiece {
    qsizetype size = qsizetype(1) << 20;
    qsizetype overlap = qsizetype(1) << 15; ///< seen again with the next piece
};

/// Overwrites tokens, private keys and passwords with asterisks, a byte for a byte: every offset that a check
/// names stays right, and JSON stays JSON, since no mask reaches over a quote or leaves half an escape.
/// Within base64 the decoded text is masked and encoded again. UTF-16 and UTF-32 are masked as such. For any
/// bytes, of a database too. Masked again, nothing changes. Pure; time linear in the bytes, memory in the
/// largest single value. How it searches: models/redaction/README.md. The error says that a file could not be
/// looked through whole, and then it must not be published.
Result<QList<Masked>> mask(const QString &file, QByteArray &bytes, const RedactionOptions &options,
                           const RedactionPiece &piece = {});

/// A text without its secrets.
Result<QString> maskedText(const QString &text, const RedactionOptions &options);

/// Why a search through these bytes as text would prove nothing: they are compressed, an archive, a database
/// or otherwise not text. Empty when they are text of any encoding that mask() reads.
[[nodiscard]] QString whyNotText(const QByteArray &bytes);

} // namespace slipway
