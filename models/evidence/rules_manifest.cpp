// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/manifest.h"
#include "models/evidence/rules.h"

#include <QMap>

#include <algorithm>

namespace slipway::rules {

namespace {

constexpr qsizetype kShown = 20; // files; more would drown the rest

struct Odd {
    QString file;
    QString actual;
    QString reason;
};

QList<Odd> differences(const QList<EvidenceFile> &files, const EvidenceManifest &manifest) {
    QMap<QString, ManifestFile> listed;
    QList<Odd> odd;
    for (const ManifestFile &file : manifest.files) {
        if (listed.contains(file.name))
            odd.append({file.name, QStringLiteral("twice"), QStringLiteral("the manifest lists %1 twice")});
        listed.insert(file.name, file);
    }
    for (const EvidenceFile &file : files) {
        if (file.name == kManifest || file.name == kManifestSignature)
            continue;
        if (!listed.contains(file.name)) {
            odd.append(
                {file.name, QStringLiteral("extra"), QStringLiteral("the file %1 is not in the manifest")});
            continue;
        }
        const ManifestFile expected = listed.take(file.name);
        if (!file.problem.isEmpty())
            odd.append({file.name, QStringLiteral("not read"), QStringLiteral("the file %1 cannot be read")});
        else if (sha256Of(file.bytes) != expected.sha256)
            odd.append({file.name, QStringLiteral("changed"),
                        QStringLiteral("the file %1 is not what was published: its SHA-256 is another")});
    }
    for (const ManifestFile &file : listed)
        odd.append({file.name, QStringLiteral("missing"),
                    QStringLiteral("the file %1 is in the manifest and not in the folder")});
    return odd;
}

} // namespace

void judgeManifest(const QList<EvidenceFile> &files, QList<Check> &checks) {
    const EvidenceFile *file = findFile(files, kManifest);
    if (!file)
        return;
    Checks list(checks, 0);
    const QString proves =
        QStringLiteral("The folder holds what was published, nothing else and nothing less.");
    const auto manifest = readManifest(file->bytes);
    if (!manifest) {
        Check &check =
            list.add(QStringLiteral("campaign.manifest"), QString(), proves, QStringLiteral("a manifest"));
        check.source = {file->name, 0, file->bytes.size()};
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("unreadable"),
                        QStringLiteral("the manifest cannot be used: ") + clipped(manifest.error().text));
        return;
    }
    const QList<Odd> odd = differences(files, *manifest);
    for (const Odd &one : odd.first(std::min(odd.size(), kShown))) {
        Check &check = list.add(QStringLiteral("campaign.manifest.%1").arg(clipped(one.file)), QString(),
                                proves, QStringLiteral("as in the manifest"));
        check.source = {kManifest, 0, 0};
        Checks::unknown(check, Check::Flaw::Invalid, one.actual, one.reason.arg(clipped(one.file)));
    }
    if (odd.isEmpty()) {
        Check &check = list.add(QStringLiteral("campaign.manifest"), QString(), proves,
                                QStringLiteral("%1 files").arg(manifest->files.size()));
        check.source = {kManifest, 0, 0};
        check.n = manifest->files.size();
        Checks::pass(check, QStringLiteral("%1 files").arg(manifest->files.size()));
    }
}

} // namespace slipway::rules
