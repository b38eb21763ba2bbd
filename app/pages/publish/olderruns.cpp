// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/olderruns.h"

#include "app/pages/write/treefile.h"
#include "models/evidence/filename.h"
#include "models/evidence/judge.h"

namespace slipway {

Result<OlderRuns> olderRuns(const QString &tree, const QList<PagesFolder> &folders,
                            const QSet<QString> &archived) {
    OlderRuns runs;
    for (const PagesFolder &folder : folders) {
        const QString name = nameText(folder.name);
        const QString file = QStringLiteral("runs/%1/%2").arg(name, kManifest);
        const auto bytes = readTreeFile(tree, file);
        if (!bytes)
            return bytes.error();
        if (bytes->isEmpty())
            continue;
        const auto manifest = readManifest(*bytes);
        if (!manifest) {
            runs.warnings << QStringLiteral("%1 cannot be read, its run stays as it is: %2")
                                 .arg(file, manifest.error().text);
            continue;
        }
        if (manifest->rulesVersion > kRulesVersion)
            runs.warnings << QStringLiteral("runs/%1 was written by a newer version of Slipway, it stays as "
                                            "it is.")
                                 .arg(name);
        else if (manifest->rulesVersion < kRulesVersion && !archived.contains(manifest->campaign))
            runs.warnings << QStringLiteral("runs/%1 is older and not in this archive: import the repo "
                                            "(slipwayctl import), then refresh it again.")
                                 .arg(name);
        else if (manifest->rulesVersion < kRulesVersion)
            runs.ids << manifest->campaign;
    }
    return runs;
}

Result<void> refuseOtherEvidence(const RunPlace &place, const RunExport &run) {
    if (evidenceHash(place.files) == evidenceHash(run.files))
        return {};
    return Error{ErrorCode::InvalidInput,
                 QStringLiteral("its evidence in the archive is not what is published, and a refresh changes "
                                "no evidence. slipwayctl diff shows the difference; an export of the "
                                "campaign by its id publishes the archive's.")};
}

} // namespace slipway
