// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <sqlite3.h>

#include <memory>
#include <optional>

namespace slipway {

/// A prepared statement. Values are bound by position from 1, columns read by position from 0. One thread.
class Statement {
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt *statement) : m_statement(statement) {}

    Statement &bind(int position, qint64 value);
    Statement &bind(int position, const QString &value);
    Statement &bind(int position, const QByteArray &value); ///< as a blob
    Statement &bind(int position, const std::optional<qint64> &value);

    /// True while there is a row. An error ends the loop; see error().
    [[nodiscard]] bool next();
    /// Ready to be run again; the bound values are gone.
    void reset();
    [[nodiscard]] int status() const { return m_status; }

    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] std::optional<qint64> optionalInteger(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const;
    /// The value's bytes as they are stored, a number as text; valid until the next step.
    [[nodiscard]] QByteArrayView bytes(int column) const;
    /// 'n' NULL, 'i' integer, 'r' real, 't' text, 'b' BLOB.
    [[nodiscard]] char typeLetter(int column) const;
    /// The value of another statement's row, of whatever type.
    Statement &bindFrom(int position, const Statement &row, int column);
    Statement &bind(int position, const sqlite3_value *value); ///< of any connection; copied

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_status = SQLITE_OK;
};

} // namespace slipway
