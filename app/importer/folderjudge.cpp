// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importer/folderjudge.h"

#include "app/core/builtinprotocols.h"
#include "app/importer/directory.h"
#include "models/evidence/filename.h"

#include <QDir>

namespace slipway {

namespace {

constexpr qint64 kManifestLimit = 64LL * 1024 * 1024;

std::optional<QString> evidenceOf(const QString &runsPath, const QString &campaign) {
    const auto name = nameBytes(campaign);
    if (!name || name->isEmpty() || name->contains('/') || name->startsWith('.'))
        return std::nullopt;
    const auto runs = Directory::open(runsPath);
    const auto folder = runs ? runs->enter(*name) : runs.error();
    const auto bytes = folder ? folder->read(kManifest.toUtf8(), kManifestLimit) : folder.error();
    const auto manifest = bytes ? readManifest(*bytes) : bytes.error();
    return manifest ? std::optional(manifest->evidenceSha256) : std::nullopt;
}

Judgement judgeIn(const QString &runsPath, const QString &id, const QList<EvidenceFile> &files) {
    return judgeEvidence(files, {builtInProtocols(), true, id, {}, [runsPath](const QString &campaign) {
                                     return evidenceOf(runsPath, campaign);
                                 }});
}

} // namespace

Judgement judgeFolder(const QString &path, const QString &id, const QList<EvidenceFile> &files) {
    return judgeIn(QDir(path).absoluteFilePath(QStringLiteral("..")), id, files);
}

Judgement judgeFolder(const QString &runsPath, const PagesFolder &folder, const QList<EvidenceFile> &files) {
    return folder.name.isEmpty() ? judgeFolder(runsPath, folder.id, files)
                                 : judgeIn(runsPath, folder.id, files);
}

} // namespace slipway
