// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/series/noticebook.h"
#include "app/series/seriesarchive.h"
#include "app/series/slotjournal.h"
#include "models/campaign/campaign.h"

namespace slipway {

/// What became of a call that was to run a slot.
struct SlotOutcome {
    enum class What {
        Ran,     ///< the slot was run, or one that was cut off was taken up and ended
        NotDue,  ///< no slot's time has come
        Done,    ///< it had its run before
        TooLate, ///< its grace was over before anything began: it stays missed
        Stopped, ///< the circuit breaker: nothing is begun until a person lets it go on
    };
    What what = What::NotDue;
    QString text;     ///< for a person
    QString campaign; ///< of Ran
};

/// Runs one slot of a series to its end by the program's own commands: rents the fleet where that is asked
/// for, runs the campaign, publishes it, judges the series, keeps and sends the messages. Each step is noted
/// in the archive before it is taken, so that the next call takes up what a kill left or closes it as what it
/// is. The caller holds the SlotLock. One thread, synchronous.
class SlotRunner {
public:
    /// Runs `slipwayctl WORDS` on the same data directory and waits; the exit code.
    using Command = std::function<Result<int>(const QStringList &words)>;

    SlotRunner(Archive &store, Command command, NoticeBook::Send send, std::function<Result<void>()> ping);

    /// Ends what a killed call left, then runs the slot that is due.
    Result<SlotOutcome> run(const QString &name, const std::function<QDateTime()> &clock);

private:
    [[nodiscard]] SlotJournal journal(const QString &name) { return {m_archive.entries(), name}; }
    Result<SlotOutcome> runDue(const SeriesDefinition &definition, const std::function<QDateTime()> &clock);
    Result<SlotOutcome> begin(const SeriesDefinition &definition, const QDateTime &slot,
                              const QList<SlotAttempt> &before, const SeriesJudgement &judged,
                              const std::function<QDateTime()> &clock);
    Result<QString> runCampaign(const SeriesDefinition &definition, const SlotAttempt &attempt, bool isAgain);
    Result<SlotOutcome> takeUp(const SeriesDefinition &definition, const SlotAttempt &attempt,
                               const std::function<QDateTime()> &clock);
    Result<SlotOutcome> close(const SeriesDefinition &definition, const SlotAttempt &attempt,
                              const QString &trouble, const std::function<QDateTime()> &clock);
    Result<void> tell(const SeriesDefinition &definition, const SeriesJudgement &judged,
                      const QDateTime &now);
    /// Nothing: no campaign of that id.
    Result<std::optional<CampaignSummary>> campaign(const QString &id);

    Archive &m_store;
    SeriesArchive m_archive;
    Command m_command;
    NoticeBook::Send m_send;
    std::function<Result<void>()> m_ping;
};

} // namespace slipway
