// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/jsonschema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <exception>

namespace slipway {

namespace {

constexpr qsizetype kMaxBytes = qsizetype(1024) * 1024; // std::regex recurses over what it matches

// Keywords that mean the same in draft 7 and 2020-12.
const QSet<QString> &sameInBoth() {
    static const QSet<QString> words{
        QStringLiteral("type"),          QStringLiteral("enum"),
        QStringLiteral("const"),         QStringLiteral("multipleOf"),
        QStringLiteral("maximum"),       QStringLiteral("exclusiveMaximum"),
        QStringLiteral("minimum"),       QStringLiteral("exclusiveMinimum"),
        QStringLiteral("maxLength"),     QStringLiteral("minLength"),
        QStringLiteral("pattern"),       QStringLiteral("maxItems"),
        QStringLiteral("minItems"),      QStringLiteral("uniqueItems"),
        QStringLiteral("maxProperties"), QStringLiteral("minProperties"),
        QStringLiteral("required"),      QStringLiteral("additionalProperties"),
        QStringLiteral("not"),           QStringLiteral("items"),
        QStringLiteral("properties"),    QStringLiteral("allOf"),
        QStringLiteral("anyOf"),         QStringLiteral("oneOf"),
    };
    return words;
}

// Keywords that check nothing.
const QSet<QString> &annotations() {
    static const QSet<QString> words{
        QStringLiteral("$schema"),    QStringLiteral("$id"),         QStringLiteral("$comment"),
        QStringLiteral("title"),      QStringLiteral("description"), QStringLiteral("default"),
        QStringLiteral("deprecated"), QStringLiteral("readOnly"),    QStringLiteral("writeOnly"),
        QStringLiteral("examples"),
    };
    return words;
}

// The first keyword that the validator would not check as it is meant; depth is bounded by QJsonDocument's
// limit.
QString strangeIn(const QJsonValue &schema) {
    if (!schema.isObject())
        return schema.isBool() ? QString() : QStringLiteral("a schema that is not an object");
    const QJsonObject object = schema.toObject();
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        const QString &word = it.key();
        if (annotations().contains(word))
            continue;
        if (!sameInBoth().contains(word))
            return word;
        QJsonArray inner;
        if (word == QLatin1String("properties")) {
            for (const QJsonValue property : it->toObject())
                inner.append(property);
        } else if (word.endsWith(QLatin1String("Of")) && it->isArray()) {
            inner = it->toArray();
        } else if (word == QLatin1String("items") || word == QLatin1String("not") ||
                   word == QLatin1String("additionalProperties")) {
            if (it->isArray())
                return word; // a list of schemas is "prefixItems" by now
            inner.append(*it);
        }
        for (const QJsonValue one : inner) {
            if (QString strange = strangeIn(one); !strange.isEmpty())
                return strange;
        }
    }
    return {};
}

QString placeOf(const valijson::ValidationResults::Error &error) {
    QString place;
    for (const std::string &part : error.context)
        place += QString::fromStdString(part);
    return place.remove(QStringLiteral("<root>"));
}

} // namespace

Result<void> checkSchema(const QByteArray &schema, const QByteArray &document) {
    QJsonParseError error{};
    const QJsonDocument rules = QJsonDocument::fromJson(schema, &error);
    if (error.error != QJsonParseError::NoError || !rules.isObject())
        return Error{ErrorCode::InvalidInput, QStringLiteral("The schema is not a JSON object.")};
    if (const QString strange = strangeIn(rules.object()); !strange.isEmpty())
        return Error{ErrorCode::Unsupported,
                     QStringLiteral("The schema uses \"%1\", which Slipway cannot check.").arg(strange)};
    const QJsonDocument checked = QJsonDocument::fromJson(document, &error);
    if (error.error != QJsonParseError::NoError || document.size() > kMaxBytes)
        return Error{ErrorCode::InvalidInput, QStringLiteral("The document is not JSON, or too large.")};
    const QJsonValue ruleValue = rules.object();
    const QJsonValue value = checked.isObject() ? QJsonValue(checked.object()) : QJsonValue(checked.array());
    try {
        valijson::Schema parsed;
        valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(ruleValue), parsed);
        valijson::ValidationResults results;
        if (valijson::Validator(valijson::Validator::kStrongTypes)
                .validate(parsed, valijson::adapters::QtJsonAdapter(value), &results))
            return {};
        QStringList problems;
        valijson::ValidationResults::Error problem;
        while (results.popError(problem))
            problems << placeOf(problem) + QStringLiteral(": ") + QString::fromStdString(problem.description);
        return Error{ErrorCode::InvalidInput, problems.join(QLatin1Char('\n'))};
    } catch (const std::exception &thrown) { // what valijson says of a schema that contradicts itself
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("The schema cannot be used: %1").arg(QString::fromLatin1(thrown.what()))};
    }
}

} // namespace slipway
