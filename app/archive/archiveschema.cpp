// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archiveschema.h"

#include "app/archive/sqliteconnection.h"

#include <QMap>

namespace slipway {

namespace {

constexpr qsizetype kProblems = 100;

// "trigger t" and the text that made it; an index that SQLite makes for itself has none.
using Schema = QMap<QString, QString>;

Result<Schema> schemaOf(SqliteConnection &database) {
    auto select = database.prepare("SELECT type || ' ' || name, tbl_name || ': ' || coalesce(sql, '') FROM "
                                   "main.sqlite_master ORDER BY rowid LIMIT 10000");
    if (!select)
        return select.error();
    Schema schema;
    while (select->next())
        schema.insert(select->text(0), select->text(1));
    if (select->status() != SQLITE_DONE)
        return database.error(QStringLiteral("reading its schema"));
    return schema;
}

Result<Schema> madeBy(qint64 version) {
    const auto made = SqliteConnection::inMemory(version);
    return made ? schemaOf(**made) : made.error();
}

} // namespace

Result<QStringList> schemaProblems(SqliteConnection &database) {
    const auto version = database.version();
    if (!version)
        return version.error();
    const auto known = static_cast<qint64>(migrations().size());
    if (*version > known)
        return QStringList(); // of a newer Slipway, which is said elsewhere
    const auto found = schemaOf(database);
    const auto made = *version < 0 ? Result<Schema>(Schema()) : madeBy(*version);
    if (!found || !made)
        return found ? made.error() : found.error();
    if (*found == *made)
        return QStringList();
    for (qint64 other = 1; other <= known; ++other) {
        const auto schema = madeBy(other);
        if (!schema)
            return schema.error();
        if (*schema == *found)
            return QStringList{
                QStringLiteral("its version number (user_version) is %1, and its tables are those of %2")
                    .arg(*version)
                    .arg(other)};
    }
    QStringList problems;
    for (auto it = found->constBegin(); it != found->constEnd() && problems.size() < kProblems; ++it) {
        if (!made->contains(it.key()))
            problems << QStringLiteral("the %1 was not made by Slipway").arg(it.key());
        else if (made->value(it.key()) != it.value())
            problems << QStringLiteral("the %1 is not as Slipway made it").arg(it.key());
    }
    for (auto it = made->constBegin(); it != made->constEnd() && problems.size() < kProblems; ++it) {
        if (!found->contains(it.key()))
            problems << QStringLiteral("the %1 is missing").arg(it.key());
    }
    return problems;
}

} // namespace slipway
