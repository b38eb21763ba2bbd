// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/following.h"

#include "app/cli/asking.h"
#include "app/cli/command.h"
#include "app/cli/loginanswer.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/stopsignal.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignfeed.h"
#include "app/session/campaignlauncher.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"
#include "models/core/quantitytext.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTimer>

namespace slipway::cli {

namespace {

// Progress for a person, on stderr so that --json on stdout stays clean.
class Progress : public QObject {
public:
    Progress(const Session &session, const FollowOptions &options)
        : m_options(options),
          m_logins(session.prompt(),
                   loginAnswer(options.acceptNew, [this](const QString &text) { say(text); })) {
        const CampaignFeed &feed = session.feed();
        const auto printError = [](const QString &, const Error &error) { printNote(error.text); };
        connect(&feed, &CampaignFeed::phaseRunChanged, this, &Progress::showRun);
        connect(&feed, &CampaignFeed::cyclesArrived, this, &Progress::showCycles);
        connect(&feed, &CampaignFeed::hostConnectionChanged, this,
                [this](const QString &host, const QString &text, bool) {
                    if (!text.isEmpty())
                        say(QStringLiteral("%1: %2").arg(host, text));
                });
        connect(&session.campaigns(), &CampaignController::problemOccurred, this, printError);
        connect(&session.rentals(), &Rentals::failed, this, printError);
        connect(&session.rentals(), &Rentals::progressed, this,
                [this](const QString &, const RentalProgress &progress) { say(progress.text); });
    }

private:
    void say(const QString &text) const {
        if (!m_options.quiet)
            printProgress(text);
    }

    void showRun(const QString &, const PhaseRun &run) {
        QString text = QStringLiteral("phase %1 %2 on %3: %4")
                           .arg(run.phase)
                           .arg(run.step, run.host,
                                run.state == RunState::Passed
                                    ? QStringLiteral("ended") // what its evidence is worth is not known yet
                                    : runStateName(run.state));
        if (run.finishedAt.isValid())
            text += QStringLiteral(" after %1").arg(durationText(run.startedAt.msecsTo(run.finishedAt)));
        if (!run.message.isEmpty())
            text += QStringLiteral(". ") + run.message;
        say(text);
    }

    void showCycles(const QString &, const QList<Cycle> &cycles) {
        for (const Cycle &cycle : cycles) {
            say(QStringLiteral("  %1, cycle %2: %3 of %4 acknowledged writes on every survivor")
                    .arg(cycle.fault)
                    .arg(cycle.number)
                    .arg(cycle.converged ? QString::number(*cycle.converged) : QStringLiteral("?"),
                         cycle.ok ? QString::number(*cycle.ok) : QStringLiteral("?")));
        }
    }

    const FollowOptions &m_options;
    LoginHandler m_logins;
};

// A rented fleet goes at the end of its campaign; what is not waited for would be left to the next start.
void exitWhenIdle(Rentals &rentals, ExitCode code) {
    if (rentals.isBusy())
        QObject::connect(&rentals, &Rentals::idle, &rentals, [code] { exitWith(code); });
    else
        exitWith(code);
}

ExitCode showEnd(const CampaignRecord &record, const Paths &paths, const FollowOptions &options) {
    print(options.json ? jsonText(QJsonDocument(recordToJson(record)))
                       : recordToText(record, paths.spoolDir(record.summary.id)));
    if (const auto written = options.ci.write(record); !written)
        return fail(written.error(), ExitCode::NotDone);
    return record.judgement ? exitCodeOf(record.judgement->verdict) : ExitCode::NotDone;
}

} // namespace

Result<FollowOptions> followOptions(const QCommandLineParser &parser) {
    const auto ci = CiReport::fromOptions(parser);
    if (!ci)
        return ci.error();
    return FollowOptions{parser.isSet(QStringLiteral("accept-new")), parser.isSet(QStringLiteral("quiet")),
                         parser.isSet(QStringLiteral("json")), *ci};
}

ExitCode follow(const Session &session, const FollowOptions &options, const Paths &paths,
                const std::function<void(const Begun &)> &begin) {
    CampaignController &campaigns = session.campaigns();
    Rentals &rentals = session.rentals();
    const Progress progress(session, options);
    const StopSignal stopSignal(
        [&campaigns, &launcher = session.launcher()] {
            printNote(
                QStringLiteral("Stopping the campaign on its hosts; once more to leave it running there."));
            launcher.cancel();
            campaigns.stop();
        },
        [&campaigns] { campaigns.note(QStringLiteral("The terminal was closed. The campaign goes on.")); });
    bool isRead = true;
    const auto noteUnread = [&campaigns, &isRead] {
        if (!isRead)
            campaigns.note(QStringLiteral("Nobody reads the progress any more. The campaign goes on."));
    };
    onUnread([&isRead, noteUnread] {
        isRead = false;
        noteUnread();
    });
    const auto unwatch = qScopeGuard([] { onUnread({}); });
    QObject::connect(&campaigns, &CampaignController::campaignStarted, &campaigns,
                     noteUnread); // its reader went before
    QObject::connect(&campaigns, &CampaignController::stopWaits, &campaigns,
                     [](const QString &text) { printProgress(text); });
    QObject::connect(&campaigns, &CampaignController::campaignFinished, QCoreApplication::instance(),
                     [&](const QString &finished) {
                         session.queries().load(finished, [&](const Result<CampaignRecord> &record) {
                             const ExitCode code = record ? showEnd(*record, paths, options)
                                                          : fail(record.error(), ExitCode::NotDone);
                             exitWhenIdle(rentals, code);
                         });
                     });
    QObject::connect(&campaigns, &CampaignController::campaignLeft, QCoreApplication::instance(),
                     [] { exitWith(ExitCode::NotDone); });
    // Only a loop that runs can be left.
    QTimer::singleShot(0, &campaigns, [&] {
        begin([&rentals](const Result<QString> &id) {
            if (!id)
                exitWhenIdle(rentals,
                             fail(id.error(), id.error().code == ErrorCode::Cancelled ? ExitCode::Stopped
                                                                                      : ExitCode::Usage));
        });
    });
    return runLoop();
}

} // namespace slipway::cli
