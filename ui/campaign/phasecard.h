// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/protocol/protocol.h"

#include <QFrame>
#include <QTimer>

class QLabel;

namespace slipway {

class ElidedLabel;

/// One phase: its verdict's shape, name, how long it took or has left, the number that counts, and a line
/// below it.
class PhaseCard : public QFrame {
    Q_OBJECT
public:
    explicit PhaseCard(const Phase &phase, QWidget *parent = nullptr);

    void clear();
    /// The phase's runs, and what the rules say of it when they have.
    void setState(const QList<PhaseRun> &runs, const std::optional<PhaseJudgement> &judgement,
                  bool campaignRuns);
    void setBlamed(bool blamed);
    /// How far the phase is, where it is countable: the expected end follows from it.
    void setProgress(int done, int planned);
    [[nodiscard]] int number() const { return m_phase.number; }

Q_SIGNALS:
    void clicked(int phase);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateTime();

    Phase m_phase;
    QList<PhaseRun> m_runs;
    std::optional<Verdict> m_verdict;
    bool m_running = false;
    bool m_blamed = false;
    QLabel *m_title;
    QLabel *m_time;
    QLabel *m_headline;
    ElidedLabel *m_detail;
    int m_done = 0;
    int m_planned = 0;
    QTimer m_tick;
};

} // namespace slipway
