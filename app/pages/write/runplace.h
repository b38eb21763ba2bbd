// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/manifest.h"
#include "models/observation/evidencefile.h"

#include <QList>
#include <QString>

#include <optional>

namespace slipway {

/// What lies in the tree before a run is exported, and what an export may do to it. Pure.
struct RunPlace {
    QList<EvidenceFile> files;           ///< of `runs/<id>`; none when it is not there
    std::optional<PreviousRun> previous; ///< what the tree holds of the run before this one in its series

    /// Whom the run followed. That is said once, when it is first published: what was changed before it since
    /// then shows by that.
    [[nodiscard]] std::optional<PreviousRun> previousOf(const QString &id) const;
    /// AlreadyExists names a file of the place that neither the archive has (`published`) nor an export made:
    /// it would be lost. Io when the place could not be read whole.
    Result<void> refuseStrangers(const QString &id, const QList<EvidenceFile> &published) const;
    /// Files of the place that would be written over or removed by `published`, and whose bytes are not the
    /// same: they are somebody's, unless an earlier revision in the archive has them.
    [[nodiscard]] QList<EvidenceFile> replacedBy(const QList<EvidenceFile> &published) const;
    /// The signature that lies there, where it is one of this manifest still.
    [[nodiscard]] const EvidenceFile *signatureOf(const EvidenceFile &manifest) const;

private:
    [[nodiscard]] bool isMadeHere(const EvidenceFile &file) const;
};

/// Whether these published bytes hold nothing that `original` does not: the same, or masked here and there.
[[nodiscard]] bool isPublishedFrom(const QByteArray &published, const QByteArray &original);

/// Files that an export makes, whatever was imported under their names.
[[nodiscard]] bool isMadeByExport(const QString &name);

} // namespace slipway
