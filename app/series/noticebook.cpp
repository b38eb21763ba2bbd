// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/noticebook.h"

#include "models/core/jsonfields.h"

#include <algorithm>

namespace slipway {

namespace {

const QString kMessage = QStringLiteral("message");
const QString kSent = QStringLiteral("sent");
const QString kUnsent = QStringLiteral("unsent");
constexpr qsizetype kMaxAtOnce = 100;

} // namespace

QJsonObject noticeToJson(const QString &series, const SeriesMessage &notice) {
    return {{QStringLiteral("series"), series},
            {QStringLiteral("key"), notice.key},
            {QStringLiteral("title"), notice.title},
            {QStringLiteral("text"), notice.text},
            {QStringLiteral("at"), notice.at.toString(Qt::ISODate)}};
}

Result<QList<SeriesMessage>> NoticeBook::all() {
    const auto entries = m_entries.load(m_series);
    if (!entries)
        return entries.error();
    QList<SeriesMessage> notices;
    for (const SeriesEntry &entry : *entries) {
        if (entry.kind != kMessage && entry.kind != kSent && entry.kind != kUnsent)
            continue;
        const auto object =
            parseJsonObject(entry.content, QStringLiteral("a message of series %1").arg(m_series));
        if (!object)
            return object.error();
        const QString key = object->value(QLatin1String("key")).toString();
        if (entry.kind == kMessage) {
            SeriesMessage notice;
            notice.key = key;
            notice.title = object->value(QLatin1String("title")).toString();
            notice.text = object->value(QLatin1String("text")).toString();
            notice.at = entry.at;
            notices << notice;
            continue;
        }
        const auto it = std::find_if(notices.begin(), notices.end(),
                                     [&](const SeriesMessage &notice) { return notice.key == key; });
        if (it == notices.end())
            continue;
        if (entry.kind == kSent) {
            it->isSent = true;
        } else {
            ++it->tries;
            it->problem = object->value(QLatin1String("problem")).toString();
        }
    }
    return notices;
}

Result<bool> NoticeBook::keep(const QString &key, const QString &title, const QString &text) {
    const auto known = all();
    if (!known)
        return known.error();
    if (std::any_of(known->begin(), known->end(),
                    [&](const SeriesMessage &notice) { return notice.key == key; }))
        return false;
    const auto kept = m_entries.addObject(
        m_series, kMessage,
        {{QStringLiteral("key"), key}, {QStringLiteral("title"), title}, {QStringLiteral("text"), text}});
    return kept ? Result<bool>(true) : kept.error();
}

Result<qsizetype> NoticeBook::deliver(const Send &send) {
    const auto known = all();
    if (!known)
        return known.error();
    qsizetype left = 0;
    qsizetype tried = 0;
    for (const SeriesMessage &notice : *known) {
        if (notice.isSent)
            continue;
        if (tried++ >= kMaxAtOnce) {
            ++left;
            continue;
        }
        const auto sent = send(notice);
        left += sent ? 0 : 1;
        QJsonObject entry{{QStringLiteral("key"), notice.key}};
        if (!sent)
            entry.insert(QStringLiteral("problem"), sent.error().text);
        if (const auto noted = m_entries.addObject(m_series, sent ? kSent : kUnsent, entry); !noted)
            return noted.error();
    }
    return left;
}

} // namespace slipway
