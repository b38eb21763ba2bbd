// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exporter/publishsteps.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>

#include <array>

namespace slipway {

namespace {

constexpr std::array kShown{PublishStep::Fetch, PublishStep::Write, PublishStep::Commit, PublishStep::Push};
constexpr qsizetype kMaxSaid = 2000; // characters

QString stepLabel(PublishStep step) {
    switch (step) {
    case PublishStep::Fetch:
        return PublishSteps::tr("Fetch");
    case PublishStep::Write:
        return PublishSteps::tr("Write");
    case PublishStep::Commit:
        return PublishSteps::tr("Commit");
    case PublishStep::Push:
    case PublishStep::Rebase:
        return PublishSteps::tr("Push");
    }
    return {};
}

} // namespace

QString publishStateLabel(PublishState state) {
    switch (state) {
    case PublishState::Published:
        return PublishSteps::tr("Published");
    case PublishState::Nothing:
        return PublishSteps::tr("Nothing to publish");
    case PublishState::Unreachable:
        return PublishSteps::tr("Not reachable");
    case PublishState::NotAllowed:
        return PublishSteps::tr("Not allowed");
    case PublishState::HookRefused:
        return PublishSteps::tr("Hook refused");
    case PublishState::Conflict:
        return PublishSteps::tr("Conflict");
    case PublishState::NoBranch:
        return PublishSteps::tr("No such branch or remote");
    case PublishState::Raced:
        return PublishSteps::tr("Others were faster");
    case PublishState::Stopped:
        return PublishSteps::tr("Stopped");
    case PublishState::Failed:
        return PublishSteps::tr("Not published");
    case PublishState::Interrupted:
        return PublishSteps::tr("Interrupted");
    }
    return {};
}

PublishSteps::PublishSteps(QWidget *parent)
    : QWidget(parent), m_row(new QWidget), m_attempt(makeLabel(this, font(), Tone::Muted)),
      m_title(makeLabel(this, strongFont(), Tone::Text)), m_text(makeLabel(this, font(), Tone::Text)),
      m_said(makeLabel(this, logFont(), Tone::Muted)) {
    auto *row = new QHBoxLayout(m_row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(20);
    for (std::size_t i = 0; i < kShown.size(); ++i) {
        m_steps << makeLabel(this, font(), Tone::Muted);
        row->addWidget(m_steps.constLast());
    }
    row->addWidget(m_attempt);
    row->addStretch(1);
    m_title->setObjectName(QStringLiteral("ending"));
    m_text->setWordWrap(true);
    m_said->setWordWrap(true);
    for (QLabel *label : {m_title, m_text, m_said})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_row);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_said);
    clear();
}

void PublishSteps::clear() {
    for (QWidget *widget : {m_row, static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_text),
                            static_cast<QWidget *>(m_said)})
        widget->hide();
}

void PublishSteps::showSteps(int now, bool ended) {
    for (int i = 0; i < m_steps.size(); ++i) {
        const QString mark = i < now   ? QStringLiteral("✓")
                             : i > now ? QStringLiteral("○")
                             : ended   ? QStringLiteral("✗")
                                       : QStringLiteral("▸");
        m_steps.at(i)->setText(mark + QLatin1Char(' ') + stepLabel(kShown.at(static_cast<std::size_t>(i))));
        m_steps.at(i)->setFont(i == now ? strongFont() : font());
        setTone(*m_steps.at(i), i == now ? Tone::Text : Tone::Muted);
    }
    m_row->show();
}

void PublishSteps::setStep(PublishStep step, int attempt) {
    clear();
    showSteps(static_cast<int>(step == PublishStep::Rebase ? PublishStep::Push : step), false);
    m_attempt->setText(step == PublishStep::Rebase
                           ? tr("somebody pushed meanwhile: writing it again on top of theirs")
                       : attempt > 1 ? tr("attempt %1").arg(attempt)
                                     : QString());
}

void PublishSteps::setReport(const PublishReport &report) {
    clear();
    const int step = static_cast<int>(report.step == PublishStep::Rebase ? PublishStep::Push : report.step);
    showSteps(report.ok() ? static_cast<int>(m_steps.size()) : step, true);
    m_attempt->setText(report.attempts > 1 ? tr("%1 attempts").arg(report.attempts) : QString());
    setNote(publishStateLabel(report.state), report.text, !report.ok());
    if (report.ok() && !report.commit.isEmpty())
        m_text->setText(tr("%1\nCommit %2").arg(report.text, report.commit));
    m_said->setText(report.said.left(kMaxSaid));
    m_said->setVisible(!report.said.isEmpty());
}

void PublishSteps::setNote(const QString &title, const QString &text, bool isProblem) {
    m_title->setText(title);
    setTone(*m_title, isProblem ? Tone::Warning : Tone::Text);
    m_text->setText(text);
    m_title->setVisible(!title.isEmpty());
    m_text->setVisible(!text.isEmpty());
    m_said->hide();
}

} // namespace slipway
