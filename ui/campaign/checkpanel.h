// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace slipway {

/// The first check that is no plain pass: what it proves, expected and measured, and the bytes it was read
/// from. On a green campaign it says so and stays calm.
class CheckPanel : public QWidget {
    Q_OBJECT
public:
    explicit CheckPanel(QWidget *parent = nullptr);

    void setRecord(const CampaignRecord &record);
    void showCheck(const Check &check, const QList<EvidenceFile> &files);

private:
    QLabel *m_heading;
    QLabel *m_proves;
    QLabel *m_facts;
    QLabel *m_reason;
    QPlainTextEdit *m_bytes;
};

} // namespace slipway
