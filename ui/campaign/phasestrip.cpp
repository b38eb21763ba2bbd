// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/phasestrip.h"

#include "models/campaign/expectedend.h"
#include "ui/campaign/phasecard.h"

#include <QHBoxLayout>

#include <algorithm>

namespace slipway {

PhaseStrip::PhaseStrip(const Protocol &protocol, QWidget *parent) : QWidget(parent) {
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    for (const Phase &phase : protocol.phases) {
        auto *card = new PhaseCard(phase, this);
        connect(card, &PhaseCard::clicked, this, &PhaseStrip::clicked);
        layout->addWidget(card, 1);
        m_cards.append(card);
    }
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
