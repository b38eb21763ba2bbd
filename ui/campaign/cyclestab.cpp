// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/cyclestab.h"
#include "ui/common/copyactions.h"

#include "ui/charts/chartpanel.h"
#include "ui/charts/cyclestrip.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kRowsAtOnce = 5; // of fault classes; the charts below need the room

// What the rules found to sit at a limit (rules_cycles.cpp).
QList<Saturation> saturationsOf(const Judgement &judgement) {
    const QString prefix = QStringLiteral("phase4.saturation.");
    QList<Saturation> found;
    for (const Check &check : judgement.checks) {
        bool isNumber = false;
        const qint64 ceiling = check.actual.toLongLong(&isNumber);
        if (check.id.startsWith(prefix) && isNumber)
            found.append({check.id.mid(prefix.size()), ceiling, check.n.value_or(0)});
    }
    return found;
}

} // namespace

CyclesTab::CyclesTab(QWidget *parent)
    : CampaignTab(parent), m_strip(new CycleStrip(m_data)), m_stripArea(new QScrollArea),
      m_charts(new ChartPanel(m_data)) {
    m_stripArea->setWidget(m_strip);
    m_stripArea->setWidgetResizable(true);
    m_stripArea->setFrameShape(QFrame::NoFrame);
    m_stripArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stripArea->viewport()->setAutoFillBackground(false);
    m_strip->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_stripArea);
    layout->addWidget(m_charts, 1);
    connect(m_strip, &CycleStrip::cycleClicked, this, &CyclesTab::cycleRequested);
    connect(m_charts, &ChartPanel::cycleClicked, this, &CyclesTab::cycleRequested);
}

void CyclesTab::grew() {
    m_strip->grew();
    m_stripArea->setFixedHeight(std::min(m_strip->sizeHint().height(), kRowsAtOnce * CycleStrip::kRow + 12));
}

void CyclesTab::setRecord(const CampaignRecord &record) {
    m_data.clear();
    m_data.setPlan(
        record.parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts),
        record.parameters.value(QStringLiteral("cycles")).toInt());
    m_data.append(record.cycles);
    grew();
    m_strip->setSelected(0);
    m_charts->reset();
    if (record.parameters.contains(QStringLiteral("convergence_min")))
        m_charts->setThreshold(record.parameters.value(QStringLiteral("convergence_min")).toDouble());
    if (record.judgement)
        setJudgement(*record.judgement);
}

void CyclesTab::appendCycles(const QList<Cycle> &cycles) {
    m_data.append(cycles);
    grew();
    m_charts->grew();
}

void CyclesTab::setJudgement(const Judgement &judgement) {
    m_charts->setSaturations(saturationsOf(judgement));
    m_charts->refresh(); // a phase has come to its end
}

void CyclesTab::selectCycle(int cycle) {
    m_strip->setSelected(cycle);
    m_charts->setSelected(cycle);
}

void CyclesTab::setMenuActions(const QList<QAction *> &actions) {
    addMenuActions(*m_strip, actions);
}

} // namespace slipway
