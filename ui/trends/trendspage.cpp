// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendspage.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/trends/trendchart.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMap>

#include <algorithm>

namespace slipway {

TrendsPage::TrendsPage(QWidget *parent)
    : QWidget(parent), m_series(new QComboBox), m_summary(makeLabel(this, font(), Tone::Muted)),
      m_empty(makeLabel(this, font(), Tone::Muted)), m_chart(new TrendChart) {
    auto *title = makeLabel(this, titleFont(), Tone::Text);
    title->setText(tr("Trends"));
    m_series->setAccessibleName(tr("Series of campaigns"));
    m_series->setMinimumContentsLength(28);
    setFocusProxy(m_series);
    m_summary->setWordWrap(true);
    m_empty->setWordWrap(true);
    m_empty->setText(
        tr("No campaign yet. Campaigns whose ids differ only in the -r<number> at the end form a series."));
    m_empty->setAlignment(Qt::AlignCenter);
    connect(m_series, &QComboBox::currentIndexChanged, this, &TrendsPage::showSeries);
    connect(m_chart, &TrendChart::chosen, this, &TrendsPage::campaignRequested);
    auto *top = new QHBoxLayout;
    top->setSpacing(14);
    top->addWidget(title);
    top->addWidget(m_series);
    top->addWidget(m_summary, 1);
    auto *pane = new QFrame;
    pane->setObjectName(QStringLiteral("pane"));
    auto *paneLayout = new QVBoxLayout(pane);
    paneLayout->setContentsMargins(14, 14, 14, 8);
    paneLayout->addWidget(m_chart, 1);
    paneLayout->addWidget(m_empty, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(14);
    layout->addLayout(top);
    layout->addWidget(pane, 1);
}

void TrendsPage::setEntries(const QList<CampaignEntry> &entries) {
    m_entries = entries;
    m_stale = true;
    if (isVisible())
        fill();
}

void TrendsPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    if (m_stale)
        fill();
}

void TrendsPage::fill() {
    m_stale = false;
    QMap<QString, int> sizes;
    for (const CampaignEntry &entry : std::as_const(m_entries))
        ++sizes[entry.series];
    const QString shown = m_series->currentData().toString();
    QString largest;
    {
        const QSignalBlocker blocker(m_series);
        m_series->clear();
        for (auto it = sizes.constBegin(); it != sizes.constEnd(); ++it) {
            m_series->addItem(tr("%1 · %2").arg(it.key()).arg(it.value()), it.key());
            if (it.value() > sizes.value(largest))
                largest = it.key();
        }
        const int kept = m_series->findData(shown);
        m_series->setCurrentIndex(kept >= 0 ? kept : m_series->findData(largest));
    }
    showSeries();
}

void TrendsPage::showSeries() {
    const QString series = m_series->currentData().toString();
    QList<CampaignSummary> campaigns;
    int proven = 0;
    int unproven = 0;
    for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
        if (entry->series != series)
            continue;
        campaigns << entry->summary;
        proven += entry->summary.verdict == Verdict::Proven ? 1 : 0;
        unproven += entry->summary.verdict == Verdict::UnprovenPass ? 1 : 0;
    }
    m_chart->setCampaigns(campaigns);
    m_chart->setVisible(!campaigns.isEmpty());
    m_empty->setVisible(campaigns.isEmpty());
    m_series->setEnabled(m_series->count() > 0);
    m_summary->setText(campaigns.isEmpty()
                           ? QString()
                           : tr("Of %1: %2 proven, %3 unproven passes; bars show how long each took")
                                 .arg(campaigns.size())
                                 .arg(proven)
                                 .arg(unproven));
}

} // namespace slipway
