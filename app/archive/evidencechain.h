// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace slipway {

class Database;

/// One link: what was recorded, and the SHA-256 of its bytes.
struct ChainEvent {
    qint64 seq = 0; ///< from 1, without a gap
    QString campaign;
    QString kind;    ///< "campaign", "file", "observations", "stream", "judgement", "triage",
                     ///< "document"
    QString subject; ///< which one of its kind: a file's name and revision, a range of rows
    QString sha256;
};

/// A hash chain over all that is recorded. Each link's hash covers the one before it, so that a row that is
/// gone or changed shows; SQLite's integrity check sees neither, and damage to a write-ahead log takes whole
/// commits away without a word (shared reliability notes; sqlite.org/atomiccommit.html). The last link stands
/// in a file beside the archive as well, written after each commit: what the archive lost, the file
/// remembers. Used under the database's lock, on its thread.
class EvidenceChain {
public:
    EvidenceChain(Database &database, QString headFile);

    /// The archive still holds what the head file saw. A head that lags by a commit is what a crash leaves
    /// behind and is no damage; a missing one is written anew.
    Result<void> verifyHead();
    /// Adds a link, in the caller's transaction.
    Result<void> append(const QString &campaign, const QString &kind, const QString &subject,
                        const QString &sha256);
    /// After the commit, under the same lock. A head that cannot be written lags, which is no damage.
    void writeHead();

    /// The hash that `event` must have after `previous`.
    [[nodiscard]] static QString hashOf(const QString &previous, const ChainEvent &event);

private:
    struct Head {
        qint64 seq = 0;
        QString hash;
    };
    Result<Head> last();
    [[nodiscard]] std::optional<Head> readHead() const;

    Database &m_database;
    QString m_headFile;
    bool m_grew = false; ///< since the head was written
};

} // namespace slipway
