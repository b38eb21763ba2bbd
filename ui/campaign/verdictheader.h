// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace slipway {

/// The one large thing: the verdict with its shape, why in a sentence, how old, and what was claimed next to
/// it, with a seam where the two differ.
class VerdictHeader : public QWidget {
    Q_OBJECT
public:
    explicit VerdictHeader(QWidget *parent = nullptr);

    void setRecord(const CampaignRecord &record);
    void setStanding(const CampaignEntry &entry); ///< how it stands among the others
    void setProgress(const QString &text);        ///< what a running campaign does now

Q_SIGNALS:
    void exportRequested();

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showFacts();

    std::optional<Verdict> m_verdict;
    bool m_running = false;
    bool m_seam = false;
    QStringList m_facts; ///< of the campaign itself
    QString m_age;
    QLabel *m_title;
    QLabel *m_reason;
    QLabel *m_claim; ///< what the verdict is of
    QLabel *m_meta;
    QLabel *m_claimed;
    QLabel *m_classes;
    QPushButton *m_export;
};

} // namespace slipway
