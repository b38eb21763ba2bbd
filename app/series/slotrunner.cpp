// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/slotrunner.h"

#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/series/circuitbreaker.h"
#include "models/campaign/campaignentry.h"
#include "models/core/instant.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kClockSeconds = 60; // as placeRuns() has it

QStringList runWords(const SeriesDefinition &definition, const QString &id) {
    const SeriesPlan &plan = definition.plan;
    QStringList words{
        QStringLiteral("run"),    QStringLiteral("--fleet"), plan.fleet, QStringLiteral("--id"), id,
        QStringLiteral("--quiet")};
    if (!plan.ref.isEmpty())
        words << QStringLiteral("--ref") << plan.ref;
    if (!plan.protocolFile.isEmpty())
        words << QStringLiteral("--protocol") << plan.protocolFile;
    for (const QString &setting : plan.settings)
        words << QStringLiteral("--set") << setting;
    return words;
}

// The last slot at or before now; invalid when none's time has come.
QDateTime currentSlot(const SeriesDefinition &definition, const QDateTime &now) {
    QDateTime current;
    for (const QDateTime &at : definition.slotTimes(now)) {
        if (at <= now.addSecs(kClockSeconds))
            current = at;
    }
    return current;
}

} // namespace

SlotRunner::SlotRunner(Archive &store, Command command, NoticeBook::Send send,
                       std::function<Result<void>()> ping)
    : m_store(store), m_archive(store), m_command(std::move(command)), m_send(std::move(send)),
      m_ping(std::move(ping)) {}

Result<std::optional<CampaignSummary>> SlotRunner::campaign(const QString &id) {
    const auto summary = CampaignStore(m_store).loadSummary(id);
    if (summary)
        return std::optional(*summary);
    return summary.error().code == ErrorCode::NotFound
               ? Result<std::optional<CampaignSummary>>(std::optional<CampaignSummary>())
               : summary.error();
}

Result<SlotOutcome> SlotRunner::run(const QString &name, const std::function<QDateTime()> &clock) {
    const auto known = m_archive.definition(name);
    if (!known)
        return known.error();
    const SeriesDefinition &definition = *known;
    if (definition.origin != SeriesOrigin::Created || definition.plan.fleet.isEmpty())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("Series %1 has no plan: \"series edit\" says what its slots run (--fleet).")
                .arg(name)};
    const auto before = journal(name).attempts();
    if (!before)
        return before.error();
    std::optional<SlotOutcome> takenUp;
    for (const SlotAttempt &attempt : *before) {
        if (attempt.isClosed)
            continue;
        const auto outcome = takeUp(definition, attempt, clock);
        if (!outcome)
            return outcome.error();
        takenUp = *outcome;
    }
    const auto due = runDue(definition, clock);
    // Whoever calls once a slot gets the slot that is due as well.
    return !due || !takenUp || due->what == SlotOutcome::What::Ran || due->what == SlotOutcome::What::Stopped
               ? due
               : Result<SlotOutcome>(*takenUp);
}

Result<SlotOutcome> SlotRunner::runDue(const SeriesDefinition &definition,
                                       const std::function<QDateTime()> &clock) {
    const QString &name = definition.name;
    const auto judged = m_archive.judge(name, clock());
    if (!judged)
        return judged.error();
    const auto before = journal(name).attempts();
    if (!before)
        return before.error();
    const QDateTime slot = currentSlot(definition, clock());
    if (!slot.isValid())
        return SlotOutcome{
            SlotOutcome::What::NotDue, QStringLiteral("No slot of series %1 is due.").arg(name), {}};
    const bool isTried = std::any_of(before->begin(), before->end(),
                                     [&](const SlotAttempt &attempt) { return attempt.slot == slot; });
    const auto place = std::find_if(judged->table.slotList.begin(), judged->table.slotList.end(),
                                    [&](const SeriesSlot &one) { return one.at == slot; });
    if (isTried || (place != judged->table.slotList.end() && !place->runs.isEmpty()))
        return SlotOutcome{SlotOutcome::What::Done,
                           QStringLiteral("The slot of %1 had its run.").arg(slot.toString(Qt::ISODate)),
                           {}};
    // What was missed until now is told even where nothing is begun.
    if (const auto told = tell(definition, *judged, clock()); !told)
        return told.error();
    if (clock() > slot.addSecs(definition.graceSeconds))
        return SlotOutcome{SlotOutcome::What::TooLate,
                           QStringLiteral("The grace of the slot of %1 is over: it is missed.")
                               .arg(slot.toString(Qt::ISODate)),
                           {}};
    const auto letGo = journal(name).letGoAt();
    if (!letGo)
        return letGo.error();
    if (const QString why = stopReason(*judged, *letGo); !why.isEmpty()) {
        NoticeBook notices(m_archive.entries(), name);
        const auto kept =
            notices.keep(QStringLiteral("breaker/%1")
                             .arg(letGo->isValid() ? letGo->toString(Qt::ISODate) : QStringLiteral("first")),
                         QStringLiteral("Series %1 is stopped").arg(name),
                         QStringLiteral("%1 No further run is begun until \"slipwayctl series continue %2\".")
                             .arg(why, name));
        if (!kept)
            return kept.error();
        if (const auto left = notices.deliver(m_send); !left)
            return left.error();
        return SlotOutcome{SlotOutcome::What::Stopped, why, {}};
    }
    return begin(definition, slot, *before, *judged, clock);
}

Result<SlotOutcome> SlotRunner::begin(const SeriesDefinition &definition, const QDateTime &slot,
                                      const QList<SlotAttempt> &before, const SeriesJudgement &judged,
                                      const std::function<QDateTime()> &clock) {
    int last = 0;
    for (const SeriesRun &run : judged.runs)
        last = std::max(last, run.ordinal);
    for (const SlotAttempt &attempt : before)
        last = std::max(last, slotOf(attempt.campaign));
    const SlotAttempt attempt{slot, QStringLiteral("%1-r%2").arg(definition.name).arg(last + 1), false};
    if (const auto noted = journal(definition.name).noteBegun(attempt); !noted)
        return noted.error();
    // A call that was cut off before its campaign began may have claimed the hosts.
    bool isAgain = false;
    if (!before.isEmpty()) {
        const auto there = campaign(before.constLast().campaign);
        if (!there)
            return there.error();
        isAgain = !there->has_value();
    }
    const auto trouble = runCampaign(definition, attempt, isAgain);
    return trouble ? close(definition, attempt, *trouble, clock) : trouble.error();
}

// Empty where the campaign was run, whatever its verdict is; else why nothing ran.
// `isAgain`: the call before was cut off, maybe when its hosts were claimed already; nobody leads that any
// more.
Result<QString> SlotRunner::runCampaign(const SeriesDefinition &definition, const SlotAttempt &attempt,
                                        bool isAgain) {
    if (!definition.plan.server.isEmpty()) {
        const QList<QStringList> steps{
            {QStringLiteral("fleet"), QStringLiteral("create"), definition.plan.fleet},
            {QStringLiteral("fleet"), QStringLiteral("prepare"), definition.plan.fleet,
             QStringLiteral("--server"), definition.plan.server}};
        for (const QStringList &step : steps) {
            const auto code = m_command(step);
            if (!code)
                return code.error();
            if (*code != 0)
                return QStringLiteral("%1 ended with exit code %2.")
                    .arg(step.join(QLatin1Char(' ')))
                    .arg(*code);
        }
    }
    QStringList words = runWords(definition, attempt.campaign);
    if (isAgain)
        words << QStringLiteral("--take-over");
    const auto code = m_command(words);
    if (!code)
        return code.error();
    const auto there = campaign(attempt.campaign);
    if (!there)
        return there.error();
    return *there ? QString() : QStringLiteral("The run ended with exit code %1 before it began.").arg(*code);
}

// A call before this one was killed.
Result<SlotOutcome> SlotRunner::takeUp(const SeriesDefinition &definition, const SlotAttempt &attempt,
                                       const std::function<QDateTime()> &clock) {
    const auto there = campaign(attempt.campaign);
    if (!there)
        return there.error();
    if (!*there) {
        if (clock() > attempt.slot.addSecs(definition.graceSeconds))
            return close(definition, attempt,
                         QStringLiteral("The slot was cut off before its campaign began."), clock);
        const auto trouble = runCampaign(definition, attempt, true);
        return trouble ? close(definition, attempt, *trouble, clock) : trouble.error();
    }
    if (isUnderway(**there)) {
        const auto code = m_command({QStringLiteral("resume"), attempt.campaign, QStringLiteral("--quiet")});
        if (!code)
            return code.error();
        const auto after = campaign(attempt.campaign);
        if (!after)
            return after.error();
        if (*after && isUnderway(**after))
            return Error{ErrorCode::CommandFailed,
                         QStringLiteral("%1 could not be resumed (exit code %2); the next call tries again.")
                             .arg(attempt.campaign)
                             .arg(*code)};
    }
    return close(definition, attempt, {}, clock);
}

Result<SlotOutcome> SlotRunner::close(const SeriesDefinition &definition, const SlotAttempt &attempt,
                                      const QString &trouble, const std::function<QDateTime()> &clock) {
    NoticeBook notices(m_archive.entries(), definition.name);
    const auto keep = [&](const QString &what, const QString &text) {
        return notices.keep(what + QLatin1Char('/') + attempt.campaign,
                            QStringLiteral("Series %1: %2").arg(definition.name, what), text);
    };
    // A fleet that was rented and whose campaign never began is destroyed here; else the campaign's end does
    // it.
    if (!trouble.isEmpty() && !definition.plan.server.isEmpty()) {
        const auto code = m_command({QStringLiteral("fleet"), QStringLiteral("destroy"),
                                     definition.plan.fleet, QStringLiteral("--yes")});
        if (!code)
            return code.error();
        if (*code != 0) {
            if (const auto kept =
                    keep(QStringLiteral("fleet"),
                         QStringLiteral("Fleet %1 could not be destroyed (exit code %2) and may still cost.")
                             .arg(definition.plan.fleet)
                             .arg(*code));
                !kept)
                return kept.error();
        }
    }
    if (!trouble.isEmpty()) {
        if (const auto kept = keep(QStringLiteral("slot"), trouble); !kept)
            return kept.error();
    } else if (!definition.notices.publish.isEmpty()) {
        const auto code = m_command({QStringLiteral("export"), attempt.campaign, QStringLiteral("--to"),
                                     definition.notices.publish, QStringLiteral("--push")});
        if (!code)
            return code.error();
        if (*code != 0) {
            if (const auto kept = keep(QStringLiteral("publish"),
                                       QStringLiteral("%1 could not be published (exit code %2).")
                                           .arg(attempt.campaign)
                                           .arg(*code));
                !kept)
                return kept.error();
        }
    }
    const auto judged = m_archive.judge(definition.name, clock());
    if (!judged)
        return judged.error();
    if (const auto told = tell(definition, *judged, clock()); !told)
        return told.error();
    const auto run = std::find_if(judged->runs.begin(), judged->runs.end(),
                                  [&](const SeriesRun &one) { return one.id == attempt.campaign; });
    if (run != judged->runs.end() && run->hasEvidence && !definition.notices.ping.isEmpty()) {
        if (const auto pinged = m_ping(); !pinged) {
            if (const auto kept = keep(QStringLiteral("ping"), pinged.error().text); !kept)
                return kept.error();
        }
    }
    if (const auto noted = journal(definition.name).noteClosed(attempt, trouble); !noted)
        return noted.error();
    return SlotOutcome{SlotOutcome::What::Ran,
                       trouble.isEmpty() ? QStringLiteral("%1 ran in the slot of %2.")
                                               .arg(attempt.campaign, attempt.slot.toString(Qt::ISODate))
                                         : trouble,
                       trouble.isEmpty() ? attempt.campaign : QString()};
}

Result<void> SlotRunner::tell(const SeriesDefinition &definition, const SeriesJudgement &judged,
                              const QDateTime &now) {
    NoticeBook notices(m_archive.entries(), definition.name);
    for (const Alarm &alarm : judged.alarms) {
        if (!alarm.isLoud())
            continue;
        const auto kept = notices.keep(
            QStringLiteral("alarm/%1/%2").arg(alarm.first.signature(), alarm.first.at.toString(Qt::ISODate)),
            QStringLiteral("Series %1: %2, run %3")
                .arg(definition.name, alarm.first.signature())
                .arg(alarm.first.run),
            alarm.first.text);
        if (!kept)
            return kept.error();
    }
    if (const auto noted = m_archive.noteAlarms(judged, now); !noted)
        return noted.error();
    const auto left = notices.deliver(m_send);
    return left ? Result<void>() : left.error();
}

} // namespace slipway
