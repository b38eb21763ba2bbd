// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/phasecard.h"

#include "models/core/quantitytext.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/common/verdictmark.h"

#include <QGridLayout>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kIcon = 15;

// A click on it is one on the card.
QLabel *label(QWidget *parent, const QFont &font, Tone tone) {
    QLabel *made = makeLabel(parent, font, tone);
    made->setTextInteractionFlags(Qt::NoTextInteraction);
    return made;
}

// From the first start to the last end, or to now while one runs.
qint64 span(const QList<PhaseRun> &runs, bool running) {
    QDateTime from;
    QDateTime to;
    for (const PhaseRun &run : runs) {
        if (!run.startedAt.isValid())
            continue;
        from = from.isValid() ? std::min(from, run.startedAt) : run.startedAt;
        to = to.isValid() ? std::max(to, run.finishedAt) : run.finishedAt;
    }
    if (!from.isValid())
        return -1;
    return from.msecsTo(running || !to.isValid() ? QDateTime::currentDateTimeUtc() : to);
}

} // namespace

PhaseCard::PhaseCard(const Phase &phase, QWidget *parent)
    : QFrame(parent), m_phase(phase), m_title(label(this, strongFont(), Tone::Text)),
      m_time(label(this, smallFont(), Tone::Muted)), m_headline(label(this, numberFont(), Tone::Text)),
      m_detail(new ElidedLabel(2, smallFont(), Tone::Muted, this)) {
    setObjectName(QStringLiteral("card"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setToolTip(phase.proves);
    m_title->setText(QStringLiteral("%1  %2").arg(phase.number).arg(phase.name));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setVerticalSpacing(4);
    layout->setColumnMinimumWidth(0, kIcon + 2);
    layout->addWidget(m_title, 0, 1);
    layout->addWidget(m_time, 0, 2, Qt::AlignRight);
    layout->addWidget(m_headline, 1, 0, 1, 3);
    layout->addWidget(m_detail, 2, 0, 1, 3);
    layout->setColumnStretch(1, 1);
    m_tick.setInterval(500);
    connect(&m_tick, &QTimer::timeout, this, &PhaseCard::updateTime);
    clear();
}

void PhaseCard::clear() {
    setState({}, std::nullopt, false);
    setBlamed(false);
}

void PhaseCard::setState(const QList<PhaseRun> &runs, const std::optional<PhaseJudgement> &judgement,
                         bool campaignRuns) {
    m_runs = runs;
    m_running = std::any_of(runs.begin(), runs.end(),
                            [](const PhaseRun &run) { return run.state == RunState::Running; });
    const bool reached = !runs.isEmpty() || !campaignRuns;
    m_verdict = judgement && reached && !m_running ? std::optional(judgement->verdict) : std::nullopt;
    const auto trouble = std::find_if(runs.begin(), runs.end(), [](const PhaseRun &run) {
        return !run.message.isEmpty() && run.state != RunState::Passed && run.startedAt.isValid();
    });
    if (m_running) {
        m_headline->setText(tr("running"));
    } else if (m_verdict) {
        m_headline->setText(judgement->headline);
        m_detail->setText(trouble != runs.end() ? trouble->message : judgement->detail);
    } else {
        m_headline->setText(reached && !runs.isEmpty() ? tr("ended") : QStringLiteral("–"));
        m_detail->setText(trouble != runs.end() ? trouble->message
                          : campaignRuns        ? tr("waiting")
                                                : QString());
    }
    if (m_running)
        m_tick.start();
    else
        m_tick.stop();
    updateTime();
    setAccessibleName(tr("Phase %1, %2: %3. %4")
                          .arg(m_phase.number)
                          .arg(m_phase.name, m_headline->text(), m_detail->text()));
    update();
}

void PhaseCard::setProgress(int done, int planned) {
    m_done = done;
    m_planned = planned;
    updateTime();
}

void PhaseCard::updateTime() {
    const qint64 elapsed = span(m_runs, m_running);
    m_time->setText(elapsed < 0 ? QString() : durationText(elapsed));
    if (!m_running)
        return;
    const bool counted = m_done > 0 && m_planned >= m_done;
    m_headline->setText(counted ? tr("cycle %1 of %2").arg(m_done).arg(m_planned) : tr("running"));
    const qint64 left =
        counted ? elapsed * (m_planned - m_done) / m_done : m_phase.typicalSeconds * 1000LL - elapsed;
    m_detail->setText(left > 0 ? tr("about %1 left").arg(durationText(left, SpanTo::Second)) : QString());
}

void PhaseCard::setBlamed(bool blamed) {
    m_blamed = blamed;
    update();
}

void PhaseCard::paintEvent(QPaintEvent *event) {
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_blamed && m_verdict) {
        painter.setPen(QPen(theme().of(*m_verdict), 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 8, 8);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme().accent, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), 6, 6);
    }
    const QRectF square(12, m_title->geometry().center().y() - kIcon / 2.0 + 1, kIcon, kIcon);
    if (m_verdict || m_running) {
        paintVerdict(painter, square, m_verdict);
    } else {
        painter.setPen(QPen(theme().line, 1.5));
        painter.drawEllipse(square.adjusted(1, 1, -1, -1));
    }
}

void PhaseCard::mousePressEvent(QMouseEvent *) {
    Q_EMIT clicked(m_phase.number);
}

void PhaseCard::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space)
        Q_EMIT clicked(m_phase.number);
    else
        QFrame::keyPressEvent(event);
}

} // namespace slipway
