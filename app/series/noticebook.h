// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/seriesstore.h"

#include <QJsonObject>

#include <functional>

namespace slipway {

/// A message about a series. Kept until it is delivered.
struct SeriesMessage {
    QString key; ///< one message for each: an alarm by its signature and when it was opened
    QString title;
    QString text;
    QDateTime at; ///< when it was kept; UTC
    bool isSent = false;
    int tries = 0;   ///< that failed
    QString problem; ///< of the last one
};

[[nodiscard]] QJsonObject noticeToJson(const QString &series, const SeriesMessage &notice);

/// The messages of a series in the archive: kept before they are sent, sent once, tried again at the next
/// delivery. Same thread and life as the store.
class NoticeBook {
public:
    using Send = std::function<Result<void>(const SeriesMessage &)>;

    NoticeBook(SeriesStore &entries, QString series) : m_entries(entries), m_series(std::move(series)) {}

    /// False when there is one with this key.
    Result<bool> keep(const QString &key, const QString &title, const QString &text);
    Result<QList<SeriesMessage>> all(); ///< oldest first
    /// Sends what is not sent, at most 100 at a time; what fails stays, with why. Answers with how many are
    /// left.
    Result<qsizetype> deliver(const Send &send);

private:
    SeriesStore &m_entries;
    QString m_series;
};

} // namespace slipway
