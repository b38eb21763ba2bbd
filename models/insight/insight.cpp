// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/insight.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonParseError>

namespace slipway {

namespace {

// Depth is bounded by QJsonDocument's own limit of 1024.
void collect(const QJsonValue &value, QStringList &texts) {
    if (value.isString()) {
        if (const QString text = value.toString().simplified(); !text.isEmpty())
            texts << text;
    } else if (value.isArray()) {
        for (const QJsonValue entry : value.toArray())
            collect(entry, texts);
    } else if (value.isObject()) {
        for (const QJsonValue entry : value.toObject())
            collect(entry, texts);
    }
}

} // namespace

Result<QMap<QString, Insight>> readInsights(const QByteArray &bytes) {
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parse);
    if (parse.error != QJsonParseError::NoError)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("byte %1: %2").arg(parse.offset).arg(parse.errorString())};
    if (!document.isObject())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("an object with an entry per campaign is expected")};
    QMap<QString, Insight> insights;
    const QJsonObject object = document.object();
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        if (it.key().startsWith(QLatin1String("__")) || !it.value().isObject())
            continue;
        const QJsonObject entry = it.value().toObject();
        Insight insight;
        insight.headline = entry.value(QLatin1String("headline")).toString().simplified();
        insight.verdict = entry.value(QLatin1String("verdict")).toString().simplified();
        collect(entry, insight.texts);
        insights.insert(it.key(), insight);
    }
    return insights;
}

} // namespace slipway
