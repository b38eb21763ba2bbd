// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/chainindex.h"
#include "app/archive/rowseals.h"
#include "app/archive/rowwatch.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

namespace slipway {

class SqliteConnection;
struct Paths;

/// Where the last link stands as well.
[[nodiscard]] QString headFileOf(const Paths &paths);
/// Whether it is there and says more than that a chain was about to begin, which is what a process leaves
/// that was killed while it made an archive.
[[nodiscard]] bool remembersLinks(const QString &headFile);

/// One link: what was recorded, and the SHA-256 of its bytes.
struct ChainEvent {
    qint64 seq = 0; ///< from 1, without a gap
    QString campaign;
    QString kind;    ///< "row " and the table for a unit of its rows; "begin"; others in old archives
    QString subject; ///< which one of its kind
    QString sha256;  ///< empty: the unit has no row any more
};

/// A hash chain over all that is recorded: each link's hash covers the one before it. Whatever changes a row
/// through this connection adds a link with the row's new hash to the same transaction, so that a row that is
/// gone, changed, added or older than it was shows; SQLite's integrity check sees none of that, and damage to
/// a write-ahead log takes whole commits away without a word (sqlite.org/atomiccommit.html). The last link
/// stands in a file next to the archive as well, written after each commit: what the archive lost, the file
/// remembers. Used under the database's lock, on its thread.
class EvidenceChain {
public:
    EvidenceChain(SqliteConnection &database, QString headFile);
    ~EvidenceChain();
    EvidenceChain(const EvidenceChain &) = delete;
    EvidenceChain &operator=(const EvidenceChain &) = delete;
    EvidenceChain(EvidenceChain &&) = delete;
    EvidenceChain &operator=(EvidenceChain &&) = delete;

    /// Before anything is written, in a transaction: compares the head, begins a chain in an empty archive,
    /// and links the rows that older versions did not link, if they are what the older links say.
    Result<void> begin();
    /// Of a new archive while it is in memory: its rows are linked as they are, so that its file is never
    /// there without a chain. Then begin(), of the file.
    Result<void> sealNew();
    /// The archive still holds what the head file saw. A head that lags by a commit is what a crash leaves
    /// behind and is not damage. One that is missing although there are links is: nobody can know what is
    /// missing with it.
    Result<void> verifyHead();
    /// Of a copy just made of an archive whose head was compared.
    Result<void> beginHead();
    /// Adds a link, in the caller's transaction.
    Result<void> append(const ChainEvent &event);
    /// Adds a link for each unit of rows that was changed, in the caller's transaction. Corrupt where a unit
    /// was not what its last link says before it was changed: damage is never sealed as sound.
    Result<void> seal();
    /// After the commit, under the same lock. A head that cannot be written lags, which is not damage.
    void writeHead();

    /// Whether all rows have links: older versions linked some only.
    static Result<bool> isBegun(SqliteConnection &database);

    /// Takes the links of rows that `select` finds into `links`: its columns are seq, campaign, kind, subject
    /// and sha256, in the order of seq. The last one's seq; 0 when there is none.
    static Result<qint64> readLinks(SqliteConnection &database, Statement &select, ChainIndex &links);

    /// The hash that `event` must have after `previous`.
    [[nodiscard]] static QString hashOf(const QString &previous, const ChainEvent &event);

private:
    struct Head {
        qint64 seq = 0;
        QString hash;
    };
    Result<Head> last();
    Result<void> compare(const SealedTable &table, const UnitSeal &before);
    Result<void> readNewLinks();
    Result<void> sealAll();
    Result<void> add(Head &end, ChainEvent event);
    [[nodiscard]] std::optional<Head> readHead() const;
    Result<void> write(const Head &head);

    SqliteConnection &m_database;
    RowSeals m_rows;
    RowWatch m_watch;
    QString m_headFile;
    std::unique_ptr<Statement> m_insert; ///< made once: imports add a hundred thousand
    bool m_grew = false;                 ///< since the head was written
    ChainIndex m_links;                  ///< of what was committed, by whatever process, up to m_linksEnd
    qint64 m_linksEnd = 0;
};

} // namespace slipway
