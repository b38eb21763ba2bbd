// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/runplace.h"

#include "models/evidence/checksfile.h"
#include "models/redaction/redaction.h"

#include <QMap>
#include <QSet>

#include <algorithm>

namespace slipway {

std::optional<PreviousRun> RunPlace::previousOf(const QString &id) const {
    if (const EvidenceFile *file = findFile(files, kManifest)) {
        const auto manifest = readManifest(file->bytes);
        const bool isOfRun = manifest && manifest->campaign == id;
        // An older version's link named the run before without its evidence: it is made anew.
        const bool isUnfinished =
            isOfRun && manifest->previous && manifest->previous->evidenceSha256.isEmpty();
        if (isOfRun && !isUnfinished)
            return manifest->previous;
    }
    return previous;
}

Result<void> RunPlace::refuseStrangers(const QString &id, const QList<EvidenceFile> &published) const {
    QSet<QString> known;
    for (const EvidenceFile &file : published)
        known.insert(file.name);
    for (const EvidenceFile &file : files) {
        if (file.name == kManifest) {
            if (const auto manifest = readManifest(file.bytes)) {
                for (const ManifestFile &listed : manifest->files)
                    known.insert(listed.name);
            }
        }
    }
    for (const EvidenceFile &file : files) {
        if (file.name == QLatin1String("."))
            return Error{ErrorCode::Io,
                         QStringLiteral("runs/%1 cannot be read whole: %2").arg(id, file.problem)};
        if (!known.contains(file.name) && !isMadeByExport(file.name))
            return Error{
                ErrorCode::AlreadyExists,
                QStringLiteral("runs/%1/%2 is not in the archive and would be lost. Import the folder "
                               "first (slipwayctl import), or move the file away.")
                    .arg(id, file.name)};
    }
    return {};
}

// An earlier export made it, and nobody changed it since.
bool RunPlace::isMadeHere(const EvidenceFile &file) const {
    if (!file.problem.isEmpty() || file.name == kManifest || file.name == kManifestSignature)
        return file.problem.isEmpty();
    if (!isMadeByExport(file.name))
        return false;
    const EvidenceFile *known = findFile(files, kManifest);
    const auto manifest = known ? readManifest(known->bytes) : Error{};
    return manifest && std::any_of(manifest->files.begin(), manifest->files.end(), [&](const auto &listed) {
               return listed.name == file.name && listed.sha256 == sha256Of(file.bytes);
           });
}

QList<EvidenceFile> RunPlace::replacedBy(const QList<EvidenceFile> &published) const {
    QMap<QString, const EvidenceFile *> kept;
    for (const EvidenceFile &file : published)
        kept.insert(file.name, &file);
    QList<EvidenceFile> replaced;
    for (const EvidenceFile &file : files) {
        const EvidenceFile *now = kept.value(file.name);
        const bool isSame = now != nullptr && file.problem.isEmpty() && now->bytes == file.bytes;
        if (!isSame && !isMadeHere(file))
            replaced.append(file);
    }
    return replaced;
}

const EvidenceFile *RunPlace::signatureOf(const EvidenceFile &manifest) const {
    const EvidenceFile *was = findFile(files, kManifest);
    const EvidenceFile *signature = findFile(files, kManifestSignature);
    const bool isSame = was && signature && signature->problem.isEmpty() && was->bytes == manifest.bytes;
    return isSame ? signature : nullptr;
}

bool isPublishedFrom(const QByteArray &published, const QByteArray &original) {
    if (published.size() != original.size())
        return false;
    if (std::equal(published.begin(), published.end(), original.begin(),
                   [](char here, char there) { return here == there || here == '*'; }))
        return true;
    // Within base64, and of numbers, a mask is not an asterisk: what is left of both must be the same.
    for (const bool privateAddresses : {false, true}) {
        QByteArray here = published;
        QByteArray there = original;
        const RedactionOptions options{privateAddresses};
        if (mask({}, here, options) && mask({}, there, options) && here == there)
            return true;
    }
    return false;
}

bool isMadeByExport(const QString &name) {
    return name == kPage || name == kBadge || name == kChecks || name == kManifest ||
           name == kManifestSignature;
}

} // namespace slipway
