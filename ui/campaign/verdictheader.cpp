// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/verdictheader.h"

#include "models/core/quantitytext.h"
#include "models/evidence/verdictclaim.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/common/verdictmark.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kIcon = 30;
constexpr int kClaimNextToEms = 44; // in heights of a line

// "evidence 6 files", "evidence 5 of 6 files" where one is empty or could not be read
QString evidenceText(const QList<EvidenceFile> &files) {
    const auto unread = std::count_if(files.begin(), files.end(), [](const EvidenceFile &file) {
        return !file.problem.isEmpty() || file.bytes.isEmpty();
    });
    const qsizetype whole = files.size() - unread;
    if (unread > 0)
        return VerdictHeader::tr("evidence %1 of %2 files").arg(whole).arg(files.size());
    return files.size() == 1 ? VerdictHeader::tr("evidence 1 file")
                             : VerdictHeader::tr("evidence %1 files").arg(files.size());
}

QStringList factsOf(const CampaignRecord &record) {
    const CampaignSummary &summary = record.summary;
    QStringList facts{summary.id};
    if (!summary.ref.isEmpty())
        facts << summary.ref;
    if (!summary.fleet.isEmpty())
        facts << VerdictHeader::tr("fleet %1").arg(summary.fleet);
    const QDateTime at = summary.startedAt.isValid() ? summary.startedAt : summary.finishedAt;
    if (at.isValid())
        facts << at.toUTC().toString(QStringLiteral("d MMM yyyy HH:mm 'UTC'"));
    if (summary.startedAt.isValid() && summary.finishedAt.isValid())
        facts << durationText(summary.startedAt.msecsTo(summary.finishedAt));
    if (summary.state == RunState::Stopped)
        facts << VerdictHeader::tr("stopped");
    if (summary.state != RunState::Running)
        facts << evidenceText(record.files);
    return facts;
}

// "Lost"
QString stateLabel(RunState state) {
    const QString name = runStateName(state);
    return name.left(1).toUpper() + name.mid(1);
}

QString claimText(bool claimed, bool seam) {
    const QString word = claimed ? VerdictHeader::tr("pass") : VerdictHeader::tr("fail");
    return seam ? VerdictHeader::tr("its summary says %1,\nthe evidence says otherwise").arg(word)
                : VerdictHeader::tr("its summary says %1").arg(word);
}

} // namespace

VerdictHeader::VerdictHeader(QWidget *parent)
    : QWidget(parent), m_title(makeLabel(this, titleFont(), Tone::Text)),
      m_reason(makeLabel(this, strongFont(), Tone::Text)), m_claim(makeLabel(this, font(), Tone::Text)),
      m_meta(makeLabel(this, font(), Tone::Muted)), m_claimed(makeLabel(this, font(), Tone::Muted)),
      m_classes(makeLabel(this, smallFont(), Tone::Muted)), m_export(new QPushButton(tr("Export"))) {
    for (QLabel *label : {m_reason, m_claim, m_meta, m_claimed, m_classes})
        label->setWordWrap(true); // the window does not get wider for what they say
    m_claimed->setAlignment(Qt::AlignLeft);
    m_classes->setToolTip(tr("Checks that fail speak for the product, invalid evidence for the harness, "
                             "missing evidence for the infrastructure."));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(kIcon + 16, 0, 0, 0);
    layout->setHorizontalSpacing(16);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_title, 0, 0, 4, 1, Qt::AlignLeft | Qt::AlignVCenter);
    layout->addWidget(m_reason, 0, 1, Qt::AlignBottom);
    layout->addWidget(m_claim, 1, 1);
    layout->addWidget(m_meta, 2, 1, Qt::AlignTop);
    layout->addWidget(m_claimed, 0, 2, 3, 1, Qt::AlignVCenter);
    layout->addWidget(m_classes, 3, 1);
    layout->addWidget(m_export, 0, 3, 3, 1, Qt::AlignRight | Qt::AlignVCenter);
    m_export->setObjectName(QStringLiteral("export"));
    m_export->setToolTip(tr("Shows what publishing it would change in the Pages repo. Key: Ctrl+E"));
    connect(m_export, &QPushButton::clicked, this, &VerdictHeader::exportRequested);
    layout->setColumnStretch(1, 1);
    layout->setRowStretch(0, 1);
    layout->setRowStretch(2, 1);
    setMinimumHeight(56);
}

void VerdictHeader::setRecord(const CampaignRecord &record) {
    const CampaignSummary &summary = record.summary;
    const auto &judgement = record.judgement;
    m_running = summary.state == RunState::Running;
    m_verdict = m_running || !judgement ? std::nullopt : std::optional(judgement->verdict);
    m_export->setEnabled(!m_running);
    m_title->setText(m_running   ? tr("Running")
                     : m_verdict ? verdictLabel(*m_verdict)
                                 : stateLabel(summary.state));
    setTone(*m_title, m_verdict ? toneOf(*m_verdict) : m_running ? Tone::Accent : Tone::Muted);
    m_reason->setText(m_running   ? tr("The campaign is running; phases are judged as they end.")
                      : judgement ? judgement->reason
                                  : summary.reason);
    m_claim->setText(m_verdict ? claimSentence(*m_verdict, judgement->claim) : QString());
    m_claim->setVisible(!m_claim->text().isEmpty());
    m_facts = factsOf(record);
    m_age.clear();
    showFacts();
    const bool holds = m_verdict == Verdict::Proven || m_verdict == Verdict::UnprovenPass;
    m_seam = m_verdict && summary.claimedPass && *summary.claimedPass != holds;
    m_claimed->setText(summary.claimedPass && !m_running ? claimText(*summary.claimedPass, m_seam)
                                                         : QString());
    const bool red = m_verdict && !holds;
    if (red) {
        const ClassCounts counts = countByClass(judgement->checks);
        m_classes->setText(tr("checks: %1 product · %2 harness · %3 infrastructure")
                               .arg(counts[0])
                               .arg(counts[1])
                               .arg(counts[2]));
    }
    m_classes->setVisible(red);
    setAccessibleName(m_title->text() + QStringLiteral(". ") + m_reason->text() +
                      (m_claim->text().isEmpty() ? QString() : QStringLiteral(". ") + m_claim->text()) +
                      (m_seam ? QStringLiteral(". ") + m_claimed->text() : QString()));
    update();
}

void VerdictHeader::setStanding(const CampaignEntry &entry) {
    m_age = !entry.needsLook()   ? QString()
            : entry.redRuns == 1 ? tr("red since this run")
                                 : tr("red since %1 (%2 runs)").arg(entry.redSince).arg(entry.redRuns);
    showFacts();
}

void VerdictHeader::showFacts() {
    m_meta->setText((m_age.isEmpty() ? m_facts : m_facts + QStringList{m_age}).join(QStringLiteral(" · ")));
}

void VerdictHeader::setProgress(const QString &text) {
    if (m_running)
        m_reason->setText(text);
}

// Where there is no room next to it, what the summary claims stands below.
void VerdictHeader::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    auto *grid = static_cast<QGridLayout *>(layout());
    if (width() < kClaimNextToEms * fontMetrics().height())
        grid->addWidget(m_claimed, 4, 1);
    else
        grid->addWidget(m_claimed, 0, 2, 3, 1, Qt::AlignVCenter);
}

// What is painted here follows the labels, also when they are laid out after what was shown.
bool VerdictHeader::event(QEvent *event) {
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        update();
    return done;
}

void VerdictHeader::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const QRectF square(2, m_title->geometry().center().y() - kIcon / 2.0 + 1, kIcon, kIcon);
    if (m_verdict || m_running)
        paintVerdict(painter, square, m_verdict);
    else
        paintHatch(painter, square);
    if (!m_claimed->text().isEmpty()) {
        painter.setPen(QPen(m_seam ? theme().fail : theme().line, m_seam ? 2 : 1));
        const int x = m_claimed->geometry().left() - 10;
        painter.drawLine(x, m_claimed->geometry().top(), x, m_claimed->geometry().bottom());
    }
}

} // namespace slipway
