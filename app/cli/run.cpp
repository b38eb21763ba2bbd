// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/campaign/campaignplan.h"
#include "app/cli/tables.h"
#include "app/core/stopsignal.h"
#include "app/fleet/fleetsource.h"
#include "app/services.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr int kUsage = 2;
constexpr int kNoCampaign = 4; // nothing came about: the same code as "no evidence"

const char *const kHelp =
    "slipwayctl [--data-dir DIR] run --fleet FILE|sandbox --id ID [OPTIONS]\n\n"
    "Runs a campaign and follows it. Ctrl-C stops it on its hosts.\n\n"
    "  --fleet FILE|sandbox   the hosts; \"sandbox\" brings up four on this machine\n"
    "  --id ID                1 to 64 letters, digits, dots, dashes, underscores; must be new\n"
    "  --ref REF              what is being judged, a git ref of the server under test\n"
    "  --protocol FILE        another protocol than the built-in ship-gate\n"
    "  --phases 1,2,3,4       only these; the verdict still wants all\n"
    "  --set NAME=VALUE       a parameter of the protocol; may be repeated\n"
    "  --accept-new           pin the keys of hosts that are not known yet\n"
    "  --quiet                no progress, only the result\n"
    "  --json                 the result as JSON on standard output\n\n"
    "Exit code: 0 PROVEN, 1 FAIL, 3 UNPROVEN PASS, 4 evidence missing or invalid, 2 wrong usage.\n";

struct Options {
    QString fleet;
    LaunchRequest request;
    bool acceptNew = false;
    bool quiet = false;
    bool json = false;
};

Result<QByteArray> readFile(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString())};
    return file.readAll();
}

Result<QList<int>> parsePhases(const QString &text) {
    QList<int> phases;
    for (const QString &word : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        const int number = word.toInt(&isNumber);
        if (!isNumber || (!phases.isEmpty() && number <= phases.constLast()))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("--phases wants ascending numbers such as 1,2,4, not \"%1\"").arg(text)};
        phases.append(number);
    }
    return phases;
}

Result<QMap<QString, QString>> parseSettings(const QStringList &settings) {
    QMap<QString, QString> values;
    for (const QString &setting : settings) {
        const qsizetype equals = setting.indexOf(QLatin1Char('='));
        if (equals < 1)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("--set wants NAME=VALUE, not \"%1\"").arg(setting)};
        values.insert(setting.left(equals), setting.mid(equals + 1));
    }
    return values;
}

Result<Protocol> readProtocol(const QString &path) {
    if (path.isEmpty())
        return builtInProtocol(QStringLiteral("ship-gate"));
    const auto bytes = readFile(path);
    if (!bytes)
        return bytes.error();
    return parseProtocol(*bytes, path);
}

// Progress for a person, on stderr so that --json on stdout stays clean.
class Progress : public QObject {
public:
    Progress(Services &services, const Options &options) : m_options(options) {
        connect(&services, &Services::phaseRunChanged, this, &Progress::showRun);
        connect(&services, &Services::cyclesArrived, this, &Progress::showCycles);
        connect(&services, &Services::hostConnectionChanged, this,
                [this](const QString &host, const QString &text, bool) {
                    if (!text.isEmpty())
                        say(QStringLiteral("%1: %2").arg(host, text));
                });
        connect(&services, &Services::problemOccurred, this,
                [](const QString &, const Error &error) { fail(error.text, 0); });
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
    }

private:
    void say(const QString &text) {
        if (!m_options.quiet)
            fail(QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss ")) + text, 0);
    }

    void showRun(const QString &, const PhaseRun &run) {
        QString text = QStringLiteral("phase %1 %2 on %3: %4")
                           .arg(run.phase)
                           .arg(run.step, run.host, runStateName(run.state));
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

    const Options &m_options;
};

int follow(Services &services, const Options &options, const Paths &paths) {
    const Progress progress(services, options);
    const StopSignal stopSignal([&services] {
        fail(QStringLiteral("Stopping the campaign on its hosts; once more to leave it running there."), 0);
        services.stopCampaign();
    });
    int exitCode = kNoCampaign;
    const QString id = options.request.id;
    QObject::connect(
        &services, &Services::campaignFinished, QCoreApplication::instance(), [&](const QString &finished) {
            services.loadCampaign(finished, [&](const Result<CampaignRecord> &record) {
                if (!record) {
                    QCoreApplication::exit(fail(record.error().text, kNoCampaign));
                    return;
                }
                if (options.json)
                    print(QString::fromUtf8(QJsonDocument(recordToJson(*record)).toJson()));
                else
                    print(recordToText(*record, paths.spoolDir(id)));
                exitCode = record->judgement ? verdictExitCode(record->judgement->verdict) : kNoCampaign;
                QCoreApplication::exit(exitCode);
            });
        });
    services.launch(options.request, [](const Result<void> &launched) {
        if (!launched)
            QCoreApplication::exit(fail(launched.error().text, kUsage));
    });
    return QCoreApplication::exec();
}

} // namespace

int run(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    for (const auto &name : {"fleet", "id", "ref", "protocol", "phases", "set"})
        parser.addOption({QLatin1String(name), {}, QStringLiteral("value")});
    for (const auto &name : {"accept-new", "quiet", "json", "help"})
        parser.addOption({QLatin1String(name), {}});
    if (!parser.parse(QStringList{QStringLiteral("run")} + arguments))
        return failUsage(QStringLiteral("run"), parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        print(QString::fromUtf8(kHelp));
        return 0;
    }
    if (!parser.positionalArguments().isEmpty())
        return failUsage(QStringLiteral("run"),
                         QStringLiteral("unexpected \"%1\"").arg(parser.positionalArguments().constFirst()));
    for (const auto &name : {QStringLiteral("fleet"), QStringLiteral("id")}) {
        if (parser.value(name).isEmpty())
            return failUsage(QStringLiteral("run"), QStringLiteral("--%1 is missing").arg(name));
    }
    Options options;
    options.fleet = parser.value(QStringLiteral("fleet"));
    options.acceptNew = parser.isSet(QStringLiteral("accept-new"));
    options.quiet = parser.isSet(QStringLiteral("quiet"));
    options.json = parser.isSet(QStringLiteral("json"));
    LaunchRequest &request = options.request;
    request.id = parser.value(QStringLiteral("id"));
    request.ref = parser.value(QStringLiteral("ref"));

    const auto settings = parseSettings(parser.values(QStringLiteral("set")));
    if (!settings)
        return failUsage(QStringLiteral("run"), settings.error().text);
    const auto protocol = readProtocol(parser.value(QStringLiteral("protocol")));
    if (!protocol)
        return fail(protocol.error().text, kUsage);
    request.protocol = *protocol;
    if (parser.isSet(QStringLiteral("phases"))) {
        const auto phases = parsePhases(parser.value(QStringLiteral("phases")));
        if (!phases)
            return failUsage(QStringLiteral("run"), phases.error().text);
        request.phases = *phases;
    }
    // Bad settings are told before a sandbox is brought up for nothing.
    if (const auto checked = resolveParameters(request.protocol, {}, *settings); !checked)
        return fail(checked.error().text, kUsage);
    const auto paths = openPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kUsage);
    auto services = Services::open(*paths);
    if (!services)
        return fail(services.error().text, kUsage);
    const auto fleet = openFleet(options.fleet, *paths);
    if (!fleet)
        return fail(fleet.error().text, kUsage);
    request.fleet = *fleet;
    const auto parameters = resolveParameters(request.protocol, fleet->parameters, *settings);
    if (!parameters)
        return fail(parameters.error().text, kUsage);
    request.parameters = *parameters;
    return follow(**services, options, *paths);
}

} // namespace slipway::cli
