// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace slipway {

class CampaignController;
class LaunchControl;
class NarrativeTab;
class Questions;

/// Whether the window may close: asks about a campaign that runs and about what is written and not saved.
/// Stops the campaign when a person says so, and reports when that is done. GUI thread.
class CloseQuestion : public QObject {
    Q_OBJECT
public:
    struct Parts { ///< all of them live longer
        const CampaignController &campaigns;
        LaunchControl &launch;
        const NarrativeTab &narrative;
        const Questions &questions;
    };
    CloseQuestion(const Parts &parts, QObject *parent);

    /// No more question about what runs: it goes on, on its hosts. For the end of a session.
    void endSession() { m_sessionEnds = true; }
    [[nodiscard]] bool mayClose(); ///< asks

Q_SIGNALS:
    void stopped(); ///< the campaign, for the window to close

private:
    bool mayLeaveRunning();
    [[nodiscard]] bool mayLoseDrafts() const;

    Parts m_parts;
    bool m_closesWhenStopped = false;
    bool m_sessionEnds = false;
};

} // namespace slipway
