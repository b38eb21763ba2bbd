// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/filemask.h"

#include "app/pages/write/archivesearch.h"
#include "models/observation/zstream.h"
#include "models/redaction/maskobservations.h"

namespace slipway {

namespace {

const QString kObservations = QStringLiteral(".obs.jsonl");

// Secrets that stand in the bytes as they are: in names of entries, comments, entries that were stored as
// such.
Result<QString> secretIn(const EvidenceFile &file, const RedactionOptions &options) {
    QByteArray bytes = file.bytes;
    const auto masked = mask(file.name, bytes, options);
    if (!masked)
        return masked.error();
    return masked->isEmpty() ? QString() : masked->constFirst().kind;
}

} // namespace

Result<MaskedFile> maskFile(const EvidenceFile &file, const RedactionOptions &options) {
    if (uncompressedName(file.name).endsWith(kObservations)) {
        auto stream = maskObservations(file, options);
        if (!stream)
            return stream.error();
        return MaskedFile{stream->file, stream->masked, {}};
    }
    MaskedFile result{file, {}, {}};
    const QString notText = whyNotText(file.bytes);
    if (!notText.isEmpty() && hasChecksums(file.bytes)) {
        const auto secret = secretIn(file, options);
        if (!secret)
            return secret.error();
        result.heldBack =
            secret->isEmpty()
                ? whyHeldBack(file, options)
                : QStringLiteral("it holds a %1, which cannot be masked within it").arg(*secret);
        return result;
    }
    auto masked = mask(file.name, result.file.bytes, options);
    if (!masked)
        return masked.error();
    result.masked = *masked;
    if (!notText.isEmpty())
        result.heldBack = whyHeldBack(result.file, options);
    return result;
}

} // namespace slipway
