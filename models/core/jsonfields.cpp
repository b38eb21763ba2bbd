// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/jsonfields.h"

#include "models/core/wholenumber.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonParseError>

namespace slipway {

JsonFields::JsonFields(QJsonObject object, QString path)
    : m_object(std::move(object)), m_path(std::move(path)) {}

QString JsonFields::at(const QString &key) const {
    return m_path.isEmpty() ? key : m_path + QLatin1Char('.') + key;
}

void JsonFields::fail(const QString &key, const QString &why) {
    if (m_problem.isEmpty())
        m_problem = at(key) + QStringLiteral(": ") + why;
}

void JsonFields::adopt(const JsonFields &child) {
    if (m_problem.isEmpty())
        m_problem = child.m_problem;
}

QString JsonFields::text(const QString &key) {
    const QJsonValue value = m_object.value(key);
    if (!value.isString() || value.toString().isEmpty())
        fail(key, QStringLiteral("must be a string that is not empty"));
    return value.toString();
}

QString JsonFields::text(const QString &key, const QString &fallback) {
    if (!has(key))
        return fallback;
    const QJsonValue value = m_object.value(key);
    if (!value.isString())
        fail(key, QStringLiteral("must be a string"));
    return value.toString();
}

qint64 JsonFields::integer(const QString &key, qint64 min, qint64 max) {
    const auto number = wholeNumber(m_object.value(key));
    if (!number || *number < min || *number > max) {
        fail(key, QStringLiteral("must be a whole number from %1 to %2").arg(min).arg(max));
        return min;
    }
    return *number;
}

qint64 JsonFields::integer(const QString &key, qint64 min, qint64 max, qint64 fallback) {
    return has(key) ? integer(key, min, max) : fallback;
}

bool JsonFields::flag(const QString &key, bool fallback) {
    if (has(key) && !m_object.value(key).isBool())
        fail(key, QStringLiteral("must be true or false"));
    return m_object.value(key).toBool(fallback);
}

QStringList JsonFields::texts(const QString &key) {
    QStringList list;
    const QJsonValue value = m_object.value(key);
    if (!value.isUndefined() && !value.isArray())
        fail(key, QStringLiteral("must be an array of strings"));
    for (const QJsonValue item : value.toArray()) {
        if (!item.isString())
            fail(key, QStringLiteral("must hold strings only"));
        list << item.toString();
    }
    return list;
}

QList<JsonFields> JsonFields::objects(const QString &key) {
    QList<JsonFields> list;
    const QJsonArray array = m_object.value(key).toArray();
    if (array.isEmpty())
        fail(key, QStringLiteral("must be an array of objects that is not empty"));
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (!array.at(i).isObject())
            fail(key, QStringLiteral("entry %1 is not an object").arg(i));
        list.append(JsonFields(array.at(i).toObject(), QStringLiteral("%1[%2]").arg(at(key)).arg(i)));
    }
    return list;
}

QJsonObject JsonFields::object(const QString &key) {
    if (has(key) && !m_object.value(key).isObject())
        fail(key, QStringLiteral("must be an object"));
    return m_object.value(key).toObject();
}

void JsonFields::refuseOthers(const QStringList &known) {
    for (auto it = m_object.constBegin(); it != m_object.constEnd(); ++it) {
        if (!known.contains(it.key()))
            fail(it.key(),
                 QStringLiteral("is not a known key (known: %1)").arg(known.join(QStringLiteral(", "))));
    }
}

Result<QJsonObject> parseJsonObject(const QByteArray &bytes, const QString &what) {
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parse);
    if (parse.error != QJsonParseError::NoError) {
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is not JSON: %2 at byte %3").arg(what, parse.errorString()).arg(parse.offset)};
    }
    if (!document.isObject())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 holds no JSON object").arg(what)};
    return document.object();
}

} // namespace slipway
