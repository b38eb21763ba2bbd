// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/insight.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonParseError>
#include <QUrl>

#include <array>

namespace slipway {

namespace {

constexpr std::array kFields{
    InsightField{"headline", "Headline", &Insight::headline, false, false},
    InsightField{"verdict", "Verdict in words", &Insight::verdict, false, false},
    InsightField{"what_it_tested", "What it set out to test", &Insight::whatItTested, false, false},
    InsightField{"what_it_proved", "What it proved or disproved", &Insight::whatItProved, false, false},
    InsightField{"for_non_technical", "For non-technical end users", &Insight::forNonTechnical, true, false},
    InsightField{"for_c_level", "For decision makers", &Insight::forCLevel, true, false},
    InsightField{"for_sme", "For engineers and architects", &Insight::forSme, true, false},
    InsightField{"next_run_change", "What changes in the next campaign", &Insight::nextRunChange, false,
                 true},
};

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

// A text, and out of what is left.
QString take(QJsonObject &object, const char *key) {
    const QJsonValue value = object.value(QLatin1String(key));
    if (value.isString())
        object.remove(QLatin1String(key));
    return value.toString();
}

InsightBug bugFrom(QJsonObject object) {
    InsightBug bug;
    bug.title = take(object, "title");
    bug.impact = take(object, "impact");
    bug.rootCause = take(object, "root_cause");
    if (const QJsonValue links = object.value(QLatin1String("fixed_in")); links.isArray()) {
        object.remove(QLatin1String("fixed_in"));
        for (const QJsonValue link : links.toArray()) {
            QJsonObject fields = link.toObject();
            const QString label = take(fields, "label");
            const QString url = take(fields, "url");
            bug.fixedIn.append({label, url, fields});
        }
    }
    bug.others = object;
    return bug;
}

Insight insightFrom(const QJsonObject &entry) {
    Insight insight;
    for (const InsightField &field : kFields)
        insight.*field.text = entry.value(QLatin1String(field.key)).toString();
    for (const QJsonValue bug : entry.value(QLatin1String("bugs")).toArray())
        insight.bugs.append(bugFrom(bug.toObject()));
    collect(entry, insight.texts);
    return insight;
}

Result<QJsonObject> parse(const QByteArray &bytes, const QString &expected) {
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("byte %1: %2").arg(error.offset).arg(error.errorString())};
    if (!document.isObject())
        return Error{ErrorCode::InvalidInput, expected};
    return document.object();
}

} // namespace

std::span<const InsightField> insightFields() {
    return kFields;
}

const InsightField *insightField(const QString &key) {
    for (const InsightField &field : insightFields()) {
        if (key == QLatin1String(field.key))
            return &field;
    }
    return nullptr;
}

QStringList missingAudiences(const Insight &insight) {
    QStringList missing;
    for (const InsightField &field : kFields) {
        if (field.isAudience && (insight.*field.text).trimmed().isEmpty())
            missing << QString::fromLatin1(field.title);
    }
    return missing;
}

QStringList insightProblems(const Insight &insight) {
    QStringList problems;
    for (qsizetype i = 0; i < insight.bugs.size(); ++i) {
        const InsightBug &bug = insight.bugs.at(i);
        if (bug.title.trimmed().isEmpty())
            problems << QStringLiteral("Bug %1 has no title.").arg(i + 1);
        for (const InsightLink &link : bug.fixedIn) {
            const QUrl url(link.url, QUrl::StrictMode);
            const bool isWeb =
                url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
            if (!url.isValid() || !isWeb || url.host().isEmpty())
                problems << QStringLiteral("Bug %1: \"%2\" is not an http or https address.")
                                .arg(i + 1)
                                .arg(link.url);
        }
    }
    return problems;
}

Result<QMap<QString, Insight>> readInsights(const QByteArray &bytes) {
    const auto object = parse(bytes, QStringLiteral("an object with an entry per campaign is expected"));
    if (!object)
        return object.error();
    QMap<QString, Insight> insights;
    for (auto it = object->constBegin(); it != object->constEnd(); ++it) {
        if (!it.key().startsWith(QLatin1String("__")) && it.value().isObject())
            insights.insert(it.key(), insightFrom(it.value().toObject()));
    }
    return insights;
}

Result<Insight> readInsight(const QByteArray &entry) {
    const auto object = parse(entry, QStringLiteral("an object with the texts is expected"));
    if (!object)
        return object.error();
    return insightFrom(*object);
}

} // namespace slipway
