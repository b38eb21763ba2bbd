// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QStatusBar>

class QLabel;

namespace slipway {

/// The line at the bottom: hosts, the last thing that went wrong or is waited for, the archive.
class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void setHost(const QString &host, const QString &text, bool connected);
    void setProblem(const QString &text);         ///< empty: none
    void setCampaignProblem(const QString &text); ///< of the campaign that is shown
    void leaveCampaign();                         ///< what was said of another one is over
    void setRented(const QString &text);          ///< what costs money at the moment; empty: nothing
    void setArchive(qsizetype campaigns);
    /// A widget between the hosts and the archive's state.
    void addPart(QWidget *part);

private:
    QMap<QString, QLabel *> m_hosts;
    QLabel *m_problem;
    bool m_isOfCampaign = false; ///< what stands there
    QLabel *m_rented;
    QLabel *m_archive;
};

} // namespace slipway
