// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/series/noticebook.h"
#include "app/series/seriesarchive.h"
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

/// Why no further run is begun: slots in a row without evidence, or a budget that is spent, since a person
/// last let it go on. Empty: nothing stops it. Pure.
[[nodiscard]] QString stopReason(const SeriesJudgement &judged, const QDateTime &letGoAt);

/// Runs one slot of a series to its end by the program's own commands: rents the fleet where that is asked
/// for, runs the campaign, publishes it, judges the series, keeps and sends the messages. Each step is noted
/// in the archive before it is taken, so that the next call takes up what a kill left or closes it as what it
/// is. The caller holds the SlotLock. One thread, synchronous.
class SlotRunner {
public:
    /// Runs `slipwayctl WORDS` on the same data directory and waits; the exit code.
    using Command = std::function<Result<int>(const QStringList &words)>;

    SlotRunner(Archive &store, Command command, NoticeBook::Send send, std::function<Result<void>()> ping);

    Result<SlotOutcome> run(const QString &name, const std::function<QDateTime()> &clock);
    /// A person's word after the circuit breaker.
    Result<void> letGoOn(const QString &name, const QString &by, const QString &why);

private:
    struct Attempt {
        QDateTime slot;
        QString campaign;
        bool isClosed = false;
    };
    Result<QList<Attempt>> attempts(const QString &name);
    Result<void> note(const QString &name, const Attempt &attempt, const QString &step,
                      const QString &text = {});
    Result<QDateTime> letGoAt(const QString &name);
    Result<SlotOutcome> begin(const SeriesDefinition &definition, const QDateTime &slot,
                              const QList<Attempt> &before, const SeriesJudgement &judged,
                              const std::function<QDateTime()> &clock);
    Result<QString> runCampaign(const SeriesDefinition &definition, const Attempt &attempt, bool isAgain);
    Result<SlotOutcome> takeUp(const SeriesDefinition &definition, const Attempt &attempt,
                               const std::function<QDateTime()> &clock);
    Result<SlotOutcome> close(const SeriesDefinition &definition, const Attempt &attempt,
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
