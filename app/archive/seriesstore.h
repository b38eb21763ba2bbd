// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace slipway {

class Archive;
class Database;

/// What was noted about a series: its definition, a table of its runs, what a person did, what its sentinel
/// did. Never changed; what a kind means is said in app/series.
struct SeriesEntry {
    qint64 id = 0;
    QDateTime at; ///< UTC
    QString kind;
    QByteArray content; ///< UTF-8
};

/// The notes about series in the archive, under its chain. Never changed: see SeriesEntry.
class SeriesStore {
public:
    explicit SeriesStore(Archive &archive);

    static constexpr qsizetype kMaxContent = qsizetype(17) * 1024 * 1024;

    /// Notes it now, unless `at` is valid.
    Result<void> add(const QString &series, const QString &kind, const QByteArray &content,
                     const QDateTime &at = {});
    /// An object, as compact JSON.
    Result<void> addObject(const QString &series, const QString &kind, const QJsonObject &object);
    /// All of a series, oldest first.
    Result<QList<SeriesEntry>> load(const QString &series);
    Result<QStringList> names(); ///< of the series that have some, sorted

private:
    Result<bool> isThere(); ///< an archive of an older schema that is only looked at has none

    Database &m_database;
};

} // namespace slipway
