// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"
#include "models/redaction/redaction.h"

#include <QDateTime>

#include <optional>

namespace slipway {

inline const QString kManifest = QStringLiteral("evidence-manifest.json");
/// What an export adds to the evidence for people to look at; no verdict rests on it.
inline const QString kPage = QStringLiteral("index.html");
inline const QString kBadge = QStringLiteral("badge.svg");
inline const QString kManifestSignature = QStringLiteral("evidence-manifest.json.sig");

/// The server that a host reported it measured.
struct MeasuredServer {
    QString host;
    QString version;
    QString sha256; ///< of its binary; empty in the field's reports

    friend bool operator==(const MeasuredServer &, const MeasuredServer &) = default;
};

/// One program that ran on a host, with the launch token that the host kept for it.
struct ManifestRun {
    int phase = 0;
    QString step;
    QString host;
    QString nonce;
    QString state;
    QDateTime startedAt;        ///< UTC; may be invalid
    QDateTime finishedAt;       ///< UTC; may be invalid
    QString programSha256;      ///< as the host reported; empty where the run left no observations
    QString observationsSha256; ///< of the stream's plain bytes, as they are published; empty likewise

    friend bool operator==(const ManifestRun &, const ManifestRun &) = default;
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
    QString
        evidenceSha256; ///< evidenceHash() of its files: newer rules, pages or masks' lists do not change it
};

/// What an earlier look at this evidence found wrong with it. Passing evidence on does not heal it.
struct Finding {
    QString check; ///< its id
    QString reason;

    friend bool operator==(const Finding &, const Finding &) = default;
};

/// evidence-manifest.json: what a published folder consists of, and where it came from. It holds no time of
/// its own making, so that the same evidence gives the same manifest. Its last member is the SHA-256 of all
/// others.
struct EvidenceManifest {
    QString campaign;
    QString evidenceSha256; ///< evidenceHash() of the folder
    QString toolVersion;
    int rulesVersion = 0;
    std::optional<PreviousRun> previous;
    QList<MeasuredServer> servers;
    QList<ManifestRun> runs;
    QList<Masked> masked;
    QList<EvidenceFile> absent; ///< files that could not be kept, with the problem
    QList<Finding> findings;    ///< carried along from where the evidence was taken from
    QList<ManifestFile> files;  ///< all but the manifest itself and its signature
};

[[nodiscard]] QByteArray manifestBytes(const EvidenceManifest &manifest);
/// Reads what manifestBytes() wrote and nothing else; the error says what is wrong. Of older versions'
/// manifests (schema 1) campaign and files are read.
Result<EvidenceManifest> readManifest(const QByteArray &bytes);

/// One hash for the evidence of a folder: of its plan and observations, or, where it has none, of the files
/// that it came with. What is derived from these is not in it.
[[nodiscard]] QString evidenceHash(const QList<EvidenceFile> &files);

[[nodiscard]] QString sha256Of(const QByteArray &bytes); ///< lower-case hexadecimal digits

} // namespace slipway
