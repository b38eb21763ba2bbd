// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QPushButton;

namespace slipway {

class LogView;

/// The logs of a campaign, one at a time, and how far the shown one is complete.
class CampaignLog : public QFrame {
    Q_OBJECT
public:
    explicit CampaignLog(QWidget *parent = nullptr);

    void setStreams(const QList<LogStream> &streams, bool another); ///< another: of another campaign
    void grew();
    void selectPhase(int phase); ///< the longest of its logs: the others start and stop servers
    [[nodiscard]] LogView &view() const { return *m_view; }

private:
    void showStream(int index);

    QList<LogStream> m_streams;
    bool m_chosen = false; ///< by a person; until then the newest stream is shown
    QComboBox *m_box;
    QLabel *m_state;
    QPushButton *m_follow;
    LogView *m_view;
};

} // namespace slipway
