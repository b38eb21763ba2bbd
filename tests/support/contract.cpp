// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/contract.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace slipway::test {

namespace {

QJsonValue child(const QJsonObject &object, const char *key) {
    return object.value(QLatin1String(key));
}

// OpenAPI 3.0 says "nullable" where JSON Schema lists the type "null".
QJsonValue asSchema(const QJsonValue &value) {
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue item : value.toArray())
            array.append(asSchema(item));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object;
    const QJsonObject old = value.toObject();
    for (auto it = old.constBegin(); it != old.constEnd(); ++it) {
        if (it.key() != QLatin1String("example") && it.key() != QLatin1String("examples") &&
            it.key() != QLatin1String("format"))
            object.insert(it.key(), asSchema(it.value()));
    }
    if (child(old, "nullable").toBool()) {
        if (child(old, "type").isString()) {
            object.insert(QStringLiteral("type"), QJsonArray{child(old, "type"), QStringLiteral("null")});
            if (object.contains(QStringLiteral("enum"))) {
                QJsonArray allowed = child(object, "enum").toArray();
                allowed.append(QJsonValue());
                object.insert(QStringLiteral("enum"), allowed);
            }
        } else {
            object.remove(QStringLiteral("nullable"));
            return QJsonObject{
                {QStringLiteral("anyOf"),
                 QJsonArray{QJsonObject{{QStringLiteral("type"), QStringLiteral("null")}}, object}}};
        }
    }
    return object;
}

} // namespace

struct Contract::Compiled {
    valijson::Schema schema;
};

Contract::Contract() = default;
Contract::~Contract() = default;

QString Contract::open(const QString &file) {
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return QStringLiteral("%1: %2").arg(file, source.errorString());
    m_root = asSchema(QJsonDocument::fromJson(source.readAll()).object()).toObject();
    return m_root.contains(QStringLiteral("paths")) ? QString()
                                                    : QStringLiteral("%1 describes no API").arg(file);
}

QJsonObject Contract::resolve(const QJsonObject &object) const {
    const QString ref = child(object, "$ref").toString();
    if (ref.isEmpty())
        return object;
    QJsonObject at = m_root;
    for (const QString &step : ref.mid(2).split(QLatin1Char('/')))
        at = at.value(step).toObject();
    return resolve(at);
}

QJsonObject Contract::operation(const QString &method, const QString &path) const {
    const QJsonObject paths = child(m_root, "paths").toObject();
    QJsonObject found;
    for (auto it = paths.constBegin(); it != paths.constEnd(); ++it) {
        QString pattern = QRegularExpression::escape(it.key());
        pattern.replace(QRegularExpression(QStringLiteral("\\\\\\{[^/]*\\\\\\}")), QStringLiteral("[^/]+"));
        if (!QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(path).hasMatch())
            continue;
        QJsonObject operation = it.value().toObject().value(method.toLower()).toObject();
        if (it.key() == path)
            return operation;
        if (!operation.isEmpty())
            found = operation;
    }
    return found;
}

void Contract::checkValue(const QString &key, const QJsonObject &schema, const QJsonValue &value,
                          const QString &what, QStringList &found) {
    auto &compiled = m_compiled[key];
    if (!compiled) {
        compiled = std::make_unique<Compiled>();
        QJsonObject document = schema;
        document.insert(QStringLiteral("components"), child(m_root, "components"));
        const QJsonValue root(document);
        const valijson::adapters::QtJsonAdapter adapter(root);
        valijson::SchemaParser().populateSchema(adapter, compiled->schema);
    }
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    const valijson::adapters::QtJsonAdapter adapter(value);
    if (validator.validate(compiled->schema, adapter, &results))
        return;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        std::string place;
        for (const std::string &step : error.context)
            place += step;
        found << QStringLiteral("%1 %2: %3")
                     .arg(what, QString::fromStdString(place), QString::fromStdString(error.description));
    }
}

void Contract::checkQuery(const QJsonObject &operation, const QJsonObject &query, const QString &what,
                          QStringList &found) {
    QMap<QString, QJsonObject> known;
    for (const QJsonValue entry : child(operation, "parameters").toArray()) {
        const QJsonObject parameter = resolve(entry.toObject());
        if (child(parameter, "in").toString() != QLatin1String("query"))
            continue;
        const QString name = child(parameter, "name").toString();
        known.insert(name, resolve(child(parameter, "schema").toObject()));
        if (child(parameter, "required").toBool() && !query.contains(name))
            found << QStringLiteral("%1: the query needs \"%2\"").arg(what, name);
    }
    for (auto it = query.constBegin(); it != query.constEnd(); ++it) {
        if (!known.contains(it.key())) {
            found << QStringLiteral("%1: the query's \"%2\" is not listed").arg(what, it.key());
            continue;
        }
        QJsonValue value = it.value();
        bool isNumber = false;
        const qint64 number = value.toString().toLongLong(&isNumber);
        if (isNumber && child(known[it.key()], "type").toString() == QLatin1String("integer"))
            value = QJsonValue(number);
        checkValue(what + it.key(), known[it.key()], value, what + QStringLiteral(" query ") + it.key(),
                   found);
    }
}

// Everything that any branch of a schema lists, since a key is wrong only where no branch has it.
void Contract::collect(const QJsonObject &schema, QJsonObject &properties, QList<QJsonObject> &items) const {
    const QJsonObject resolved = resolve(schema);
    const QJsonObject own = child(resolved, "properties").toObject();
    for (auto it = own.constBegin(); it != own.constEnd(); ++it) {
        QJsonArray branches = properties.value(it.key()).toObject().value(QStringLiteral("anyOf")).toArray();
        branches.append(it.value());
        properties.insert(it.key(), QJsonObject{{QStringLiteral("anyOf"), branches}});
    }
    if (resolved.contains(QStringLiteral("items")))
        items.append(child(resolved, "items").toObject());
    for (const char *branch : {"allOf", "anyOf", "oneOf"}) {
        for (const QJsonValue part : child(resolved, branch).toArray())
            collect(part.toObject(), properties, items);
    }
}

void Contract::checkKeys(const QJsonObject &schema, const QJsonValue &value, const QString &what,
                         QStringList &found) {
    QJsonObject properties;
    QList<QJsonObject> items;
    collect(schema, properties, items);
    for (const QJsonValue item : value.toArray()) {
        if (!items.isEmpty())
            checkKeys(items.constFirst(), item, what + QStringLiteral("[]"), found);
    }
    const QJsonObject object = value.toObject();
    for (auto it = object.constBegin(); it != object.constEnd() && !properties.isEmpty(); ++it) {
        if (properties.contains(it.key()))
            checkKeys(properties.value(it.key()).toObject(), it.value(), what + QLatin1Char('.') + it.key(),
                      found);
        else
            found << QStringLiteral("%1: the body's \"%2\" is not listed").arg(what, it.key());
    }
}

QStringList Contract::violations(const QJsonObject &exchange) {
    QStringList found;
    const QString what =
        child(exchange, "method").toString() + QLatin1Char(' ') + child(exchange, "path").toString();
    const QJsonObject call =
        operation(child(exchange, "method").toString(), child(exchange, "path").toString());
    if (call.isEmpty())
        return {QStringLiteral("%1 is not in the description").arg(what)};
    const QString name = child(call, "operationId").toString();
    checkQuery(call, child(exchange, "query").toObject(), name, found);
    const QJsonObject schemaBody = child(call, "requestBody").toObject();
    const QJsonValue body = child(exchange, "body");
    if (!body.isNull()) {
        const QJsonObject schema = resolve(schemaBody)
                                       .value(QStringLiteral("content"))
                                       .toObject()
                                       .value(QStringLiteral("application/json"))
                                       .toObject()
                                       .value(QStringLiteral("schema"))
                                       .toObject();
        if (schema.isEmpty()) {
            found << QStringLiteral("%1 takes no body").arg(what);
        } else {
            checkValue(name + QStringLiteral(" body"), schema, body, what + QStringLiteral(" body"), found);
            checkKeys(schema, body, what, found);
        }
    } else if (child(schemaBody, "required").toBool()) {
        found << QStringLiteral("%1 needs a body").arg(what);
    }
    const int status = child(exchange, "status").toInt();
    const QJsonValue answer = child(exchange, "answer");
    if (status == 0 || (answer.isNull() && status != 204))
        return found;
    const QJsonObject responses = child(call, "responses").toObject();
    const QString key =
        responses.contains(QString::number(status)) ? QString::number(status) : QStringLiteral("default");
    const QJsonObject schema = resolve(responses.value(key).toObject())
                                   .value(QStringLiteral("content"))
                                   .toObject()
                                   .value(QStringLiteral("application/json"))
                                   .toObject()
                                   .value(QStringLiteral("schema"))
                                   .toObject();
    if (status < 400 && key == QLatin1String("default"))
        found << QStringLiteral("%1 is never answered %2").arg(what).arg(status);
    else if (status != 204)
        checkValue(name + key, schema, answer, QStringLiteral("%1 answer %2").arg(what).arg(status), found);
    return found;
}

QStringList Contract::violationsOf(const QString &log, int &count) {
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly))
        return {QStringLiteral("%1 cannot be read").arg(log)};
    QStringList found;
    count = 0;
    while (!file.atEnd()) {
        found += violations(QJsonDocument::fromJson(file.readLine()).object());
        ++count;
    }
    found.removeDuplicates();
    return found;
}

} // namespace slipway::test
