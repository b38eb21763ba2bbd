// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/campaignstore.h"
#include "app/campaign/fieldscripts.h"
#include "app/campaign/hostpreparation.h"
#include "app/core/paths.h"
#include "app/pages/import/pagesimport.h"
#include "app/pages/publish/pagesexport.h"
#include "app/pages/publish/pagespublish.h"
#include "models/campaign/campaignentry.h"
#include "models/evidence/comparison.h"
#include "models/fleet/fleet.h"
#include "models/log/logsource.h"
#include "models/protocol/protocol.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <stop_token>

namespace slipway {

class ArchiveThread;
enum class ArchiveUse;
class CampaignRunner;
class CampaignStop;
class EvidenceNumbers;
struct InsightFinding;
class KeyRing;
class Inventory;
class Mailbox;
class Rentals;
class RunRecorder;
class Worker;
struct CampaignPlan;

/// What a launch needs.
struct LaunchRequest {
    Fleet fleet;
    Protocol protocol;
    QString id;
    QString ref;
    QList<int> phases;                 ///< empty: all
    QMap<QString, QString> parameters; ///< resolved
    FieldScripts field{};              ///< with kFieldProtocol only
    bool keepFleet = false;            ///< a rented fleet is not destroyed at the end
    HostPreparation::Options hosts{};  ///< how they are made ready
};

/// The plan that a launch asks for, without what is made up for one launch: run token, key, folder. No phases
/// are all of the protocol's.
[[nodiscard]] CampaignPlan planOf(const LaunchRequest &request);

/// One stream of a campaign that can be shown: a step's stderr log on a host, live or archived.
struct LogStream {
    PhaseRun run;
    std::shared_ptr<const LogSource> source;
};

/// Builds, wires and owns the engine: archive, campaign runner, connections. Lives on the GUI (or main)
/// thread; all slow work is elsewhere. The two faces talk to this class only. Answers come by callback on the
/// owner's thread.
class Services final : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<Services>> open(const Paths &paths);
    /// For those who only look: as CampaignStore::openToRead().
    static Result<std::unique_ptr<Services>> openToLook(const Paths &paths);
    ~Services() override; ///< stops following, joins every thread; remote jobs go on

    void listCampaigns(std::function<void(Result<QList<CampaignSummary>>)> done);
    /// As listCampaigns(), each with its standing among the others.
    void listEntries(std::function<void(Result<QList<CampaignEntry>>)> done);
    void loadCampaign(const QString &id, std::function<void(Result<CampaignRecord>)> done);
    /// The same with its judgement made anew from its evidence, by the rules of this version.
    void judgeCampaign(const QString &id, std::function<void(Result<CampaignRecord>)> done);
    /// What one cycle's clients saw, and how phase 2 settled; of a running campaign what is recorded so far.
    void loadTrace(const QString &id, const QString &fault, int cycle,
                   std::function<void(Result<CycleTrace>)> done);
    void loadSettling(const QString &id, std::function<void(Result<Settling>)> done);

    /// Judges archived evidence anew and keeps the judgement beside the older ones. Empty `ids`: all that
    /// newer rules have not judged yet. Answers with how many were.
    void rejudge(const QStringList &ids, std::function<void(Result<qint64>)> done);
    /// Takes campaigns out of lists and searches, or back; all or none. campaignListChanged() follows.
    void setRemoved(const QStringList &ids, bool removed, std::function<void(Result<void>)> done);
    /// By campaign; all or none. campaignListChanged() follows.
    void saveTriage(const QMap<QString, Triage> &triages, std::function<void(Result<void>)> done);
    /// Takes a change back at `ids` (none: wherever it was made) where nothing was changed after it.
    void undoTriage(const QString &change, const QStringList &ids,
                    std::function<void(Result<TriageUndo>)> done);
    /// The best hits first, at most 100.
    void search(const QString &words, std::function<void(Result<QList<SearchHit>>)> done);
    /// One at a time. `progress` comes after each batch, `done` in any case.
    void importPages(const QString &path, std::function<void(const ImportCount &)> progress,
                     std::function<void(Result<ImportCount>)> done);
    void cancelImport();
    /// One at a time. `progress` comes after each campaign, `done` in any case.
    void exportPages(const ExportRequest &request, std::function<void(const ExportProgress &)> progress,
                     std::function<void(Result<ExportCount>)> done);
    void cancelExport();

    /// What is written about a campaign, as an entry of the insights file; empty when nothing is.
    void loadInsight(const QString &id, std::function<void(Result<QByteArray>)> done);
    /// As CampaignStore::saveInsight(); insightChanged() follows.
    void saveInsight(const QString &id, const QByteArray &base, const QByteArray &entry,
                     std::function<void(Result<QByteArray>)> done);
    /// The numbers that what is written about a campaign may tell.
    void loadEvidenceNumbers(const QString &id,
                             std::function<void(Result<std::shared_ptr<const EvidenceNumbers>>)> done);
    /// What lint finds in it; long texts take longer than a frame.
    void lintInsight(const Insight &insight, const std::shared_ptr<const EvidenceNumbers> &numbers,
                     bool isOver, std::function<void(const QList<InsightFinding> &)> done);
    /// Public keys in ~/.ssh, by path: what an export can be signed with.
    void listSigningKeys(std::function<void(const QStringList &)> done);
    /// One of these at a time. Publishes through git; `progress` comes with each step, `done` in any case.
    void publish(const PagesRequest &request, std::function<void(PublishStep, int)> progress,
                 const std::function<void(const PagesPublished &)> &done);
    /// What publishing would change.
    void previewPublication(const PagesRequest &request,
                            const std::function<void(const PagesPublished &)> &done);
    /// Into a folder, without git.
    void writePages(const PagesRequest &request, bool dryRun,
                    const std::function<void(Result<PagesCount>)> &done);
    void cancelPublication();

    /// Streams of a campaign that is archived or running, in the order they were run.
    [[nodiscard]] QList<LogStream> logStreams(const CampaignRecord &record) const;

    /// Reads a fleet file, or brings the sandbox up, on a thread of its own.
    void openFleet(const QString &name, std::function<void(Result<Fleet>)> done);

    /// Reads a folder of field scripts, on a thread of its own.
    void readScripts(const QString &dir, std::function<void(Result<FieldScripts>)> done);

    [[nodiscard]] Inventory &inventory() { return *m_inventory; } ///< the named fleets

    /// Refused when the id exists, a host cannot take its role or belongs to another campaign, or a campaign
    /// is running in this process.
    void launch(const LaunchRequest &request, std::function<void(Result<void>)> done);
    /// Takes up a campaign whose process died: what ended is read from its spools, what runs on the hosts is
    /// attached to, the rest is run. Refused while another process leads it.
    void resume(const QString &id, std::function<void(Result<void>)> done);
    /// The newest campaign that was cut off; answers with its id, empty when there is none.
    void resumeLatest(std::function<void(Result<QString>)> done);
    /// Whether the last launch was refused for what campaigns left that nobody leads any more: the same one
    /// with hosts.takeOver ends that. The refusal says whose it is and since when.
    [[nodiscard]] bool canTakeOver() const { return m_canTakeOver; }
    /// Ends the running phase's process groups on their hosts, heals, and ends the campaign as stopped.
    /// stopWaits() says what it waits for; when nothing moves for 14 s it is left, and can be taken up.
    void stopCampaign();
    /// Writes a line into the running campaign's journal, notes.log, which is kept with its logs.
    void note(const QString &text);
    [[nodiscard]] QString runningCampaign() const; ///< its id, or empty

    /// Rents fleets and gives them back; one that is not kept goes at the end of its campaign.
    [[nodiscard]] Rentals &rentals() { return *m_rentals; }
    /// At the start of a process: destroys rented fleets that a process left behind when it died.
    void giveBackOverdueFleets();

    /// What `id` has that `green` has not: checks, cycles, kinds of log lines. Of several that are asked for
    /// only the last is answered.
    void compare(const QString &id, const QString &green, std::function<void(Result<Comparison>)> done);

    /// The yes or no to hostKeyUnknown().
    void answerHostKey(const QString &host, bool accepted);
    /// The answer to passphraseRequested(); nothing gives the key up.
    void answerPassphrase(const QString &host, const std::optional<QByteArray> &passphrase);

Q_SIGNALS:
    void campaignListChanged();
    void campaignStarted(const slipway::CampaignRecord &record);
    void phaseRunChanged(const QString &id, const slipway::PhaseRun &run);
    void cyclesArrived(const QString &id, const QList<slipway::Cycle> &cycles); ///< at most every 50 ms
    void logGrew(const QString &id);                                            ///< at most every 50 ms
    void judged(const QString &id, const slipway::Judgement &judgement); ///< after each phase, and at the end
    void campaignFinished(const QString &id);
    /// Nobody leads it here any more, and it can be taken up; a problem said why.
    void campaignLeft(const QString &id);
    void stopWaits(const QString &text);
    void insightChanged(const QString &id);
    void hostConnectionChanged(const QString &host, const QString &text, bool connected);
    void hostKeyUnknown(const QString &host, const QString &type, const QString &fingerprint);
    void passphraseRequested(const QString &host, const QString &keyFile, bool again);
    void problemOccurred(const QString &id, const slipway::Error &error);

private:
    struct Running;

    Services(Paths paths, std::unique_ptr<ArchiveThread> archive);
    void prepare(const CampaignPlan &plan, const CampaignRecord &record, const QList<EndedStream> &kept,
                 const HostPreparation::Options &options, std::function<void(Result<void>)> done);
    void takePrepared(const Result<void> &result, bool canTakeOver);
    Result<void> begin(const CampaignPlan &plan, bool keepFleet);
    void change(std::function<Result<void>(CampaignStore &)> write, std::function<void(Result<void>)> done);
    Worker &fileWorker();
    static QList<LogStream> archivedStreams(const Paths &paths, const CampaignRecord &record);
    bool startPublishing(std::function<void(std::stop_token)> work); ///< false: there is one
    static PublishReport busyReport();
    void wire(CampaignRunner &runner);
    void takeRun(const PhaseRun &run);
    void takeFiles(const QList<EvidenceFile> &files);
    void takeJudgement(const Judgement &judgement);
    void finish(RunState state, const Judgement &judgement);
    void forgetRunning();
    void leaveCampaign(const Error &why);
    void leaveWhenShort();
    void giveUpStopping(const QString &waitedFor);

    Paths m_paths;
    std::unique_ptr<ArchiveThread> m_archive;
    std::unique_ptr<Mailbox> m_mailbox;
    std::unique_ptr<RunRecorder> m_recorder;
    std::unique_ptr<Rentals> m_rentals;
    std::unique_ptr<Running> m_running;
    std::unique_ptr<Worker> m_fileWorker;   ///< made when first wanted
    std::unique_ptr<Worker> m_importWorker; ///< as long as an import runs
    std::stop_source m_importStop;
    std::unique_ptr<Worker> m_exportWorker; ///< as long as an export runs
    std::stop_source m_exportStop;
    std::stop_source m_compareStop;
    std::unique_ptr<Worker> m_publishWorker; ///< as long as something is published
    std::stop_source m_publishStop;
    std::shared_ptr<KeyRing> m_keys; ///< unlocked for all campaigns of this process
    std::unique_ptr<Inventory> m_inventory;
    QTimer m_tick;        ///< at most one logGrew() in 50 ms
    CampaignStop *m_stop; ///< a child
    bool m_canTakeOver = false;
    QTimer m_room; ///< while a campaign runs: looks after what memory is left
};

} // namespace slipway
