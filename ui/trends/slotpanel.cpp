// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/slotpanel.h"

#include "models/core/countof.h"
#include "models/core/quantitytext.h"
#include "models/series/seriescriteria.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/common/verdictmark.h"

#include <QLabel>
#include <QVBoxLayout>

namespace slipway {

namespace {

QString countdownText(qint64 seconds) {
    const qint64 days = seconds / 86400;
    const QString clock = QStringLiteral("%1:%2:%3")
                              .arg(seconds / 3600 % 24)
                              .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                              .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return days > 0 ? QStringLiteral("%1, %2").arg(countOf(days, "day"), clock) : clock;
}

QString burnText(const SeriesJudgement &judged) {
    QStringList lines;
    for (const BurnRate &burn : judged.burn) {
        // Of a budget that is not touched there is nothing to say.
        if (burn.used > 0 || burn.rate)
            lines << burn.text();
    }
    return lines.join(QLatin1Char('\n'));
}

QString cursorText(const SeriesSlot &slot, const QList<SeriesRun> &runs) {
    QStringList lines{QObject::tr("state: %1").arg(slotStateName(slot.state))};
    for (const qsizetype index : slot.runs) {
        const SeriesRun &run = runs.at(index);
        const auto seconds = run.seconds.constFind(kWholeRun);
        lines << QObject::tr("run: %1").arg(run.id)
              << QObject::tr("claims: %1")
                     .arg(!run.claimedPass   ? QObject::tr("nothing")
                          : *run.claimedPass ? QObject::tr("a pass")
                                             : QObject::tr("a fail"))
              << QObject::tr("verdict: %1")
                     .arg(run.verdict ? verdictLabel(*run.verdict) : QObject::tr("under way"))
              << QObject::tr("duration: %1")
                     .arg(seconds == run.seconds.constEnd()
                              ? QObject::tr("not measured")
                              : durationText(qRound64(*seconds * 1000), SpanTo::Second))
              << QObject::tr("lost writes: %1")
                     .arg(run.lost ? QString::number(*run.lost) : QObject::tr("not measured"));
    }
    if (slot.state == SlotState::Excused)
        lines << QObject::tr("excused by %1: %2").arg(slot.excuse.by, slot.excuse.why);
    return lines.join(QLatin1Char('\n'));
}

QString scheduleText(const SeriesDefinition &definition) {
    QStringList lines;
    lines << QObject::tr("grace: %1").arg(durationText(definition.graceSeconds * 1000, SpanTo::Second));
    if (definition.slotCount)
        lines << QObject::tr("slots: %1").arg(*definition.slotCount);
    if (!definition.plan.fleet.isEmpty())
        lines << QObject::tr("fleet: %1").arg(definition.plan.fleet);
    if (!definition.plan.ref.isEmpty())
        lines << QObject::tr("ref: %1").arg(definition.plan.ref);
    lines << QObject::tr("alarms go to: %1")
                 .arg(definition.notices.webhook.isEmpty() ? QObject::tr("standard error and the desktop")
                                                           : QObject::tr("the webhook"));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

SlotPanel::SlotPanel(QWidget *parent) : QWidget(parent) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 14);
    layout->setSpacing(2);
    m_cursorText = section(*layout, tr("At the cursor"), m_cursor);
    m_nextText = section(*layout, tr("Next slot"), m_next);
    m_budgetText = section(*layout, tr("Evidence budget"), m_budget);
    m_scheduleText = section(*layout, tr("Schedule"), m_schedule);
    layout->addStretch(1);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &SlotPanel::countDown);
}

QLabel *SlotPanel::section(QVBoxLayout &layout, const QString &title, QLabel *&large) {
    auto *name = makeLabel(this, strongFont(), Tone::Text);
    name->setText(title);
    large = makeLabel(this, numberFont(), Tone::Text);
    large->setWordWrap(true);
    auto *text = makeLabel(this, smallFont(), Tone::Muted);
    text->setWordWrap(true);
    layout.addSpacing(6);
    layout.addWidget(name);
    layout.addWidget(large);
    layout.addWidget(text);
    layout.addSpacing(6);
    return text;
}

void SlotPanel::setView(std::shared_ptr<const SeriesView> view) {
    m_view = std::move(view);
    if (!m_view)
        return;
    const SeriesJudgement &judged = m_view->judged;
    m_budget->setText(tr("%1 used, %2 allowed")
                          .arg(judged.counts.withoutEvidence)
                          .arg(judged.definition.budgets.withoutEvidence));
    m_budgetText->setText(burnText(judged));
    m_schedule->setText(judged.definition.schedule.isValid() ? judged.definition.schedule.text()
                                                             : tr("none"));
    m_scheduleText->setText(scheduleText(judged.definition));
    countDown();
}

void SlotPanel::setCurrent(qsizetype slot) {
    const bool isThere = m_view && slot >= 0;
    if (!isThere) {
        m_cursor->setText(tr("no slot"));
        m_cursorText->clear();
        return;
    }
    const SeriesSlot &one = m_view->judged.table.slotList.at(slot);
    m_cursor->setText(slotTimeText(one.at));
    m_cursorText->setText(cursorText(one, m_view->judged.runs));
}

void SlotPanel::countDown() {
    const QDateTime next = m_view ? m_view->judged.nextSlot : QDateTime();
    if (!next.isValid()) {
        m_next->setText(tr("none"));
        m_nextText->setText(tr("The series is over."));
        return;
    }
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(next);
    m_next->setText(left >= 0 ? countdownText(left) : tr("due"));
    m_nextText->setText(
        tr("%1 UTC, then %2 of grace")
            .arg(slotTimeText(next),
                 durationText(m_view->judged.definition.graceSeconds * 1000, SpanTo::Second)));
}

void SlotPanel::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_second.start();
    countDown();
}

void SlotPanel::hideEvent(QHideEvent *event) {
    QWidget::hideEvent(event);
    m_second.stop();
}

} // namespace slipway
