// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/statement.h"

namespace slipway {

void Statement::Finalize::operator()(sqlite3_stmt *statement) const {
    sqlite3_finalize(statement);
}

Statement &Statement::bind(int position, qint64 value) {
    sqlite3_bind_int64(m_statement.get(), position, value);
    return *this;
}

Statement &Statement::bind(int position, const QString &value) {
    const QByteArray utf8 = value.toUtf8();
    sqlite3_bind_text(m_statement.get(), position, utf8.constData(), static_cast<int>(utf8.size()),
                      SQLITE_TRANSIENT);
    return *this;
}

Statement &Statement::bind(int position, const QByteArray &value) {
    sqlite3_bind_blob64(m_statement.get(), position, value.constData(),
                        static_cast<sqlite3_uint64>(value.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement &Statement::bind(int position, const std::optional<qint64> &value) {
    if (value)
        return bind(position, *value);
    sqlite3_bind_null(m_statement.get(), position);
    return *this;
}

Statement &Statement::bind(int position, const sqlite3_value *value) {
    sqlite3_bind_value(m_statement.get(), position, value);
    return *this;
}

bool Statement::next() {
    m_status = sqlite3_step(m_statement.get());
    return m_status == SQLITE_ROW;
}

void Statement::reset() {
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

qint64 Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

std::optional<qint64> Statement::optionalInteger(int column) const {
    if (sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL)
        return std::nullopt;
    return integer(column);
}

QString Statement::text(int column) const {
    return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column)),
                             sqlite3_column_bytes(m_statement.get(), column));
}

QByteArray Statement::blob(int column) const {
    const void *bytes = sqlite3_column_blob(m_statement.get(), column);
    return {static_cast<const char *>(bytes), sqlite3_column_bytes(m_statement.get(), column)};
}

QByteArrayView Statement::bytes(int column) const {
    const void *bytes = sqlite3_column_type(m_statement.get(), column) == SQLITE_BLOB
                            ? sqlite3_column_blob(m_statement.get(), column)
                            : static_cast<const void *>(sqlite3_column_text(m_statement.get(), column));
    return {static_cast<const char *>(bytes), sqlite3_column_bytes(m_statement.get(), column)};
}

char Statement::typeLetter(int column) const {
    switch (sqlite3_column_type(m_statement.get(), column)) {
    case SQLITE_INTEGER:
        return 'i';
    case SQLITE_FLOAT:
        return 'r';
    case SQLITE_TEXT:
        return 't';
    case SQLITE_BLOB:
        return 'b';
    default:
        return 'n';
    }
}

Statement &Statement::bindFrom(int position, const Statement &row, int column) {
    sqlite3_bind_value(m_statement.get(), position, sqlite3_column_value(row.m_statement.get(), column));
    return *this;
}

} // namespace slipway
