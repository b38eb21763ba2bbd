// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/seriesstore.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "models/core/instant.h"

#include <QJsonDocument>

namespace slipway {

SeriesStore::SeriesStore(Archive &archive) : m_database(archive.database()) {}

Result<bool> SeriesStore::isThere() {
    return m_database.hasTable(QStringLiteral("series_entry"));
}

Result<void> SeriesStore::add(const QString &series, const QString &kind, const QByteArray &content,
                              const QDateTime &at) {
    if (content.size() > kMaxContent)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("What is noted of series %1 is larger than 17 MiB.").arg(series)};
    return m_database.transaction([&]() -> Result<void> {
        auto insert =
            m_database.prepare("INSERT INTO series_entry(series, noted_at, kind, content) VALUES (?,?,?,?)");
        if (!insert)
            return insert.error();
        const QDateTime moment = at.isValid() ? at : QDateTime::currentDateTimeUtc();
        insert->bind(1, series)
            .bind(2, moment.toMSecsSinceEpoch())
            .bind(3, kind)
            .bind(4, QString::fromUtf8(content));
        return m_database.run(*insert, QStringLiteral("noting the %1 of series %2").arg(kind, series));
    });
}

Result<void> SeriesStore::addObject(const QString &series, const QString &kind, const QJsonObject &object) {
    return add(series, kind, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Result<QList<SeriesEntry>> SeriesStore::load(const QString &series) {
    QList<SeriesEntry> entries;
    const auto there = isThere();
    if (!there || !*there)
        return there ? Result<QList<SeriesEntry>>(entries) : there.error();
    auto select =
        m_database.prepare("SELECT id, noted_at, kind, content FROM series_entry WHERE series=? ORDER BY id");
    if (!select)
        return select.error();
    select->bind(1, series);
    while (select->next())
        entries << SeriesEntry{select->integer(0), utcOfMilliseconds(select->integer(1)), select->text(2),
                               select->text(3).toUtf8()};
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading series %1").arg(series));
    return entries;
}

Result<QStringList> SeriesStore::names() {
    QStringList names;
    const auto there = isThere();
    if (!there || !*there)
        return there ? Result<QStringList>(names) : there.error();
    auto select = m_database.prepare("SELECT DISTINCT series FROM series_entry ORDER BY series");
    if (!select)
        return select.error();
    while (select->next())
        names << select->text(0);
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("listing series"));
    return names;
}

} // namespace slipway
