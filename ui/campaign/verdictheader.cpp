// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/verdictheader.h"

#include "ui/common/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace slipway {

namespace {

constexpr int kIcon = 30;

QLabel *plainLabel(QWidget *parent, const QFont &font, const QColor &color) {
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(font);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
    return label;
}

} // namespace

QString spanText(qint64 milliseconds, SpanTo exact) {
    if (milliseconds < 60'000)
        return QStringLiteral("%1 s").arg(static_cast<double>(milliseconds) / 1000, 0, 'f',
                                          milliseconds < 10'000 && exact == SpanTo::Tenth ? 1 : 0);
    return QStringLiteral("%1 min %2 s").arg(milliseconds / 60'000).arg(milliseconds / 1000 % 60);
}

VerdictHeader::VerdictHeader(QWidget *parent)
    : QWidget(parent), m_title(plainLabel(this, titleFont(), theme().text)),
      m_reason(plainLabel(this, strongFont(), theme().text)), m_meta(plainLabel(this, font(), theme().muted)),
      m_claimed(plainLabel(this, font(), theme().muted)) {
    m_reason->setWordWrap(true);
    m_meta->setWordWrap(true);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(kIcon + 16, 0, 0, 0);
    layout->setHorizontalSpacing(16);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_title, 0, 0, 2, 1, Qt::AlignLeft | Qt::AlignVCenter);
    layout->addWidget(m_reason, 0, 1, Qt::AlignBottom);
    layout->addWidget(m_meta, 1, 1, Qt::AlignTop);
    layout->addWidget(m_claimed, 0, 2, 2, 1, Qt::AlignRight | Qt::AlignVCenter);
    layout->setColumnStretch(1, 1);
    setMinimumHeight(56);
}

void VerdictHeader::setCampaign(const CampaignSummary &summary, const std::optional<Judgement> &judgement) {
    m_running = summary.state == RunState::Running;
    m_verdict = m_running || !judgement ? std::nullopt : std::optional(judgement->verdict);
    m_title->setText(m_verdict ? verdictLabel(*m_verdict) : m_running ? tr("Running") : tr("Not judged"));
    QPalette palette = m_title->palette();
    palette.setColor(QPalette::WindowText, m_verdict ? theme().of(*m_verdict) : theme().accent);
    m_title->setPalette(palette);
    m_reason->setText(m_running   ? tr("The campaign is running; phases are judged as they end.")
                      : judgement ? judgement->reason
                                  : summary.reason);
    QStringList meta{summary.id};
    if (!summary.ref.isEmpty())
        meta << summary.ref;
    if (!summary.fleet.isEmpty())
        meta << tr("fleet %1").arg(summary.fleet);
    if (summary.startedAt.isValid())
        meta << summary.startedAt.toUTC().toString(QStringLiteral("d MMM yyyy HH:mm 'UTC'"));
    if (summary.startedAt.isValid() && summary.finishedAt.isValid())
        meta << spanText(summary.startedAt.msecsTo(summary.finishedAt));
    if (!m_running && summary.state == RunState::Stopped)
        meta << tr("stopped");
    m_meta->setText(meta.join(QStringLiteral(" · ")));
    const bool holds = m_verdict == Verdict::Proven || m_verdict == Verdict::UnprovenPass;
    m_seam = m_verdict && summary.claimedPass && *summary.claimedPass != holds;
    m_claimed->setText(!summary.claimedPass || m_running ? QString()
                       : m_seam                          ? tr("claimed %1,\nthe evidence says otherwise")
                                      .arg(*summary.claimedPass ? tr("pass") : tr("fail"))
                                : tr("claimed %1").arg(*summary.claimedPass ? tr("pass") : tr("fail")));
    setAccessibleName(m_title->text() + QStringLiteral(". ") + m_reason->text());
    update();
}

void VerdictHeader::setProgress(const QString &text) {
    if (m_running)
        m_reason->setText(text);
}

void VerdictHeader::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const QRectF square(2, (height() - kIcon) / 2.0, kIcon, kIcon);
    if (m_verdict || m_running)
        paintVerdict(painter, square, m_verdict);
    if (m_seam) {
        painter.setPen(QPen(theme().fail, 2));
        const int x = m_claimed->geometry().left() - 10;
        painter.drawLine(x, 6, x, height() - 6);
    }
}

} // namespace slipway
