// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace slipway {

/// A file of a campaign, byte for byte as it came: "phase2.json", "phase2-burst-chaos.obs.jsonl", …
struct EvidenceFile {
    QString name;
    QByteArray bytes;
    QString problem{}; ///< why the bytes are not here though the file is; empty when they are
};

/// Stands for the folder as a whole, with the problem for which not all of it was read.
inline const QString kFolderItself = QStringLiteral(".");

/// The first file of this name; nothing when there is none. Valid as long as the list is not changed.
[[nodiscard]] const EvidenceFile *findFile(const QList<EvidenceFile> &files, const QString &name);
/// Its bytes; none when there is no such file.
[[nodiscard]] QByteArray fileBytes(const QList<EvidenceFile> &files, const QString &name);

} // namespace slipway
