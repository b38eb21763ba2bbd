// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/evidencefile.h"
#include "models/evidence/redaction.h"

#include <QDateTime>

#include <optional>

namespace slipway {

inline const QString kManifest = QStringLiteral("evidence-manifest.json");
inline const QString kManifestSignature = QStringLiteral("evidence-manifest.json.sig");

/// The server that a host reported it measured.
struct MeasuredServer {
    QString host;
    QString version;
    QString sha256; ///< of its binary; empty in the field's reports
};

/// One program that ran on a host, with the launch token that the host kept for it.
struct ManifestRun {
    int phase = 0;
    QString step;
    QString host;
    QString nonce;
    QString state;
    QDateTime startedAt;  ///< UTC; may be invalid
    QDateTime finishedAt; ///< UTC; may be invalid
};

struct ManifestFile {
    QString name;
    qint64 bytes = 0;
    QString
        sha256; ///< of the published bytes: that of a masked file's original would let its secret be guessed
};

/// The campaign before this one in its series, as it lay there when this one was first published.
struct PreviousRun {
    QString campaign;
    QString manifestSha256;
};

/// evidence-manifest.json: what a published folder consists of, and where it came from. It holds no time of
/// its own making, so that the same evidence gives the same manifest.
struct EvidenceManifest {
    QString campaign;
    QString toolVersion;
    int rulesVersion = 0;
    std::optional<PreviousRun> previous;
    QList<MeasuredServer> servers;
    QList<ManifestRun> runs;
    QList<Masked> masked;
    QList<EvidenceFile> absent; ///< files that could not be kept, with the problem
    QList<ManifestFile> files;  ///< all but the manifest itself and its signature
};

[[nodiscard]] QByteArray manifestBytes(const EvidenceManifest &manifest);
/// Reads campaign, previous and files, which is what others act on; the error says what is wrong.
Result<EvidenceManifest> readManifest(const QByteArray &bytes);

[[nodiscard]] QString sha256Of(const QByteArray &bytes); ///< lower-case hexadecimal digits

} // namespace slipway
