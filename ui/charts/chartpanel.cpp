// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartpanel.h"

#include "ui/charts/faultchart.h"
#include "ui/charts/measurechart.h"
#include "ui/charts/settlechart.h"
#include "ui/common/theme.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace slipway {

ChartPanel::ChartPanel(const CycleData &cycles, QWidget *parent)
    : QWidget(parent), m_data(cycles), m_choice(new QButtonGroup(this)), m_stack(new QStackedWidget),
      m_note(new QLabel), m_convergence(new CycleChart(cycles)),
      m_outcomes(new MeasureChart(MeasureChart::Kind::Outcomes, cycles)),
      m_latency(new MeasureChart(MeasureChart::Kind::Latency, cycles)), m_fault(new FaultChart),
      m_settling(new SettleChart) {
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(6);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    addChart(m_convergence, tr("Convergence"));
    addChart(m_outcomes, tr("Writes"));
    addChart(m_latency, tr("Latency"));
    addChart(m_fault, tr("Fault window"));
    addChart(m_settling, tr("Phase 2"));
    for (QAbstractButton *button : m_choice->buttons())
        bar->addWidget(button);
    m_note->setFont(smallFont());
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    bar->addWidget(m_note, 1);
    auto *saving = new QPushButton(tr("Save picture"));
    saving->setObjectName(QStringLiteral("chip"));
    saving->setAutoDefault(false);
    saving->setToolTip(tr("As PNG or SVG; Ctrl+C copies the chart"));
    connect(saving, &QPushButton::clicked, this,
            [this] { save(*static_cast<PlotView *>(m_stack->currentWidget())); });
    bar->addWidget(saving);
    connect(m_choice, &QButtonGroup::idClicked, this, &ChartPanel::choose);
    connect(m_convergence, &CycleChart::cycleClicked, this, &ChartPanel::cycleClicked);
    connect(m_outcomes, &MeasureChart::cycleClicked, this, &ChartPanel::cycleClicked);
    connect(m_latency, &MeasureChart::cycleClicked, this, &ChartPanel::cycleClicked);
    m_choice->button(0)->setChecked(true);
}

void ChartPanel::addChart(PlotView *chart, const QString &title) {
    auto *button = new QPushButton(title);
    button->setObjectName(QStringLiteral("chip"));
    button->setAutoDefault(false);
    button->setCheckable(true);
    button->setAccessibleName(tr("Chart: %1").arg(title));
    m_choice->addButton(button, m_stack->addWidget(chart));
    connect(chart, &PlotView::saveRequested, this, [this, chart] { save(*chart); });
}

void ChartPanel::choose(int index) {
    m_stack->setCurrentIndex(index);
    wantShown();
}

// What is only in the observations is read when it is looked at.
void ChartPanel::wantShown() {
    const QWidget *shown = m_stack->currentWidget();
    if (shown == m_fault && m_selected > 0 && m_traced != m_selected) {
        m_traced = m_selected;
        Q_EMIT traceRequested(faultOf(m_selected), m_selected);
    } else if (shown == m_settling && !m_settlingAsked) {
        m_settlingAsked = true;
        Q_EMIT settlingRequested();
    }
}

// Of the classes that have this cycle the one that lost most.
QString ChartPanel::faultOf(int cycle) const {
    QString fault;
    qint32 lowest = 0;
    for (const CycleSeries &series : m_data.classes()) {
        const qsizetype index = series.indexFrom(cycle);
        if (index >= series.size() || series.number(index) != cycle)
            continue;
        const qint32 share = series.column(Measure::ConvergedShare).at(index);
        if (fault.isEmpty() || (share >= 0 && share < lowest)) {
            fault = series.fault();
            lowest = share < 0 ? kWhole : share;
        }
    }
    return fault;
}

void ChartPanel::reset() {
    m_selected = m_traced = 0;
    m_settlingAsked = false;
    m_note->clear();
    m_convergence->reset();
    m_outcomes->reset();
    m_latency->reset();
    m_fault->setWords(tr("Select a cycle to see its writes and the fault."));
    m_settling->setSettling({});
    setSelected(0);
}

void ChartPanel::grew() {
    m_convergence->grew();
    m_outcomes->grew();
    m_latency->grew();
}

void ChartPanel::setThreshold(double threshold) {
    m_convergence->setThreshold(threshold);
}

void ChartPanel::setSaturations(const QList<Saturation> &saturations) {
    m_convergence->setSaturations(saturations);
}

void ChartPanel::setSelected(int cycle) {
    m_selected = cycle;
    m_convergence->setSelected(cycle);
    m_outcomes->setSelected(cycle);
    m_latency->setSelected(cycle);
    wantShown();
}

void ChartPanel::refresh() {
    m_traced = 0;
    m_settlingAsked = false;
    wantShown();
}

void ChartPanel::setTrace(const CycleTrace &trace) {
    if (trace.number == m_selected)
        m_fault->setTrace(trace);
}

void ChartPanel::setSettling(const Settling &settling) {
    m_settling->setSettling(settling);
}

void ChartPanel::setProblem(const Error &error) {
    m_traced = 0;
    m_settlingAsked = false;
    m_note->setText(error.text);
    m_note->setToolTip(error.text.toHtmlEscaped());
}

void ChartPanel::save(PlotView &chart) {
    auto *dialog = new QFileDialog(this, tr("Save %1").arg(chart.accessibleName()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PNG picture (*.png)"), tr("SVG drawing (*.svg)")});
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("*.svg")) ? QStringLiteral("svg")
                                                                         : QStringLiteral("png"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, &chart](const QString &path) {
        const auto saved = savePicture(chart.picture(), path);
        m_note->setText(saved ? tr("Saved %1").arg(path) : saved.error().text);
        m_note->setToolTip(m_note->text().toHtmlEscaped());
    });
    dialog->open();
}

} // namespace slipway
