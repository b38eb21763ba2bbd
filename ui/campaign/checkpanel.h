// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QWidget>

#include <functional>

class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace slipway {

/// The first check that is not a plain pass: what it proves, expected and measured, and the bytes it was read
/// from with five lines around them. Where the evidence is not there: which file was expected, from where,
/// what is there instead, and the last line of the log. On a green campaign it says so and stays calm.
class CheckPanel : public QWidget {
    Q_OBJECT
public:
    explicit CheckPanel(QWidget *parent = nullptr);

    void clear(); ///< no campaign
    /// `lastLine` answers with the last line of a phase's log, empty when there is none.
    void setRecord(const CampaignRecord &record, const std::function<QString(int phase)> &lastLine);
    void showCheck(const Check &check);

Q_SIGNALS:
    void sourceRequested(const slipway::SourceRange &source);

private:
    void say(const QString &heading, const QString &text);
    void show(const Check &check, bool first);
    void setFact(int row, const QString &text);
    void showBytes(const Check &check);

    QList<EvidenceFile> m_files;
    QMap<int, QString> m_hosts; ///< on which a phase ran
    std::function<QString(int)> m_lastLine;
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
