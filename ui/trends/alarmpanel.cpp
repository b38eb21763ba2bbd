// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/alarmpanel.h"

#include "ui/common/flowlayout.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/trends/alarmdialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kRows = 40; // there is one a rule and subject; the CSV has all

QString whenText(const Alarm &alarm) {
    QString text =
        alarm.first.at.toUTC().toString(QStringLiteral("yyyy-MM-dd hh:mm")) + QStringLiteral(" UTC");
    if (alarm.signalList.size() > 1)
        text += QObject::tr(" · signalled %1 times").arg(alarm.signalList.size());
    if (alarm.action)
        text += QObject::tr(" · %1: “%2”").arg(alarm.action->by, alarm.action->why);
    if (alarm.state == AlarmState::Snoozed && alarm.action)
        text += QObject::tr(" · until %1")
                    .arg(alarm.action->until.toUTC().toString(QStringLiteral("yyyy-MM-dd hh:mm")));
    return text;
}

} // namespace

AlarmPanel::AlarmPanel(QWidget *parent)
    : QWidget(parent), m_count(makeLabel(this, smallFont(), Tone::Muted)), m_rows(new QVBoxLayout),
      m_drill(makeLabel(this, smallFont(), Tone::Muted)) {
    auto *title = makeLabel(this, strongFont(), Tone::Text);
    title->setText(tr("Alarms"));
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addStretch(1);
    head->addWidget(m_count);
    m_rows->setSpacing(10);
    m_rows->addLayout(head);
    m_drill->setWordWrap(true);
    auto *drill = new QPushButton(tr("Run a drill…"));
    drill->setObjectName(QStringLiteral("link"));
    connect(drill, &QPushButton::clicked, this, &AlarmPanel::drillRequested);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 8);
    layout->setSpacing(10);
    layout->addLayout(m_rows);
    layout->addWidget(m_drill);
    layout->addWidget(drill, 0, Qt::AlignLeft);
}

void AlarmPanel::setLastDrill(const std::optional<SeriesDrillNote> &drill) {
    m_drill->setText(tr("Last drill: %1").arg(drillText(drill)));
}

void AlarmPanel::setAlarms(const QList<Alarm> &alarms, const QList<SeriesRun> &runs) {
    const auto open =
        std::count_if(alarms.begin(), alarms.end(), [](const Alarm &alarm) { return alarm.isLoud(); });
    m_count->setText(alarms.isEmpty() ? tr("none") : tr("%1 open of %2").arg(open).arg(alarms.size()));
    QList<Alarm> sorted = alarms;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Alarm &a, const Alarm &b) { return a.isLoud() && !b.isLoud(); });
    delete m_box;
    m_box = new QWidget;
    auto *layout = new QVBoxLayout(m_box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    for (const Alarm &alarm : sorted.mid(0, kRows)) {
        // A missed slot has no run: its number is the slot's.
        const auto it = alarm.first.rule == QLatin1String("schedule-missed")
                            ? runs.end()
                            : std::find_if(runs.begin(), runs.end(), [&](const SeriesRun &run) {
                                  return run.ordinal == alarm.first.run;
                              });
        layout->addWidget(row(alarm, it == runs.end() ? QString() : it->id));
    }
    if (sorted.size() > kRows) {
        auto *rest = makeLabel(m_box, smallFont(), Tone::Muted);
        rest->setText(tr("%1 more are in the table: Export, Alarms as CSV.").arg(sorted.size() - kRows));
        rest->setWordWrap(true);
        layout->addWidget(rest);
    }
    m_rows->addWidget(m_box);
    m_box->show();
}

QWidget *AlarmPanel::row(const Alarm &alarm, const QString &run) {
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    auto *name = makeLabel(box, strongFont(), Tone::Text);
    name->setText(run.isEmpty() ? tr("%1, slot %2").arg(alarm.first.signature()).arg(alarm.first.run)
                                : tr("%1, run %2").arg(alarm.first.signature()).arg(alarm.first.run));
    name->setWordWrap(true);
    auto *state = makeLabel(box, strongFont(), alarm.isLoud() ? Tone::Warning : Tone::Muted);
    state->setText(alarmStateName(alarm.state));
    auto *head = new QHBoxLayout;
    head->addWidget(name, 1);
    head->addWidget(state, 0, Qt::AlignTop);
    layout->addLayout(head);
    auto *reason = makeLabel(box, font(), Tone::Text);
    reason->setText(alarm.first.text);
    reason->setWordWrap(true);
    layout->addWidget(reason);
    auto *when = makeLabel(box, smallFont(), Tone::Muted);
    when->setText(whenText(alarm));
    when->setWordWrap(true);
    layout->addWidget(when);
    auto *buttons = new FlowLayout(14);
    const auto add = [&](const QString &text, const auto &run_) {
        auto *button = new QPushButton(text);
        button->setObjectName(QStringLiteral("link"));
        button->setAccessibleName(tr("%1: %2").arg(text, alarm.first.signature()));
        connect(button, &QPushButton::clicked, this, run_);
        buttons->addWidget(button);
    };
    if (!run.isEmpty())
        add(tr("Open run"), [this, run] { Q_EMIT runRequested(run); });
    if (alarm.state != AlarmState::Resolved) {
        if (alarm.state != AlarmState::Acknowledged)
            add(tr("Acknowledge"), [this, alarm] { ask(alarm, AlarmState::Acknowledged); });
        add(tr("Snooze"), [this, alarm] { ask(alarm, AlarmState::Snoozed); });
        add(tr("Resolve"), [this, alarm] { ask(alarm, AlarmState::Resolved); });
    } else {
        add(tr("Reopen"), [this, alarm] { ask(alarm, AlarmState::Open); });
    }
    layout->addLayout(buttons);
    return box;
}

void AlarmPanel::ask(const Alarm &alarm, AlarmState state) {
    auto *dialog = new AlarmDialog(alarm, state, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { Q_EMIT acted(dialog->action()); });
    dialog->open();
}

} // namespace slipway
