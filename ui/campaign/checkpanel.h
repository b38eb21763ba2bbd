// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace slipway {

/// The first check that is no plain pass: what it proves, expected and measured, and the bytes it was read
/// from. On a green campaign it says so and stays calm.
class CheckPanel : public QWidget {
    Q_OBJECT
public:
    explicit CheckPanel(QWidget *parent = nullptr);

    void clear(); ///< no campaign
    void setRecord(const CampaignRecord &record);
    /// `first`: the check that decides, not one that a person picked.
    void showCheck(const Check &check, const QList<EvidenceFile> &files, bool first = false);

Q_SIGNALS:
    void sourceWanted(const slipway::SourceRange &source);

private:
    void say(const QString &heading, const QString &text);
    void setFact(int row, const QString &text);

    QLabel *m_heading;
    QLabel *m_proves;
    QWidget *m_facts;
    QGridLayout *m_grid;
    QPushButton *m_source;
    QLabel *m_reason;
    QPlainTextEdit *m_bytes;
    SourceRange m_range;
};

} // namespace slipway
