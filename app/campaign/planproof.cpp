// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/planproof.h"

#include "models/campaign/expectedend.h"
#include "models/core/quantitytext.h"
#include "models/cycles/faultclass.h"

#include <QHostAddress>

#include <algorithm>

namespace slipway {

namespace {

// Servers under test meet at these addresses. An IP address may be spelled in several ways.
QString meetingAddress(const Host &host) {
    const QHostAddress address(host.privateAddress);
    return address.isNull() ? host.privateAddress.toLower() : address.toString();
}

// Which hosts are one machine, so that one fault strikes both; empty when none are.
QString sharedAddress(const Fleet &fleet) {
    QMap<QString, QString> hosts;
    for (const Host &host : fleet.hosts) {
        const QString address = meetingAddress(host);
        if (const QString other = hosts.value(address); !other.isEmpty())
            return QStringLiteral("%1 and %2 have the same address, %3, so they are one machine")
                .arg(other, host.name, address);
        hosts.insert(address, host.name);
    }
    return {};
}

// Why the plan is refused at its launch, as a clause; empty when it is not.
QString refusalOf(const CampaignPlan &plan) {
    const auto checked = checkPlan(plan);
    QString why = checked ? QString() : checked.error().text;
    if (why.endsWith(QLatin1Char('.')))
        why.chop(1);
    return why;
}

// An estimate: to the nearest minute.
QString estimateText(qint64 seconds) {
    return durationText(std::max<qint64>(60, seconds + 30) * 1000, SpanTo::Minute);
}

} // namespace

PlanBound whatPlanProves(const CampaignPlan &plan) {
    PlanBound bound = planBound(plan.parameters);
    const QString refusal = refusalOf(plan);
    if (plan.protocol.name == kFieldProtocol) {
        // Their parameters shape less than ours, and this decides.
        bound.obstacles = {
            QStringLiteral("scripts of the field count rows and do not look for each write, so it "
                           "is UNPROVEN PASS at best")};
        for (const QString &fault : faultsIn(plan.parameters)) {
            if (plan.phases.contains(4) && !showsByCounts(fault))
                bound.obstacles << QStringLiteral("their lines do not show whether %1 took effect, so there "
                                                  "is NO EVIDENCE for it")
                                       .arg(fault);
        }
        if (!refusal.isEmpty())
            bound.obstacles.prepend(refusal);
        return bound;
    }
    bound.obstacles << weakerThanClaim(plan.protocol.claim, plan.parameters, peerNames(plan.fleet));
    if (const QString shared = sharedAddress(plan.fleet); !shared.isEmpty())
        bound.obstacles << shared;
    QStringList left;
    for (const Phase &phase : plan.protocol.phases) {
        if (!plan.phases.contains(phase.number))
            left << QString::number(phase.number);
    }
    if (!left.isEmpty())
        bound.obstacles.prepend(QStringLiteral("without phase %1 the campaign ends as INCOMPLETE")
                                    .arg(left.join(QStringLiteral(" and "))));
    if (!refusal.isEmpty())
        bound.obstacles.prepend(refusal);
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
    const QString planned = QStringLiteral("About %1").arg(estimateText(defaultSeconds(plan)));
    if (!bound.obstacles.isEmpty() || bound.enough() || !bound.needed)
        return planned + QLatin1Char('.');
    CampaignPlan larger = plan;
    larger.parameters.insert(QStringLiteral("cycles"), QString::number(*bound.needed));
    return planned + QStringLiteral("; with %L1 cycles about %2.")
                         .arg(*bound.needed)
                         .arg(estimateText(defaultSeconds(larger)));
}

} // namespace slipway
