// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/following.h"

#include "app/cli/asking.h"
#include "app/cli/command.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/stopsignal.h"
#include "app/rentals.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace slipway::cli {

namespace {

constexpr int kUsage = 2;

// Progress for a person, on stderr so that --json on stdout stays clean.
class Progress : public QObject {
public:
    Progress(Services &services, const FollowOptions &options) : m_options(options) {
        connect(&services, &Services::phaseRunChanged, this, &Progress::showRun);
        connect(&services, &Services::cyclesArrived, this, &Progress::showCycles);
        connect(&services, &Services::hostConnectionChanged, this,
                [this](const QString &host, const QString &text, bool) {
                    if (!text.isEmpty())
                        say(QStringLiteral("%1: %2").arg(host, text));
                });
        connect(&services, &Services::problemOccurred, this,
                [](const QString &, const Error &error) { fail(error.text, 0); });
        connect(&services.rentals(), &Rentals::progressed, this,
                [this](const QString &, const RentalProgress &progress) { say(progress.text); });
        connect(&services, &Services::hostKeyUnknown, this,
                [this, &services](const QString &host, const QString &type, const QString &fingerprint) {
                    if (m_options.acceptNew) {
                        say(QStringLiteral("%1: pinning its %2 key %3").arg(host, type, fingerprint));
                    } else {
                        fail(QStringLiteral("%1 shows a %2 key that is not known: %3. Check it, then run "
                                            "again with --accept-new.")
                                 .arg(host, type, fingerprint),
                             0);
                    }
                    services.answerHostKey(host, m_options.acceptNew);
                });
        connect(&services, &Services::passphraseWanted, this,
                [&services](const QString &host, const QString &file, bool again) {
                    services.answerPassphrase(host, askPassphrase(host, file, again));
                });
    }

private:
    void say(const QString &text) const {
        if (!m_options.quiet)
            tellProgress(text);
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
};

// What a person asked for does not hang on something else being well. After a stop it says what is waited
// for, and when nothing has moved for a while the process ends, and the campaign can be taken up.
class Stopping : public QObject {
public:
    explicit Stopping(Services &services) : m_services(services) {
        connect(&services, &Services::phaseRunChanged, this, [this] { m_still.restart(); });
        connect(&services, &Services::problemOccurred, this,
                [this](const QString &, const Error &error) { m_waitsFor = error.text; });
        connect(&services, &Services::hostConnectionChanged, this,
                [this](const QString &host, const QString &text) {
                    m_waitsFor = QStringLiteral("%1: %2").arg(host, text);
                });
        m_look.setInterval(kLookMs);
        connect(&m_look, &QTimer::timeout, this, &Stopping::look);
    }

    void begin() {
        fail(QStringLiteral("Stopping the campaign on its hosts; once more to leave it running there."), 0);
        m_campaign = m_services.runningCampaign();
        m_still.start();
        m_look.start();
        m_services.stopCampaign();
    }

private:
    void look() {
        if (m_services.rentals().isBusy())
            return; // which says itself what it does
        if (m_campaign.isEmpty() && m_still.elapsed() >= kStillMs) {
            QCoreApplication::exit(fail(QStringLiteral("Stopped before anything was begun."), kNothing));
            return;
        }
        const QString why = m_waitsFor.isEmpty() ? QStringLiteral("its hosts") : m_waitsFor;
        if (m_still.elapsed() < kStillMs) {
            tellProgress(QStringLiteral("Stopping still waits. The last that was heard: %1").arg(why));
            return;
        }
        fail(QStringLiteral(
                 "What runs on the hosts was told to end. The campaign is not ended here; the last that was "
                 "heard: %1 When that is well, slipwayctl resume %2 takes it up.")
                 .arg(why, m_campaign),
             0);
        QCoreApplication::exit(kNothing);
    }

    static constexpr int kLookMs = 4000;
    static constexpr qint64 kStillMs = 14'000; // a host gives a phase 10 s to end by itself

    Services &m_services;
    QString m_campaign;
    QString m_waitsFor;
    QElapsedTimer m_still;
    QTimer m_look;
};

// A rented fleet goes at the end of its campaign; what is not waited for would be left to the next start.
void exitWhenIdle(Rentals &rentals, int code) {
    if (rentals.isBusy())
        QObject::connect(&rentals, &Rentals::idle, &rentals, [code] { QCoreApplication::exit(code); });
    else
        QCoreApplication::exit(code);
}

int showEnd(const CampaignRecord &record, const Paths &paths, bool json) {
    print(json ? jsonText(QJsonDocument(recordToJson(record)))
               : recordToText(record, paths.spoolDir(record.summary.id)));
    return record.judgement ? verdictExitCode(record.judgement->verdict) : kNothing;
}

} // namespace

void addFollowOptions(QCommandLineParser &parser) {
    for (const auto &name : {"accept-new", "quiet", "json"})
        parser.addOption({QLatin1String(name), {}});
}

FollowOptions followOptions(const QCommandLineParser &parser) {
    return {parser.isSet(QStringLiteral("accept-new")), parser.isSet(QStringLiteral("quiet")),
            parser.isSet(QStringLiteral("json"))};
}

int follow(Services &services, const FollowOptions &options, const Paths &paths,
           const std::function<void(Services &, const Begun &)> &begin) {
    const Progress progress(services, options);
    outliveTerminal();
    Stopping stopping(services);
    const StopSignal stopSignal([&stopping] { stopping.begin(); });
    QObject::connect(&services, &Services::campaignFinished, QCoreApplication::instance(),
                     [&](const QString &finished) {
                         services.loadCampaign(finished, [&](const Result<CampaignRecord> &record) {
                             const int code = record ? showEnd(*record, paths, options.json)
                                                     : fail(record.error().text, kNothing);
                             exitWhenIdle(services.rentals(), code);
                         });
                     });
    // Only a loop that runs can be left.
    QTimer::singleShot(0, &services, [&] {
        begin(services, [&services](const Result<QString> &id) {
            if (!id)
                exitWhenIdle(services.rentals(), fail(id.error().text, kUsage));
        });
    });
    return QCoreApplication::exec();
}

} // namespace slipway::cli
