// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/campaignlog.h"

#include "ui/common/theme.h"
#include "ui/logview/logview.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace slipway {

CampaignLog::CampaignLog(QWidget *parent)
    : QFrame(parent), m_box(new QComboBox), m_state(new QLabel), m_follow(new QPushButton(tr("Follow"))),
      m_view(new LogView) {
    setObjectName(QStringLiteral("pane"));
    m_box->setAccessibleName(tr("Log of"));
    m_box->setMinimumContentsLength(28);
    m_state->setFont(smallFont());
    m_follow->setCheckable(true);
    connect(m_box, &QComboBox::activated, this, [this](int index) {
        m_chosen = true;
        showStream(index);
    });
    connect(m_follow, &QPushButton::toggled, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::followingChanged, m_follow, &QPushButton::setChecked);
    m_follow->setChecked(true);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_box);
    bar->addStretch(1);
    bar->addWidget(m_state);
    bar->addWidget(m_follow);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
}

void CampaignLog::setStreams(const QList<LogStream> &streams, bool another) {
    if (another)
        m_chosen = false;
    const QString shown = m_box->currentData().toString();
    m_streams = streams;
    m_box->clear();
    for (const LogStream &stream : streams) {
        m_box->addItem(tr("Phase %1 · %2 · %3").arg(stream.run.phase).arg(stream.run.step, stream.run.host),
                       stream.run.streamName());
    }
    const int kept = m_box->findData(shown);
    const int index = m_chosen && kept >= 0 ? kept : static_cast<int>(streams.size()) - 1;
    m_box->setCurrentIndex(index);
    m_box->setEnabled(!streams.isEmpty());
    if (another || index != kept || m_box->currentData().toString() != shown || index < 0)
        showStream(index);
    grew();
}

void CampaignLog::showStream(int index) {
    m_view->setSource(index >= 0 && index < m_streams.size() ? m_streams.at(index).source : nullptr);
    grew();
}

void CampaignLog::grew() {
    const int index = m_box->currentIndex();
    if (index < 0 || index >= m_streams.size()) {
        m_state->clear();
        return;
    }
    const LogSource &source = *m_streams.at(index).source;
    m_state->setText(tr("complete to byte %L1 · %L2 lines").arg(source.byteCount()).arg(source.lineCount()));
    m_view->sourceGrew();
}

void CampaignLog::selectPhase(int phase) {
    int longest = -1;
    for (int index = 0; index < static_cast<int>(m_streams.size()); ++index) {
        const LogStream &stream = m_streams.at(index);
        if (stream.run.phase == phase &&
            (longest < 0 || stream.source->byteCount() > m_streams.at(longest).source->byteCount()))
            longest = index;
    }
    if (longest < 0)
        return;
    m_chosen = true;
    m_box->setCurrentIndex(longest);
    showStream(longest);
}

} // namespace slipway
