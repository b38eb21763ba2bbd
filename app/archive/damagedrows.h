// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivecare.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>

namespace slipway {

class SqliteConnection;
class Statement;

/// Reads the rows of tables that may be damaged: all that can be reached from either end, and what could not
/// be is said. Used on the database's thread.
class DamagedRows {
public:
    using Row = std::function<Result<void>(const Statement &)>;

    /// `lost` is called with what could not be read or taken, for a person.
    DamagedRows(SqliteConnection &from, const ArchiveProgress &progress,
                std::function<void(const QString &)> lost);

    /// Hands on every row that can be read, in the order they were added: from the front as far as that goes,
    /// then those that can be reached from the back. The first column is the row's number, `columns` follow.
    /// An error is one of writing: the disk is full or cannot be written; what `row` refuses otherwise is
    /// lost.
    Result<void> each(const QByteArray &table, const QByteArray &columns, const QString &what,
                      const Row &row);
    [[nodiscard]] bool isWhole() const { return m_isWhole; } ///< so far every table could be read to its end

private:
    struct End {
        qint64 last = 0; ///< the number of the last row that could be read
        bool isWhole = false;
    };

    Result<End> read(const QByteArray &sql, const QString &what, const Row &row);
    QList<qint64> fromTheBack(const QByteArray &table, qint64 last);

    SqliteConnection &m_from;
    const ArchiveProgress &m_progress;
    std::function<void(const QString &)> m_lost;
    qint64 m_rows = 0;
    bool m_isWhole = true;
};

} // namespace slipway
