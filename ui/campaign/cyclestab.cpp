// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/cyclestab.h"

#include "ui/charts/cyclechart.h"
#include "ui/charts/cyclestrip.h"

#include <QVBoxLayout>

namespace slipway {

CyclesTab::CyclesTab(QWidget *parent)
    : CampaignTab(parent), m_strip(new CycleStrip), m_chart(new CycleChart) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->addWidget(m_strip);
    layout->addWidget(m_chart, 1);
    connect(m_strip, &CycleStrip::cycleClicked, this, &CyclesTab::cycleWanted);
    connect(m_chart, &CycleChart::cycleClicked, this, &CyclesTab::cycleWanted);
}

void CyclesTab::setRecord(const CampaignRecord &record) {
    const QStringList faults =
        record.parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const int planned = record.parameters.value(QStringLiteral("cycles")).toInt();
    m_strip->setPlan(faults, planned);
    m_strip->setCycles(record.cycles);
    m_strip->setSelected(0);
    m_chart->setPlanned(planned);
    if (record.parameters.contains(QStringLiteral("convergence_min")))
        m_chart->setThreshold(record.parameters.value(QStringLiteral("convergence_min")).toDouble());
    m_chart->setCycles(record.cycles);
    m_chart->setSelected(0);
}

void CyclesTab::appendCycles(const QList<Cycle> &cycles) {
    m_strip->append(cycles);
    m_chart->append(cycles);
}

void CyclesTab::selectCycle(int cycle) {
    m_strip->setSelected(cycle);
    m_chart->setSelected(cycle);
}

} // namespace slipway
