// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/redaction.h"
#include "models/redaction/maskobservations.h"

#include <QJsonDocument>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace slipway;

// Whatever the bytes: the length stays, JSON stays JSON, masked again nothing changes, and small pieces
// change no more than the bytes that were masked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const QByteArray before(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const RedactionPiece piece : {RedactionPiece{}, RedactionPiece{256, 128}}) {
        QByteArray bytes = before;
        const auto masked = mask(QStringLiteral("f"), bytes, {true, {}}, piece);
        if (!masked)
            continue;
        if (bytes.size() != before.size() || (masked->isEmpty() && bytes != before))
            std::abort();
        for (const Masked &one : *masked) {
            if (one.offset < 0 || one.length <= 0 || one.offset + one.length > bytes.size())
                std::abort();
        }
    }
    QByteArray bytes = before;
    if (mask(QStringLiteral("f"), bytes, {}) && !QJsonDocument::fromJson(before).isNull() &&
        QJsonDocument::fromJson(bytes).isNull())
        std::abort();
    (void)whyNotText(before);
    (void)maskObservations({QStringLiteral("a.obs.jsonl"), before}, {});
    return 0;
}
