// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/insightentry.h"

#include "models/insight/jsonsplice.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace slipway {

namespace {

// An entry stands in the file's object: its closing brace is two blanks deep, its keys four.
const QByteArray kNewEntry = "{\n  }";

QJsonObject objectOf(const InsightBug &bug) {
    QJsonArray links;
    for (const InsightLink &link : bug.fixedIn) {
        QJsonObject object = link.others;
        object.insert(QLatin1String("label"), link.label);
        object.insert(QLatin1String("url"), link.url);
        links.append(object);
    }
    QJsonObject object = bug.others;
    object.insert(QLatin1String("title"), bug.title);
    object.insert(QLatin1String("impact"), bug.impact);
    object.insert(QLatin1String("root_cause"), bug.rootCause);
    object.insert(QLatin1String("fixed_in"), links);
    return object;
}

QByteArray valueText(const QJsonValue &value, const QByteArray &indent);

// Known keys first and in this order, as people read them.
QByteArray objectText(QJsonObject object, const QByteArray &indent) {
    QByteArray text = "{";
    const auto add = [&](const QString &key) {
        text += (text.size() > 1 ? "," : "") + ('\n' + indent) + "  " + jsonString(key) + ": " +
                valueText(object.value(key), indent + "  ");
        object.remove(key);
    };
    for (const auto *key : {"title", "impact", "root_cause", "fixed_in", "label", "url"}) {
        if (object.contains(QLatin1String(key)))
            add(QString::fromLatin1(key));
    }
    for (const QString &key : object.keys())
        add(key);
    return text.size() > 1 ? text + '\n' + indent + '}' : QByteArray("{}");
}

QByteArray valueText(const QJsonValue &value, const QByteArray &indent) {
    if (value.isObject())
        return objectText(value.toObject(), indent);
    if (!value.isArray()) {
        const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return array.mid(1, array.size() - 2);
    }
    const QJsonArray array = value.toArray();
    QByteArray text = "[";
    for (const QJsonValue entry : array)
        text += (text.size() > 1 ? "," : "") + ('\n' + indent) + "  " + valueText(entry, indent + "  ");
    return array.isEmpty() ? QByteArray("[]") : text + '\n' + indent + ']';
}

bool isTextOrNothing(const QJsonValue &value) {
    return value.isString() || value.isUndefined() || value.isNull();
}

// Of one bug, with the place in it in front.
QString bugProblem(const QJsonValue &bug) {
    if (!bug.isObject())
        return QStringLiteral(": is not an object");
    for (const auto *key : {"title", "impact", "root_cause"}) {
        if (!isTextOrNothing(bug[QLatin1String(key)]))
            return QStringLiteral(".%1: is not a text").arg(QLatin1String(key));
    }
    const QJsonValue links = bug[QLatin1String("fixed_in")];
    if (links.isUndefined() || links.isNull())
        return {};
    const QString wrong = QStringLiteral(".fixed_in: is not a list of objects with \"label\" and \"url\"");
    if (!links.isArray())
        return wrong;
    for (const QJsonValue link : links.toArray()) {
        if (!link.isObject() || !isTextOrNothing(link[QLatin1String("label")]) ||
            !isTextOrNothing(link[QLatin1String("url")]))
            return wrong;
    }
    return {};
}

} // namespace

QString insightShapeProblem(const QJsonObject &entry) {
    for (const InsightField &field : insightFields()) {
        if (!isTextOrNothing(entry.value(QLatin1String(field.key))))
            return QStringLiteral("%1: is not a text").arg(QLatin1String(field.key));
    }
    const QJsonValue bugs = entry.value(QLatin1String("bugs"));
    if (bugs.isUndefined() || bugs.isNull())
        return {};
    if (!bugs.isArray())
        return QStringLiteral("bugs: is not a list");
    qsizetype number = 0;
    for (const QJsonValue bug : bugs.toArray()) {
        if (const QString problem = bugProblem(bug); !problem.isEmpty())
            return QStringLiteral("bugs[%1]%2").arg(number).arg(problem);
        ++number;
    }
    return {};
}

QByteArray insightEntry(const QByteArray &file, const QString &campaign) {
    const QByteArray value = memberValue(file, campaign);
    return value.startsWith('{') ? value : QByteArray();
}

Result<QByteArray> withInsightText(const QByteArray &entry, const InsightField &field, const QString &text) {
    return withMember(entry.isEmpty() ? kNewEntry : entry, QString::fromLatin1(field.key), jsonString(text));
}

Result<QByteArray> withInsightBugs(const QByteArray &entry, const QList<InsightBug> &bugs) {
    QJsonArray array;
    for (const InsightBug &bug : bugs)
        array.append(objectOf(bug));
    return withMember(entry.isEmpty() ? kNewEntry : entry, QStringLiteral("bugs"), valueText(array, "    "));
}

Result<QList<InsightBug>> readInsightBugs(const QByteArray &array) {
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(array, &error);
    if (error.error != QJsonParseError::NoError)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("byte %1: %2").arg(error.offset).arg(error.errorString())};
    if (!document.isArray())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("it is not an array: "
                                    "[{\"title\", \"impact\", \"root_cause\", \"fixed_in\": "
                                    "[{\"label\", \"url\"}]}]")};
    const QString problem = insightShapeProblem({{QStringLiteral("bugs"), document.array()}});
    if (!problem.isEmpty())
        return Error{ErrorCode::InvalidInput, problem};
    const auto insight = readInsight("{\"bugs\":" + array + '}');
    if (!insight)
        return insight.error();
    for (qsizetype i = 0; i < insight->bugs.size(); ++i) {
        if (insight->bugs.at(i).title.trimmed().isEmpty())
            return Error{ErrorCode::InvalidInput, QStringLiteral("bugs[%1].title: is missing").arg(i)};
    }
    return insight->bugs;
}

Result<QByteArray> withInsightEntry(const QByteArray &file, const QString &campaign,
                                    const QByteArray &entry) {
    return withMember(file, campaign, entry);
}

} // namespace slipway
