// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sandbox.h"

#include "app/cli/asking.h"
#include "app/core/paths.h"
#include "app/sandbox/sandbox.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

namespace slipway::cli {

namespace {

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
                                 {QStringLiteral("network_namespace"), orNull(host.networkNamespace)},
                                 {QStringLiteral("answers"), host.answers}});
    }
    QJsonObject object{{QStringLiteral("state"), stateName(status.state)},
                       {QStringLiteral("hosts"), hosts},
                       {QStringLiteral("mode"), QJsonValue()},
                       {QStringLiteral("server"), QJsonValue()}};
    if (!status.hosts.isEmpty()) {
        const SandboxServer &server = status.server;
        object.insert(QStringLiteral("mode"), modeName(status));
        object.insert(QStringLiteral("server"),
                      QJsonObject{{QStringLiteral("source"), server.source},
                                  {QStringLiteral("lie"), server.lie},
                                  {QStringLiteral("version"), orNull(server.version)},
                                  {QStringLiteral("mcp_tools"),
                                   server.mcpTools < 0 ? QJsonValue() : QJsonValue(server.mcpTools)}});
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

ExitCode failSandbox(const Error &error) {
    return fail(Error{error.code, QStringLiteral("slipwayctl sandbox: ") + error.text}, ExitCode::NotDone);
}

ExitCode up(Sandbox &sandbox, const SandboxOptions &options, bool json) {
    const auto fleet = sandbox.up(options);
    if (!fleet)
        return failSandbox(fleet.error());
    if (json) {
        print(jsonText(QJsonDocument::fromJson(fleetToJson(*fleet))));
        return ExitCode::Done;
    }
    const auto status = sandbox.status();
    if (!status)
        return failSandbox(status.error());
    printStatus(*status);
    print("\n" + lineText(QStringLiteral("Fleet file: ") + sandbox.fleetFile()));
    return ExitCode::Done;
}

ExitCode withSandbox(const Context &context, const std::function<ExitCode(Sandbox &)> &then) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return failSandbox(paths.error());
    Sandbox sandbox(*paths);
    return then(sandbox);
}

} // namespace

ExitCode sandboxUp(const Context &context, const QCommandLineParser &parser) {
    const QString server = parser.value(QStringLiteral("server"));
    const bool reference = parser.isSet(QStringLiteral("reference"));
    if (!server.isEmpty() && reference)
        return failUsage(context, QStringLiteral("--server or --reference, not both"));
    return withSandbox(context, [&](Sandbox &sandbox) {
        return up(sandbox, {server, reference, parser.isSet(QStringLiteral("lie"))},
                  parser.isSet(QStringLiteral("json")));
    });
}

ExitCode sandboxStatus(const Context &context, const QCommandLineParser &parser) {
    return withSandbox(context, [&](Sandbox &sandbox) {
        const auto status = sandbox.status();
        if (!status)
            return failSandbox(status.error());
        if (parser.isSet(QStringLiteral("json")))
            print(jsonText(statusJson(*status)));
        else
            printStatus(*status);
        return status->state == SandboxStatus::State::Up ? ExitCode::Done : ExitCode::No;
    });
}

ExitCode sandboxDown(const Context &context, const QCommandLineParser &) {
    return withSandbox(context, [](Sandbox &sandbox) {
        const auto done = sandbox.down();
        return done ? ExitCode::Done : failSandbox(done.error());
    });
}

} // namespace slipway::cli
