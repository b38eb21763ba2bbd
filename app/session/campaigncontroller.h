// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/campaignfeed.h"
#include "app/session/campaignqueries.h"
#include "app/session/campaignstart.h"
#include "app/ssh/sshconnect.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace slipway {

class CampaignStop;
class Rentals;
class RunRecorder;
class RunningCampaign;

/// Begins, resumes and ends the one campaign that runs in this process, and has it written into the archive.
/// What it shows comes by the feed, what its hosts ask by the questions. Lives on the owner's thread; answers
/// come there. The destructor stops following; jobs on the hosts go on.
class CampaignController final : public QObject {
    Q_OBJECT
public:
    struct Parts { ///< all of them live longer
        ArchiveThread &archive;
        const CampaignQueries &queries;
        Rentals &rentals;
        CampaignFeed &feed;
    };
    CampaignController(Paths paths, SshOptions ssh, const Parts &parts);
    ~CampaignController() override;

    /// Refused when the id exists, a host cannot take its role or belongs to another campaign, or a campaign
    /// is running in this process.
    void launch(const LaunchRequest &request, std::function<void(Result<void>)> done);
    /// Resumes a campaign whose process died: what ended is read from its spools, what runs on the hosts is
    /// attached to, the rest is run. Refused while another process leads it.
    void resume(const QString &id, std::function<void(Result<void>)> done);
    /// The newest campaign that was cut off; answers with its id, empty when there is none.
    void resumeLatest(std::function<void(Result<QString>)> done);
    /// Whether the last launch was refused for what campaigns left that nobody leads any more: the same one
    /// with hosts.takeOver ends that. The refusal says whose it is and since when.
    [[nodiscard]] bool canTakeOver() const { return m_canTakeOver; }
    /// Ends the running phase's process groups on their hosts, heals, and ends the campaign as stopped.
    /// stopWaits() says what it waits for; when nothing moves for 14 s it is left, and can be resumed.
    void stop();
    /// Writes a line into the running campaign's journal, notes.log, which is kept with its logs.
    void note(const QString &text);
    [[nodiscard]] QString runningCampaign() const; ///< its id, or empty

Q_SIGNALS:
    void campaignStarted(const slipway::CampaignRecord &record);
    void campaignFinished(const QString &id);
    /// Nobody leads it here any more, and it can be resumed; a problem said why.
    void campaignLeft(const QString &id);
    void stopWaits(const QString &text);
    void problemOccurred(const QString &id, const slipway::Error &error);

private:
    struct Led;

    [[nodiscard]] Result<void> checkIdle() const;
    void prepare(const CampaignStart &start, std::unique_ptr<RunLock> lock,
                 const HostPreparation::Options &options, std::function<void(Result<void>)> done);
    void recordAll(const RunningCampaign &campaign, const QString &id);
    void endPreparation(const Result<void> &result, bool canTakeOver);
    Result<void> begin(const CampaignPlan &plan, bool keepFleet);
    void keep(RunState state, const Judgement &judgement);
    void forget();
    void leave(const Error &why);
    void leaveWhenShort();
    void giveUpStopping(const QString &waitedFor);

    Paths m_paths;
    SshOptions m_ssh;
    Parts m_parts;
    Mailbox m_mailbox;
    std::unique_ptr<RunRecorder> m_recorder;
    std::unique_ptr<CampaignStop> m_stop;
    QTimer m_room; ///< while a campaign runs: looks after what memory is left
    std::unique_ptr<Led> m_led;
    bool m_canTakeOver = false;
};

} // namespace slipway
