// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/phasestrip.h"

#include "ui/campaign/phasecard.h"

#include <QHBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kChaos = 4; // the phase that has cycles

} // namespace

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
        card->setProgress(card->number() == kChaos ? static_cast<int>(record.cycles.size()) : 0,
                          plannedCycles(record));
        card->setBlamed(!running && record.judgement && record.judgement->blamedPhase == card->number());
    }
}

int plannedCycles(const CampaignRecord &record) {
    const qsizetype faults =
        record.parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts).size();
    return record.parameters.value(QStringLiteral("cycles")).toInt() * static_cast<int>(faults);
}

QString progressText(const CampaignRecord &record, const Protocol &protocol) {
    const auto run = std::find_if(record.phaseRuns.rbegin(), record.phaseRuns.rend(),
                                  [](const PhaseRun &one) { return one.state == RunState::Running; });
    if (run == record.phaseRuns.rend())
        return {};
    const Phase *phase = protocol.phase(run->phase);
    QString text = PhaseStrip::tr("Phase %1 of %2, %3")
                       .arg(run->phase)
                       .arg(protocol.phases.size())
                       .arg(phase ? phase->name.toLower() : run->step);
    if (run->phase == kChaos && !record.cycles.isEmpty())
        text += PhaseStrip::tr(": cycle %1 of %2").arg(record.cycles.size()).arg(plannedCycles(record));
    return text;
}

} // namespace slipway
