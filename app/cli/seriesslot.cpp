// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/cli/commands.h"
#include "app/cli/seriestext.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "app/series/seriesdrill.h"
#include "app/series/slipwayprogram.h"
#include "app/series/slotjournal.h"
#include "app/series/slotlock.h"
#include "app/series/slotrunner.h"
#include "app/series/timerunits.h"
#include "app/series/webnotice.h"
#include "models/series/seriesjson.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace slipway::cli {

namespace {

// Standard error is read by a person or kept by systemd; a webhook is told besides.
NoticeBook::Send sendTo(const SeriesDefinition &definition) {
    return [name = definition.name,
            webhook = definition.notices.webhook](const SeriesMessage &notice) -> Result<void> {
        printNote(QStringLiteral("%1. %2").arg(notice.title, notice.text));
        return webhook.isEmpty() ? Result<void>() : postNotice(webhook, name, notice);
    };
}

// Opens the archive to be written for `then`, with the definition of the series that is named.
ExitCode
withDefinition(const Context &context, const QCommandLineParser &parser,
               const std::function<ExitCode(const Paths &, Archive &, const SeriesDefinition &)> &then) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto store = Archive::open(*paths);
    if (!store)
        return fail(store.error(), ExitCode::NotDone);
    const auto definition = SeriesArchive(**store).definition(parser.positionalArguments().constFirst());
    if (!definition)
        return fail(definition.error(), ExitCode::NotDone);
    return then(*paths, **store, *definition);
}

SlotRunner runnerFor(const Paths &paths, Archive &store, const SeriesDefinition &definition,
                     const SlotLock &lock) {
    return SlotRunner(
        store,
        [paths, fd = lock.descriptor()](const QStringList &words) {
            return runSlipway(paths, words, fd, printNote);
        },
        sendTo(definition), [url = definition.notices.ping] { return pingUrl(url); });
}

ExitCode codeOf(const SlotOutcome &outcome, const SeriesJudgement &judged) {
    switch (outcome.what) {
    case SlotOutcome::What::Ran:
        return outcome.campaign.isEmpty() ? ExitCode::NotDone : exitCodeOf(judged.verdict.verdict);
    case SlotOutcome::What::Stopped:
    case SlotOutcome::What::TooLate:
        return ExitCode::NotDone;
    case SlotOutcome::What::NotDue:
    case SlotOutcome::What::Done:
        break;
    }
    return ExitCode::Done;
}

Result<TimerUnits> unitsOf(const Paths &paths, const SeriesDefinition &definition) {
    return timerUnits(definition, QCoreApplication::applicationFilePath(), paths);
}

TerminalText fileLines(const QString &name, const QByteArray &bytes) {
    return lineText(QStringLiteral("# ") + name) + fileText(bytes) + lineText(QString());
}

QString whatText(SlotOutcome::What what) {
    switch (what) {
    case SlotOutcome::What::Ran:
        return QStringLiteral("ran");
    case SlotOutcome::What::NotDue:
        return QStringLiteral("not-due");
    case SlotOutcome::What::Done:
        return QStringLiteral("done");
    case SlotOutcome::What::TooLate:
        return QStringLiteral("too-late");
    case SlotOutcome::What::Stopped:
        break;
    }
    return QStringLiteral("stopped");
}

QJsonObject outcomeJson(const SlotOutcome &outcome, const SeriesJudgement &judged) {
    QJsonObject object = seriesToJson(judged);
    object.insert(QStringLiteral("outcome"), whatText(outcome.what));
    object.insert(QStringLiteral("text"), outcome.text);
    object.insert(QStringLiteral("campaign"), orNull(outcome.campaign));
    return object;
}

// Asks nothing: what is not said yes to by --yes is only shown.
ExitCode installAsJson(const TimerUnits &units, const QString &dir, bool yes) {
    const Result<QString> left = yes ? installUnits(units) : Result<QString>(QString());
    if (!left)
        return fail(left.error(), ExitCode::NotDone);
    print(
        jsonText(QJsonDocument(QJsonObject{{QStringLiteral("service"), dir + units.serviceName},
                                           {QStringLiteral("timer"), dir + units.timerName},
                                           {QStringLiteral("service_unit"), QString::fromUtf8(units.service)},
                                           {QStringLiteral("timer_unit"), QString::fromUtf8(units.timer)},
                                           {QStringLiteral("crontab"), units.crontabLine},
                                           {QStringLiteral("workflow"), QString::fromUtf8(units.workflow)},
                                           {QStringLiteral("installed"), yes && left->isEmpty()},
                                           {QStringLiteral("left_to_do"), *left}})));
    return left->isEmpty() ? ExitCode::Done : ExitCode::NotDone;
}

} // namespace

ExitCode seriesRunSlot(const Context &context, const QCommandLineParser &parser) {
    return withDefinition(
        context, parser, [&](const Paths &paths, Archive &store, const SeriesDefinition &definition) {
            SlotLock lock;
            if (const auto taken = lock.take(paths, definition.name); !taken)
                return fail(taken.error(), ExitCode::Usage);
            SlotRunner runner = runnerFor(paths, store, definition, lock);
            const auto outcome = runner.run(definition.name, [] { return QDateTime::currentDateTimeUtc(); });
            if (!outcome)
                return fail(outcome.error(), ExitCode::NotDone);
            const auto judged = SeriesArchive(store).judge(definition.name, QDateTime::currentDateTimeUtc());
            if (!judged)
                return fail(judged.error(), ExitCode::NotDone);
            if (parser.isSet(QStringLiteral("json"))) {
                print(jsonText(QJsonDocument(outcomeJson(*outcome, *judged))));
                return codeOf(*outcome, *judged);
            }
            print(lineText(outcome->text));
            if (outcome->what == SlotOutcome::What::Ran)
                print(seriesToText(*judged));
            return codeOf(*outcome, *judged);
        });
}

ExitCode seriesContinue(const Context &context, const QCommandLineParser &parser) {
    const QString by = parser.value(QStringLiteral("by"));
    const QString why = parser.value(QStringLiteral("why"));
    if (by.trimmed().isEmpty() || why.trimmed().isEmpty())
        return failUsage(context, QStringLiteral("--by and --why are missing"));
    return withDefinition(
        context, parser, [&](const Paths &, Archive &store, const SeriesDefinition &definition) {
            SeriesStore entries(store);
            const auto noted = SlotJournal(entries, definition.name).letGoOn(by, why);
            if (!noted)
                return fail(noted.error(), ExitCode::NotDone);
            if (parser.isSet(QStringLiteral("json")))
                print(jsonText(QJsonDocument(QJsonObject{{QStringLiteral("series"), definition.name},
                                                         {QStringLiteral("continues"), true},
                                                         {QStringLiteral("by"), by},
                                                         {QStringLiteral("why"), why}})));
            else
                print(lineText(QStringLiteral("Series %1 goes on with its next slot.").arg(definition.name)));
            return ExitCode::Done;
        });
}

ExitCode seriesMessages(const Context &context, const QCommandLineParser &parser) {
    const QString name = parser.positionalArguments().constFirst();
    return lookAtSeries(context, [&](SeriesArchive &archive) {
        const auto notices = NoticeBook(archive.entries(), name).all();
        if (!notices)
            return fail(notices.error(), ExitCode::NotDone);
        QJsonArray json;
        TerminalText text;
        for (const SeriesMessage &notice : *notices) {
            QJsonObject object = noticeToJson(name, notice);
            object.insert(QStringLiteral("sent"), notice.isSent);
            object.insert(QStringLiteral("failed_tries"), notice.tries);
            object.insert(QStringLiteral("problem"), notice.problem);
            json << object;
            text += lineText(QStringLiteral("Subject: ") + notice.title) +
                    lineText(QStringLiteral("Date: ") + notice.at.toString(Qt::RFC2822Date));
            if (!notice.isSent)
                text += lineText(
                    QStringLiteral("X-Not-Sent: %1 tries. %2").arg(notice.tries).arg(notice.problem));
            text += lineText(QString()) + lineText(notice.text) + lineText(QString());
        }
        print(parser.isSet(QStringLiteral("json")) ? jsonText(QJsonDocument(json)) : text);
        return ExitCode::Done;
    });
}

ExitCode seriesInstall(const Context &context, const QCommandLineParser &parser) {
    return withDefinition(
        context, parser, [&](const Paths &paths, Archive &, const SeriesDefinition &definition) {
            const auto units = unitsOf(paths, definition);
            if (!units)
                return fail(units.error(), ExitCode::NotDone);
            const QString dir = userUnitDir() + QLatin1Char('/');
            if (parser.isSet(QStringLiteral("json")))
                return installAsJson(*units, dir, parser.isSet(QStringLiteral("yes")));
            print(fileLines(dir + units->serviceName, units->service) +
                  fileLines(dir + units->timerName, units->timer));
            print(lineText(QStringLiteral("# The same by cron, whose clock must be UTC (CRON_TZ=UTC):")) +
                  lineText(units->crontabLine) + lineText(QString()));
            print(lineText(QStringLiteral("# The same by a workflow:")) + fileText(units->workflow));
            print(lineText(
                QStringLiteral("# So that it also runs while nobody is logged in: loginctl enable-linger")));
            if (!parser.isSet(QStringLiteral("yes")) &&
                !askYes(QStringLiteral("Write and start the two units?")))
                return ExitCode::Stopped;
            const auto left = installUnits(*units);
            if (!left)
                return fail(left.error(), ExitCode::NotDone);
            if (!left->isEmpty())
                return fail(*left, ExitCode::NotDone);
            print(lineText(QStringLiteral("%1 is started.").arg(units->timerName)));
            return ExitCode::Done;
        });
}

ExitCode seriesUninstall(const Context &context, const QCommandLineParser &parser) {
    return withDefinition(
        context, parser, [&](const Paths &paths, Archive &, const SeriesDefinition &definition) {
            const auto units = unitsOf(paths, definition);
            if (!units)
                return fail(units.error(), ExitCode::NotDone);
            if (const auto removed = uninstallUnits(*units); !removed)
                return fail(removed.error(), ExitCode::NotDone);
            if (parser.isSet(QStringLiteral("json"))) {
                print(jsonText(QJsonDocument(QJsonObject{
                    {QStringLiteral("series"), definition.name},
                    {QStringLiteral("removed"), QJsonArray{units->timerName, units->serviceName}}})));
                return ExitCode::Done;
            }
            print(
                lineText(QStringLiteral("%1 and %2 are removed.").arg(units->timerName, units->serviceName)));
            return ExitCode::Done;
        });
}

ExitCode seriesDrill(const Context &context, const QCommandLineParser &parser) {
    const auto kind = drillKindFromName(parser.value(QStringLiteral("kind")));
    if (!kind)
        return failUsage(context, QStringLiteral("--kind is no-evidence, slow, lost-write or missed-slot"));
    return withDefinition(
        context, parser, [&](const Paths &, Archive &store, const SeriesDefinition &definition) {
            const auto result = drill(definition, *kind, sendTo(definition));
            if (!result)
                return fail(result.error(),
                            result.error().code == ErrorCode::Corrupt ? ExitCode::No : ExitCode::NotDone);
            SeriesStore entries(store);
            const auto noted = noteDrill(entries, definition.name, *result);
            if (!noted)
                return fail(noted.error(), ExitCode::NotDone);
            if (parser.isSet(QStringLiteral("json")))
                print(jsonText(QJsonDocument(drillToJson(*result))));
            else
                print(lineText(QStringLiteral("%1 alarmed at run %2 after %3 ms: %4")
                                   .arg(result->rule)
                                   .arg(result->run)
                                   .arg(result->milliseconds)
                                   .arg(result->text)));
            if (!result->isTold)
                return fail(QStringLiteral("The message did not reach its end: %1").arg(result->problem),
                            ExitCode::No);
            return ExitCode::Done;
        });
}

} // namespace slipway::cli
