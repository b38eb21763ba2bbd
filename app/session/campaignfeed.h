// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/logstreams.h"

#include <QObject>
#include <QTimer>

namespace slipway {

class RunningCampaign;
struct JobSpools;

/// What the campaign that runs in this process has shown so far, and each thing as it comes, for whoever
/// shows it. Lives on the owner's thread.
class CampaignFeed final : public QObject {
    Q_OBJECT
public:
    explicit CampaignFeed(Paths paths);

    /// Listens to it from now on; `record` is what is known of it already.
    void begin(const RunningCampaign &campaign, const CampaignRecord &record);
    void end(); ///< it runs here no more

    [[nodiscard]] const CampaignRecord &record() const { return m_record; }
    /// Streams of a campaign that is archived or running, in the order they were run.
    [[nodiscard]] QList<LogStream> streamsOf(const CampaignRecord &record) const;

Q_SIGNALS:
    void phaseRunChanged(const QString &id, const slipway::PhaseRun &run);
    void cyclesArrived(const QString &id, const QList<slipway::Cycle> &cycles); ///< at most every 50 ms
    void logGrew(const QString &id);                                            ///< at most every 50 ms
    void judged(const QString &id, const slipway::Judgement &judgement); ///< after each phase, and at the end
    void hostConnectionChanged(const QString &host, const QString &text, bool connected);

private:
    void setRun(const PhaseRun &run);

    Paths m_paths;
    CampaignRecord m_record;
    QList<LogStream> m_streams;
    QTimer m_tick; ///< at most one logGrew() in 50 ms
};

} // namespace slipway
