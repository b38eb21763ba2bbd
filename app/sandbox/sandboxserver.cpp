// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxserver.h"

#include "app/core/outputfile.h"
#include "app/core/program.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

namespace slipway {

namespace {

constexpr int kAnswerTimeoutMs = 10000;
constexpr int kToolsRequest = 2;
constexpr QFile::Permissions kForAll = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                       QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther |
                                       QFile::ExeOther;

const QByteArray kMcpQuestions = QByteArrayLiteral(
    R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},)"
    R"("clientInfo":{"name":"slipway","version":")" SLIPWAY_VERSION R"("}}})"
    "\n"
    R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
    "\n"
    R"({"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}})"
    "\n");

int countTools(const QString &program) {
    const QTemporaryDir home(QFileInfo(program).path() + QStringLiteral("/probe-XXXXXX"));
    QProcess process;
    dieWithThread(process);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("AI_MEMORY_DB"), home.filePath(QStringLiteral("memory.db")));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(home.path());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, {QStringLiteral("mcp")});
    process.write(kMcpQuestions);
    const QDeadlineTimer deadline(kAnswerTimeoutMs);
    int tools = -1;
    while (tools < 0) {
        if (!process.canReadLine() && !process.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            break;
        while (process.canReadLine()) {
            const QJsonObject answer = QJsonDocument::fromJson(process.readLine()).object();
            const QJsonValue list = answer.value(QLatin1String("result"))[QLatin1String("tools")];
            if (answer.value(QLatin1String("id")).toInt() == kToolsRequest && list.isArray())
                tools = static_cast<int>(list.toArray().size());
        }
    }
    process.closeWriteChannel();
    if (!process.waitForFinished(1000)) {
        process.kill();
        process.waitForFinished();
    }
    return tools;
}

Result<void> copyProgram(const QString &source, const QString &target) {
    const QString fresh = target + QStringLiteral(".new");
    QFile::remove(fresh);
    // By another program: a child that another thread begins would hold a file open for writing that is
    // written here, and a program that somebody writes cannot be started ("Text file busy").
    const QString folder = QFileInfo(target).path();
    if (!QDir().mkpath(folder))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be made.").arg(folder)};
    TRY(programOutput({QStringLiteral("cp"), {QStringLiteral("--"), source, fresh}}));
    // Servers under test run as a user of their own, who must come as far as the program.
    QFile::setPermissions(folder, kForAll);
    QFile::setPermissions(fresh, kForAll);
    // A rename, because the old program may be running and then takes no writing.
    if (std::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(target).constData()) != 0)
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be replaced.").arg(target)};
    return {};
}

Result<void> writeLiar(const QString &target) {
    return writeFile(target,
                     "#!/bin/sh\nAI_MEMORY_REFERENCE_LIE=1 exec \"${0%/*}/honest/ai-memory\" \"$@\"\n",
                     {.permissions = kForAll});
}

} // namespace

QJsonObject serverToJson(const SandboxServer &server) {
    return {{QStringLiteral("source"), server.source},         {QStringLiteral("size"), server.size},
            {QStringLiteral("modifiedMs"), server.modifiedMs}, {QStringLiteral("lie"), server.lie},
            {QStringLiteral("version"), server.version},       {QStringLiteral("mcpTools"), server.mcpTools}};
}

SandboxServer serverFromJson(const QJsonObject &object) {
    SandboxServer server;
    server.source = object.value(QLatin1String("source")).toString();
    server.size = object.value(QLatin1String("size")).toInteger();
    server.modifiedMs = object.value(QLatin1String("modifiedMs")).toInteger();
    server.lie = object.value(QLatin1String("lie")).toBool();
    server.version = object.value(QLatin1String("version")).toString();
    server.mcpTools = object.value(QLatin1String("mcpTools")).toInt(-1);
    return server;
}

Result<SandboxServer> installServer(const QString &folder, const QString &source, bool lie,
                                    const SandboxServer &installed) {
    const QFileInfo info(source);
    if (!info.isFile() || !info.isExecutable()) {
        return Error{ErrorCode::NotFound,
                     QStringLiteral("There is no program at %1. Name the server under test with --server, or "
                                    "take the reference node with --reference (package slipway-sandbox).")
                         .arg(source)};
    }
    SandboxServer server;
    server.source = info.canonicalFilePath();
    server.size = info.size();
    server.modifiedMs = info.lastModified().toMSecsSinceEpoch();
    server.lie = lie;
    server.version = installed.version;
    server.mcpTools = installed.mcpTools;
    const QString target = folder + QStringLiteral("/ai-memory");
    if (server == installed && QFileInfo(target).isExecutable())
        return server;

    const auto copied =
        copyProgram(server.source, lie ? folder + QStringLiteral("/honest/ai-memory") : target);
    if (!copied)
        return copied.error();
    if (lie) {
        const auto wrapped = writeLiar(target);
        if (!wrapped)
            return wrapped.error();
    }
    const auto version = programOutput({target, {QStringLiteral("--version")}, kAnswerTimeoutMs});
    if (!version)
        return Error{version.error().code,
                     QStringLiteral("%1 is not a server under test, as --version fails: %2")
                         .arg(source, version.error().text)};
    server.version = QString::fromUtf8(version->left(version->indexOf('\n')).trimmed());
    server.mcpTools = countTools(target);
    return server;
}

} // namespace slipway
