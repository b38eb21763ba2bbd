// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/insightmerge.h"

#include "models/insight/jsonsplice.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway {

namespace {

QJsonObject objectOf(const QByteArray &entry) {
    return QJsonDocument::fromJson(entry).object();
}

bool anyHas(const QList<QByteArray> &entries, const QString &key, const QJsonValue &value) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const QByteArray &entry) { return objectOf(entry).value(key) == value; });
}

} // namespace

Result<QByteArray> mergeInsight(const InsightHistory &history, const QByteArray &mine,
                                const QByteArray &theirs, InsightConflict rule) {
    if (theirs.isEmpty() || (history.seen.contains(theirs) && !history.unedited.contains(theirs)))
        return mine; // theirs is an earlier one of ours
    const QJsonObject ours = objectOf(mine);
    const QJsonObject there = objectOf(theirs);
    QByteArray merged = theirs;
    QStringList both;
    for (const QString &key : ours.keys()) {
        const QJsonValue value = ours.value(key);
        const QJsonValue other = there.value(key);
        if (value == other || (!anyHas(history.seen, key, other) && anyHas(history.unedited, key, value)))
            continue;
        if (!other.isUndefined() && !anyHas(history.seen, key, other) && rule != InsightConflict::Mine) {
            both << key;
            continue;
        }
        auto with = withMember(merged, key, memberValue(mine, key));
        if (!with)
            return with;
        merged = *with;
    }
    if (!both.isEmpty() && rule == InsightConflict::Refuse)
        return Error{ErrorCode::AlreadyExists, both.join(QStringLiteral(", "))};
    return merged;
}

} // namespace slipway
