// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runplan.h"

#include "app/campaign/planproof.h"
#include "app/cli/command.h"
#include "app/cli/tables.h"
#include "models/campaign/expectedend.h"
#include "models/core/quantitytext.h"
#include "models/redaction/redaction.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace slipway::cli {

namespace {

QStringList hostNames(const CampaignPlan &plan, const Step &step) {
    QStringList names;
    for (const Host &host : hostsOfStep(plan.fleet, step))
        names << host.name;
    return names;
}

// Where a parameter's value comes from.
QString originOf(const QString &name, const CampaignPlan &plan, const QMap<QString, QString> &settings) {
    return settings.contains(name)                ? QStringLiteral("--set")
           : plan.fleet.parameters.contains(name) ? QStringLiteral("fleet")
                                                  : QStringLiteral("default");
}

// A database's address may hold a password, and what is printed lands in logs.
QString shownValue(const QString &value) {
    const auto masked = maskedText(value, {});
    return masked ? *masked : QStringLiteral("not shown: ") + masked.error().text;
}

QList<const Phase *> phasesOf(const CampaignPlan &plan) {
    QList<const Phase *> phases;
    for (const int number : plan.phases) {
        if (const Phase *phase = plan.protocol.phase(number))
            phases << phase;
    }
    return phases;
}

TerminalText planText(const CampaignPlan &plan, const PlanBound &bound,
                      const QMap<QString, QString> &settings) {
    QList<QStringList> runs{{QStringLiteral("PHASE"), QStringLiteral("STEP"), QStringLiteral("ON"),
                             QStringLiteral("USUALLY TAKES")}};
    for (const Phase *phase : phasesOf(plan)) {
        const QString takes = durationText(defaultSeconds(plan.protocol, *phase, plan.parameters) * 1000);
        bool first = true;
        for (const Step &step : phase->steps) {
            runs.append({first ? QStringLiteral("%1 %2").arg(phase->number).arg(phase->name) : QString(),
                         step.name, hostNames(plan, step).join(QLatin1Char(' ')), first ? takes : QString()});
            first = false;
        }
    }
    QList<QStringList> parameters{
        {QStringLiteral("PARAMETER"), QStringLiteral("VALUE"), QStringLiteral("FROM")}};
    for (auto it = plan.parameters.constBegin(); it != plan.parameters.constEnd(); ++it)
        parameters.append({it.key(), shownValue(it.value()), originOf(it.key(), plan, settings)});
    return lineText(QStringLiteral("Protocol %1 %2 on fleet %3; nothing was run.")
                        .arg(plan.protocol.name, plan.protocol.version, plan.fleet.name)) +
           "\n" + tableText(runs) + "\n" + tableText(parameters) + "\n" + lineText(planBoundText(bound)) +
           lineText(planDurationText(plan, bound));
}

QJsonObject planJson(const CampaignPlan &plan, const PlanBound &bound,
                     const QMap<QString, QString> &settings) {
    QJsonArray phases;
    for (const Phase *phase : phasesOf(plan)) {
        QJsonArray steps;
        for (const Step &step : phase->steps)
            steps.append(
                QJsonObject{{QStringLiteral("name"), step.name},
                            {QStringLiteral("program"), step.program},
                            {QStringLiteral("hosts"), QJsonArray::fromStringList(hostNames(plan, step))}});
        phases.append(QJsonObject{
            {QStringLiteral("number"), phase->number},
            {QStringLiteral("name"), phase->name},
            {QStringLiteral("usual_seconds"), defaultSeconds(plan.protocol, *phase, plan.parameters)},
            {QStringLiteral("steps"), steps}});
    }
    QJsonObject parameters;
    for (auto it = plan.parameters.constBegin(); it != plan.parameters.constEnd(); ++it)
        parameters.insert(it.key(),
                          QJsonObject{{QStringLiteral("value"), shownValue(it.value())},
                                      {QStringLiteral("from"), originOf(it.key(), plan, settings)}});
    return {{QStringLiteral("schema"), schemaText(QStringLiteral("plan/1"))},
            {QStringLiteral("protocol"), plan.protocol.name},
            {QStringLiteral("version"), plan.protocol.version},
            {QStringLiteral("fleet"), plan.fleet.name},
            {QStringLiteral("phases"), phases},
            {QStringLiteral("parameters"), parameters},
            {QStringLiteral("can_prove"), bound.enough()},
            {QStringLiteral("obstacles"), QJsonArray::fromStringList(bound.obstacles)},
            {QStringLiteral("claim"), bound.claim},
            {QStringLiteral("cycles"), bound.cycles},
            {QStringLiteral("bound_without_loss"), bound.bound},
            {QStringLiteral("cycles_needed"), bound.needed ? QJsonValue(*bound.needed) : QJsonValue()},
            {QStringLiteral("usual_seconds"), defaultSeconds(plan)},
            {QStringLiteral("summary"), planBoundText(bound)}};
}

} // namespace

ExitCode printPlan(const LaunchRequest &request, bool json) {
    CampaignPlan plan = planOf(request);
    if (plan.id.isEmpty())
        plan.id = QStringLiteral("plan"); // nothing is started under it
    const PlanBound bound = whatPlanProves(plan);
    const QMap<QString, QString> &settings = request.choice.settings;
    print(json ? jsonText(QJsonDocument(planJson(plan, bound, settings))) : planText(plan, bound, settings));
    return bound.enough() ? ExitCode::Done : ExitCode::Unproven;
}

} // namespace slipway::cli
