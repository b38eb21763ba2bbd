// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchoutlook.h"

#include "app/campaign/planproof.h"
#include "models/fleet/rental.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QLabel>

namespace slipway {

namespace {

QString costOf(const Rental *rental, bool sandbox, bool kept) {
    if (sandbox)
        return LaunchOutlook::tr("The sandbox is this machine and costs nothing.");
    if (!rental)
        return LaunchOutlook::tr("The cost of these hosts is not known.");
    return (rental->spec.keep || kept
                ? LaunchOutlook::tr(
                      "This rented fleet costs %1 an hour and is kept: it still costs money afterwards.")
                : LaunchOutlook::tr("This rented fleet costs %1 an hour and is destroyed when the campaign "
                                    "has ended."))
        .arg(rental->perHour().text());
}

} // namespace

LaunchOutlook::LaunchOutlook(QWidget *parent)
    : QWidget(parent), m_proves(makeLabel(this, strongFont(), Tone::Text)),
      m_cost(makeLabel(this, font(), Tone::Muted)), m_problem(makeLabel(this, font(), Tone::Fail)) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QLabel *label : {m_proves, m_cost, m_problem}) {
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
}

void LaunchOutlook::setProblem(const QString &problem) {
    m_problem->setText(problem);
}

void LaunchOutlook::setPlan(const CampaignPlan &plan, const Rental *rental, bool sandbox, bool kept) {
    const PlanBound bound = whatPlanProves(plan);
    m_proves->setText(planBoundText(bound));
    setTone(*m_proves, bound.enough() ? Tone::Text : Tone::Warning);
    m_cost->setText(planDurationText(plan, bound) + QLatin1Char(' ') + costOf(rental, sandbox, kept));
}

void LaunchOutlook::clearPlan() {
    m_proves->clear();
    m_cost->clear();
}

} // namespace slipway
