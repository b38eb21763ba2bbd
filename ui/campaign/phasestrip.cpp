// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/phasestrip.h"

#include "models/campaign/expectedend.h"
#include "ui/campaign/phasecard.h"

#include <QGridLayout>

#include <algorithm>

namespace slipway {

PhaseStrip::PhaseStrip(const Protocol &protocol, QWidget *parent) : QWidget(parent) {
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(10);
    for (const Phase &phase : protocol.phases) {
        auto *card = new PhaseCard(phase, this);
        connect(card, &PhaseCard::clicked, this, &PhaseStrip::clicked);
        m_cards.append(card);
    }
    arrange();
}

// All side by side, or in two rows where their titles would be cut.
void PhaseStrip::arrange() {
    const int count = static_cast<int>(m_cards.size());
    int needed = 0;
    for (const PhaseCard *card : std::as_const(m_cards))
        needed = std::max(needed, card->minimumSizeHint().width() + m_grid->spacing());
    needed *= count;
    const int columns = width() >= needed || count < 2 ? count : (count + 1) / 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < count; ++i) {
        m_grid->addWidget(m_cards.at(i), i / columns, i % columns);
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
    }
}

void PhaseStrip::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    arrange();
}

void PhaseStrip::setRecord(const CampaignRecord &record) {
    const bool running = record.summary.state == RunState::Running;
    for (PhaseCard *card : std::as_const(m_cards)) {
        QList<PhaseRun> runs;
        std::copy_if(record.phaseRuns.begin(), record.phaseRuns.end(), std::back_inserter(runs),
                     [card](const PhaseRun &run) { return run.phase == card->number(); });
        std::optional<PhaseJudgement> judgement;
        if (record.judgement) {
            for (const PhaseJudgement &phase : record.judgement->phases) {
                if (phase.phase == card->number())
                    judgement = phase;
            }
        }
        card->setState(runs, judgement, running);
        card->setProgress(card->number() == kChaosPhase ? static_cast<int>(record.cycles.size()) : 0,
                          plannedCycles(record));
        card->setBlamed(!running && record.judgement && record.judgement->blamedPhase == card->number());
    }
}

} // namespace slipway
