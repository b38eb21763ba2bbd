// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace slipway {

class Archive;
class Database;

/// The evidence files of campaigns, and every revision that there was of each.
class EvidenceStore {
public:
    explicit EvidenceStore(Archive &archive);

    /// A new revision when the bytes differ; true when there is one.
    Result<bool> save(const QString &campaign, const EvidenceFile &file);
    Result<void> remove(const QString &campaign, const QString &name); ///< as a revision; the others stay
    /// remove() of each file that is not among `files`; true when there was one.
    Result<bool> removeOthers(const QString &campaign, const QList<EvidenceFile> &files);

    /// The last revision of each that is not removed, by name.
    Result<QList<EvidenceFile>> load(const QString &campaign);
    /// Every revision's bytes, oldest first; none of a file that never was here.
    Result<QList<QByteArray>> loadRevisions(const QString &campaign, const QString &name);
    /// By file: in how many other campaigns the same bytes stand under this name, where there is one.
    Result<QMap<QString, qint64>> countClones(const QString &campaign, const QList<EvidenceFile> &files);

private:
    Database &m_database;
};

} // namespace slipway
