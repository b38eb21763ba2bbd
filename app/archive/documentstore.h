// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace slipway {

class Archive;
class Database;

/// Files that belong to no campaign, or to all of them, with every revision that there was.
class DocumentStore {
public:
    explicit DocumentStore(Archive &archive);

    Result<bool> save(const EvidenceFile &document);              ///< true when there is a new revision
    Result<QByteArray> load(const QString &name);                 ///< the latest; empty when there is none
    Result<QList<QByteArray>> loadRevisions(const QString &name); ///< oldest first

private:
    Database &m_database;
};

} // namespace slipway
