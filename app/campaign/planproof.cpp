// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/planproof.h"

#include "models/campaign/expectedend.h"

#include <algorithm>

namespace slipway {

namespace {

QString minutes(qint64 seconds) {
    return QStringLiteral("%L1 min").arg(std::max<qint64>(1, (seconds + 30) / 60));
}

} // namespace

PlanBound whatPlanProves(const CampaignPlan &plan) {
    PlanBound bound = planBound(plan.parameters);
    if (plan.protocol.name == kFieldProtocol) {
        // Their parameters shape less than ours, and this decides.
        bound.obstacles = {
            QStringLiteral("scripts of the field count rows and do not look for each write, so it "
                           "is UNPROVEN PASS at best")};
        return bound;
    }
    bound.obstacles << weakerThanClaim(plan.protocol.claim, plan.parameters, peerNames(plan.fleet));
    QStringList left;
    for (const Phase &phase : plan.protocol.phases) {
        if (!plan.phases.contains(phase.number))
            left << QString::number(phase.number);
    }
    if (!left.isEmpty())
        bound.obstacles.prepend(QStringLiteral("without phase %1 the campaign ends as INCOMPLETE")
                                    .arg(left.join(QStringLiteral(" and "))));
    if (const auto checked = checkPlan(plan); !checked) {
        QString why = checked.error().text;
        if (why.endsWith(QLatin1Char('.')))
            why.chop(1);
        bound.obstacles.prepend(why);
    }
    return bound;
}

qint64 defaultSeconds(const CampaignPlan &plan) {
    qint64 seconds = 0;
    for (const int number : plan.phases) {
        if (const Phase *phase = plan.protocol.phase(number))
            seconds += defaultSeconds(plan.protocol, *phase, plan.parameters);
    }
    return seconds;
}

QString planDurationText(const CampaignPlan &plan, const PlanBound &bound) {
    const QString planned = QStringLiteral("About %1").arg(minutes(defaultSeconds(plan)));
    if (!bound.obstacles.isEmpty() || bound.enough() || !bound.needed)
        return planned + QLatin1Char('.');
    CampaignPlan larger = plan;
    larger.parameters.insert(QStringLiteral("cycles"), QString::number(*bound.needed));
    return planned + QStringLiteral("; with %L1 cycles about %2.")
                         .arg(*bound.needed)
                         .arg(minutes(defaultSeconds(larger)));
}

} // namespace slipway
