// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/planview.h"

#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTreeWidget>

namespace slipway {

namespace {

constexpr int kStep = Qt::UserRole; // of a run's item: phase, step, host
constexpr int kPhase = Qt::UserRole + 1;
constexpr int kHost = Qt::UserRole + 2;

} // namespace

PlanView::PlanView(QWidget *parent)
    : QWidget(parent), m_runs(new QTreeWidget), m_program(new QPlainTextEdit) {
    m_runs->setHeaderLabels({tr("Phase, step, host"), tr("Program")});
    m_runs->setAccessibleName(tr("What will run"));
    m_runs->setUniformRowHeights(true);
    m_runs->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    connect(m_runs, &QTreeWidget::currentItemChanged, this, &PlanView::showRun);
    m_program->setObjectName(QStringLiteral("excerpt"));
    m_program->setReadOnly(true);
    m_program->setFont(logFont());
    m_program->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_program->setAccessibleName(tr("Environment and program"));
    m_program->setTabChangesFocus(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_runs, 3);
    layout->addWidget(m_program, 2);
    clear({});
}

void PlanView::clear(const QString &why) {
    m_runs->clear();
    m_program->setPlainText(why);
}

void PlanView::setPlan(const CampaignPlan &plan) {
    const QTreeWidgetItem *shown = m_runs->currentItem();
    const auto runOf = [](const QTreeWidgetItem *item) {
        return item ? QVariantList{item->data(0, kPhase), item->data(0, kStep), item->data(0, kHost)}
                    : QVariantList();
    };
    const QVariantList selected = runOf(shown);
    m_plan = plan;
    clear(tr("Select a run to see its environment and its program."));
    for (const int number : plan.phases) {
        const Phase *phase = plan.protocol.phase(number);
        if (!phase)
            continue;
        auto *top = new QTreeWidgetItem(m_runs, {tr("Phase %1 · %2").arg(number).arg(phase->name)});
        top->setToolTip(0, phase->proves);
        top->setFirstColumnSpanned(true);
        for (const Step &step : phase->steps) {
            for (const Host &host : hostsOfStep(plan.fleet, step)) {
                QString program = step.program;
                if (!step.action.isEmpty())
                    program += tr(", action %1").arg(step.action);
                auto *item =
                    new QTreeWidgetItem(top, {step.name + QStringLiteral(" · ") + host.name, program});
                item->setData(0, kPhase, number);
                item->setData(0, kStep, step.name);
                item->setData(0, kHost, host.name);
                if (runOf(item) == selected)
                    m_runs->setCurrentItem(item);
            }
        }
        top->setExpanded(true);
    }
}

void PlanView::showRun() {
    const QTreeWidgetItem *item = m_runs->currentItem();
    const Phase *phase = item ? m_plan.protocol.phase(item->data(0, kPhase).toInt()) : nullptr;
    const Host *host = item ? m_plan.fleet.find(item->data(0, kHost).toString()) : nullptr;
    if (!phase || !host)
        return;
    for (const Step &step : phase->steps) {
        if (step.name != item->data(0, kStep).toString())
            continue;
        QString text = tr("# on %1 at %2\n").arg(host->name, host->address);
        for (const auto &[name, value] : stepEnvironment(m_plan, *phase, step, *host))
            text += QString::fromUtf8(name + '=' + value + '\n');
        const auto program = stepProgram(m_plan, *phase, step);
        text += QLatin1Char('\n') + (program ? QString::fromUtf8(*program) : program.error().text);
        m_program->setPlainText(text);
    }
}

} // namespace slipway
