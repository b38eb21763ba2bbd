// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QWidget>

class QLabel;

namespace slipway {

/// The one large thing: the verdict with its shape, why in a sentence, and what was claimed beside it, with a
/// seam where the two differ.
class VerdictHeader : public QWidget {
    Q_OBJECT
public:
    explicit VerdictHeader(QWidget *parent = nullptr);

    void setCampaign(const CampaignSummary &summary, const std::optional<Judgement> &judgement);
    void setProgress(const QString &text); ///< what a running campaign does now

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Verdict> m_verdict;
    bool m_running = false;
    bool m_seam = false;
    QLabel *m_title;
    QLabel *m_reason;
    QLabel *m_meta;
    QLabel *m_claimed;
};

enum class SpanTo { Tenth, Second }; ///< how exact a short span is told
/// "17 min 15 s", "3.2 s"
[[nodiscard]] QString spanText(qint64 milliseconds, SpanTo exact = SpanTo::Tenth);

} // namespace slipway
