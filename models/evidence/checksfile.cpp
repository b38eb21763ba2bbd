// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/checksfile.h"
#include "models/core/wholenumber.h"

#include "models/core/instant.h"
#include "models/evidence/judgementjson.h"
#include "models/protocol/protocol.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kLimit = qsizetype(16) * 1024 * 1024;
constexpr qsizetype kEntries = 64; // of peers or parameters

QJsonObject planJson(const PublishedPlan &plan) {
    QJsonObject parameters;
    for (auto it = plan.parameters.constBegin(); it != plan.parameters.constEnd(); ++it)
        parameters.insert(it.key(), it.value());
    QJsonArray phases;
    for (const int phase : plan.phases)
        phases.append(phase);
    return {{QStringLiteral("protocol"), plan.protocol},
            {QStringLiteral("parameters"), parameters},
            {QStringLiteral("peers"), QJsonArray::fromStringList(plan.peers)},
            {QStringLiteral("phases"), phases}};
}

QJsonObject checksObject(const QList<EvidenceFile> &files) {
    const EvidenceFile *file = findFile(files, kChecks);
    if (!file || file->bytes.size() > kLimit)
        return {};
    return QJsonDocument::fromJson(file->bytes).object();
}

QDateTime timeOf(const QJsonObject &object, const char *key) {
    return instantOf(object.value(QLatin1String(key)).toString());
}

} // namespace

QByteArray checksBytes(const QString &campaign, const Judgement &judgement,
                       const std::optional<PublishedPlan> &plan, const QList<PhaseSpan> &spans) {
    QJsonObject object = judgementToJson(judgement);
    object.insert(QStringLiteral("schema"), QStringLiteral("slipway-checks/1"));
    object.insert(QStringLiteral("campaign"), campaign);
    if (plan)
        object.insert(QStringLiteral("plan"), planJson(*plan));
    QJsonArray times;
    for (const PhaseSpan &span : spans)
        times.append(
            QJsonObject{{QStringLiteral("phase"), span.phase},
                        {QStringLiteral("started_at"), span.startedAt.toString(Qt::ISODateWithMs)},
                        {QStringLiteral("finished_at"), span.finishedAt.toString(Qt::ISODateWithMs)}});
    object.insert(QStringLiteral("times"), times);
    return QJsonDocument(object).toJson();
}

std::optional<PublishedPlan> publishedPlan(const QList<EvidenceFile> &files) {
    const QJsonValue value = checksObject(files).value(QLatin1String("plan"));
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    PublishedPlan plan;
    plan.protocol = object.value(QLatin1String("protocol")).toString();
    const QJsonObject parameters = object.value(QLatin1String("parameters")).toObject();
    for (auto it = parameters.constBegin(); it != parameters.constEnd() && plan.parameters.size() < kEntries;
         ++it)
        plan.parameters.insert(it.key(), it.value().toString());
    for (const QJsonValue peer : object.value(QLatin1String("peers")).toArray()) {
        if (plan.peers.size() < kEntries)
            plan.peers << peer.toString();
    }
    for (const QJsonValue phase : object.value(QLatin1String("phases")).toArray()) {
        const auto number = static_cast<int>(wholeNumber(phase).value_or(0));
        if (number >= 1 && number <= 4 && !plan.phases.contains(number))
            plan.phases << number;
    }
    return plan;
}

QList<PhaseSpan> publishedSpans(const QList<EvidenceFile> &files) {
    QList<PhaseSpan> spans;
    for (const QJsonValue entry : checksObject(files).value(QLatin1String("times")).toArray()) {
        const QJsonObject object = entry.toObject();
        const PhaseSpan span{static_cast<int>(wholeNumber(object.value(QLatin1String("phase"))).value_or(0)),
                             timeOf(object, "started_at"), timeOf(object, "finished_at")};
        if (span.startedAt.isValid() && span.finishedAt.isValid() && spans.size() < kEntries)
            spans.append(span);
    }
    return spans;
}

Expectation expectationOf(const std::optional<PublishedPlan> &plan) {
    const Expectation field = Expectation::published();
    if (!plan)
        return field;
    // Fewer peers than the field has would drop the others' evidence.
    const QStringList peers = plan->peers.size() < field.peers.size() ? field.peers : plan->peers;
    Expectation expectation = Expectation::fromParameters(plan->parameters, peers, field.requiredPhases);
    if (plan->protocol == kFieldProtocol)
        expectation.judgeAsField();
    for (const QString &fault : field.faults) {
        if (!expectation.faults.contains(fault))
            expectation.faults << fault;
    }
    expectation.deliveryMin = std::max(expectation.deliveryMin, field.deliveryMin);
    expectation.convergenceMin = std::max(expectation.convergenceMin, field.convergenceMin);
    expectation.mcpMinTools = std::max(expectation.mcpMinTools, field.mcpMinTools);
    return expectation;
}

} // namespace slipway
