// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchchoice.h"
#include "models/campaign/campaign.h"
#include "models/core/result.h"
#include "models/protocol/protocol.h"

#include <QObject>

#include <functional>

class QWidget;

namespace slipway {

class LaunchDialog;
class Questions;
class Session;

/// Begins campaigns, resumes one that was interrupted, and stops the one that runs: from the launch sheet,
/// the command line, or a rented fleet's page. Says what went wrong by signal. GUI thread.
class LaunchControl : public QObject {
    Q_OBJECT
public:
    LaunchControl(const Session &session, Protocol protocol, Protocol fieldProtocol,
                  const Questions &questions, QWidget &window);

    /// Shows the launch sheet, when nothing runs. `ids` are taken; an empty fleet is the usual one.
    void ask(const QStringList &ids, const QString &fleet = {});
    /// The same, filled in as this campaign was launched.
    void askAgain(const QStringList &ids, const CampaignRecord &like);
    void launch(const LaunchChoice &choice); ///< offers to take over what nobody leads
    /// Resumes the campaign that was running when the last process ended, if there is one.
    void resumeInterrupted();
    void askStop();
    void stop();
    [[nodiscard]] bool canLaunch() const { return m_canLaunch; }

Q_SIGNALS:
    void launching(); ///< what is launched is looked at
    void busyChanged(bool canStop, bool canLaunch);
    void problemOccurred(const QString &text); ///< empty: the last one is over

private:
    void ask(const QStringList &ids, const std::function<void(LaunchDialog &dialog)> &fill);
    void setBusy(bool canStop, bool canLaunch);
    void refuse(const Error &error);

    const Session &m_session;
    Protocol m_protocol;
    Protocol m_fieldProtocol;
    const Questions &m_questions;
    QWidget &m_window;
    bool m_canLaunch = true;
};

} // namespace slipway
