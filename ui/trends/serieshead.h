// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesjudgement.h"

#include <QWidget>

class QLabel;
class QMenu;

namespace slipway {

/// The answer of a series: its verdict, why, what was claimed next to it, and its tables as CSV.
class SeriesHead : public QWidget {
    Q_OBJECT
public:
    explicit SeriesHead(QWidget *parent = nullptr);

    void setSeries(const SeriesJudgement &judged);

Q_SIGNALS:
    void exportRequested(const QString &table); ///< "runs", "slots" or "alarms"

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Verdict m_verdict = Verdict::NoEvidence;
    QLabel *m_title;
    QLabel *m_why;
    QLabel *m_facts;
    QLabel *m_claimed;
    QLabel *m_recomputed;
};

} // namespace slipway
