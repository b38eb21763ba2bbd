// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sandbox.h"

#include "app/cli/asking.h"
#include "app/core/paths.h"
#include "app/fleet/sandbox.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr int kFailed = 1;

constexpr OwnWords kHelp =
    "slipwayctl sandbox: a fleet of four hosts on this machine\n\n"
    "  slipwayctl sandbox up [--server PATH | --reference] [--lie] [--json]\n"
    "  slipwayctl sandbox status [--json]\n"
    "  slipwayctl sandbox down\n\n"
    "up brings the fleet up, repairs it, or leaves a healthy one alone, and writes fleet.json.\n"
    "As root the hosts have networks of their own; otherwise they are SSH servers on loopback\n"
    "addresses, and faults that need packet filters cannot be exercised.\n\n"
    "  --server PATH  the server under test; later commands keep it, also after down\n"
    "  --reference    ai-memory-reference beside slipwayctl, as at first\n"
    "  --lie          it loses writes that it acknowledged\n"
    "  --json         machine-readable output: of up the fleet, of status the state\n\n"
    "Exit code: 0 done (status: all of it is up), 1 not done or not up, 2 wrong usage.\n";

QString stateName(SandboxStatus::State state) {
    switch (state) {
    case SandboxStatus::State::Down:
        return QStringLiteral("down");
    case SandboxStatus::State::Partial:
        return QStringLiteral("partial");
    case SandboxStatus::State::Up:
        return QStringLiteral("up");
    }
    return {};
}

QString modeName(const SandboxStatus &status) {
    return status.namespaces ? QStringLiteral("namespaces") : QStringLiteral("loopback");
}

QJsonDocument statusJson(const SandboxStatus &status) {
    QJsonArray hosts;
    for (const SandboxHostStatus &host : status.hosts) {
        hosts.append(QJsonObject{{QStringLiteral("name"), host.name},
                                 {QStringLiteral("address"), host.address},
                                 {QStringLiteral("port"), host.port},
                                 {QStringLiteral("pid"), host.pid},
                                 {QStringLiteral("networkNamespace"), host.networkNamespace},
                                 {QStringLiteral("answers"), host.answers}});
    }
    QJsonObject object{{QStringLiteral("state"), stateName(status.state)}, {QStringLiteral("hosts"), hosts}};
    if (!status.hosts.isEmpty()) {
        object.insert(QStringLiteral("mode"), modeName(status));
        object.insert(QStringLiteral("server"), serverToJson(status.server));
    }
    return QJsonDocument(object);
}

void printStatus(const SandboxStatus &status) {
    print(lineText(QStringLiteral("Sandbox: %1").arg(stateName(status.state))));
    if (status.hosts.isEmpty())
        return;
    const QString none = QStringLiteral("not known");
    print(lineText(QStringLiteral("Hosts:   %1")
                       .arg(status.namespaces ? QStringLiteral("each with a network of its own")
                                              : QStringLiteral("on loopback addresses, no packet filters"))));
    print(lineText(QStringLiteral("Server:  %1%2, MCP tools: %3")
                       .arg(status.server.version.isEmpty() ? status.server.source : status.server.version,
                            status.server.lie ? QStringLiteral(" (lying)") : QString(),
                            status.server.mcpTools < 0 ? none : QString::number(status.server.mcpTools))) +
          "\n");
    for (const SandboxHostStatus &host : status.hosts) {
        print(lineText(
            QStringLiteral("  %1 %2 %3")
                .arg(host.name, -8)
                .arg(QStringLiteral("%1:%2").arg(host.address).arg(host.port), -20)
                .arg(host.healthy() ? QStringLiteral("up, process %1").arg(host.pid)
                     : host.pid == 0
                         ? QStringLiteral("down")
                         : QStringLiteral("process %1 runs, its SSH server does not answer").arg(host.pid))));
    }
}

int up(Sandbox &sandbox, const SandboxOptions &options, bool json) {
    const auto fleet = sandbox.up(options);
    if (!fleet)
        return fail(QStringLiteral("slipwayctl sandbox: ") + fleet.error().text, kFailed);
    if (json) {
        print(jsonText(QJsonDocument::fromJson(fleetToJson(*fleet))));
        return 0;
    }
    const auto status = sandbox.status();
    if (!status)
        return fail(QStringLiteral("slipwayctl sandbox: ") + status.error().text, kFailed);
    printStatus(*status);
    print("\n" + lineText(QStringLiteral("Fleet file: ") + sandbox.fleetFile()));
    return 0;
}

} // namespace

int runSandbox(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    const QCommandLineOption server(QStringLiteral("server"), QString(), QStringLiteral("PATH"));
    const QCommandLineOption reference(QStringLiteral("reference"));
    const QCommandLineOption lie(QStringLiteral("lie"));
    const QCommandLineOption json(QStringLiteral("json"));
    parser.addOptions({server, reference, lie, json});
    if (const auto code = parse(parser, QStringLiteral("sandbox"), arguments, kHelp, 1, 1))
        return *code;
    const QString action = parser.positionalArguments().constFirst();
    if (action != QLatin1String("up") &&
        (parser.isSet(server) || parser.isSet(reference) || parser.isSet(lie)))
        return failUsage(QStringLiteral("sandbox"),
                         QStringLiteral("--server, --reference and --lie go with up"));
    if (parser.isSet(server) && parser.isSet(reference))
        return failUsage(QStringLiteral("sandbox"), QStringLiteral("--server or --reference, not both"));

    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(QStringLiteral("slipwayctl sandbox: ") + paths.error().text, kFailed);
    Sandbox sandbox(*paths);
    if (action == QLatin1String("up"))
        return up(sandbox, {parser.value(server), parser.isSet(reference), parser.isSet(lie)},
                  parser.isSet(json));
    if (action == QLatin1String("down")) {
        const auto done = sandbox.down();
        return done ? 0 : fail(QStringLiteral("slipwayctl sandbox: ") + done.error().text, kFailed);
    }
    if (action == QLatin1String("status")) {
        const auto status = sandbox.status();
        if (!status)
            return fail(QStringLiteral("slipwayctl sandbox: ") + status.error().text, kFailed);
        if (parser.isSet(json))
            print(jsonText(statusJson(*status)));
        else
            printStatus(*status);
        return status->state == SandboxStatus::State::Up ? 0 : kFailed;
    }
    return failUsage(QStringLiteral("sandbox"), QStringLiteral("say up, down or status"));
}

} // namespace slipway::cli
