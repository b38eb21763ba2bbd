// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconfig.h"

#include "app/ssh/sshpaths.h"
#include "app/ssh/sshtool.h"

namespace slipway {

namespace {

QStringList destinationOf(const Host &host) {
    QStringList words;
    if (!host.sshConfig.isEmpty())
        words << QStringLiteral("-F") << host.sshConfig;
    if (host.port != 0)
        words << QStringLiteral("-p") << QString::number(host.port);
    if (!host.user.isEmpty())
        words << QStringLiteral("-l") << host.user;
    return words << QStringLiteral("--") << host.address;
}

Error notRead(const Host &host, const QString &why) {
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("%1: ssh_config for %2 cannot be read by ssh: %3").arg(host.name, host.address, why)};
}

Result<QByteArray> askSshConfig(const Host &host, const QStringList &options) {
    const auto answer =
        runSshTool(QStringLiteral("ssh"),
                   QStringList{QStringLiteral("-G"), QStringLiteral("-T")} + options + destinationOf(host));
    if (!answer)
        return notRead(host, answer.error().text);
    if (answer->exitCode != 0)
        return notRead(host, lastWords(answer->err));
    return answer->out;
}

// ssh expands the tokens of known-hosts files when it prints them, and leaves those of others as they are: so
// it is asked for the others as if they were one.
Result<void> expandPaths(const Host &host, QStringList &paths) {
    QStringList open;
    for (QString &path : paths) {
        path = withHome(path);
        if (needsSsh(path))
            open << path;
    }
    if (open.isEmpty())
        return {};
    const auto word = wordForExpansion(open);
    if (!word)
        return notRead(host, word.error().text);
    const auto answer =
        askSshConfig(host, {QStringLiteral("-o"), QStringLiteral("UserKnownHostsFile=") + *word});
    if (!answer)
        return answer.error();
    auto expanded = expandedFrom(*answer);
    if (!expanded)
        return notRead(host, expanded.error().text);
    if (expanded->size() != open.size())
        return notRead(host, QStringLiteral("it does not expand %1").arg(open.join(QStringLiteral(", "))));
    for (QString &path : paths) {
        if (needsSsh(path))
            path = expanded->takeFirst();
    }
    return {};
}

Result<void> expandAll(const Host &host, SshTarget &target) {
    // What the fleet names is a path as it stands.
    QStringList paths = host.identityFile.isEmpty() ? target.identityFiles + target.certificateFiles
                                                    : target.certificateFiles;
    if (isAgentPath(target.agent))
        paths << target.agent;
    TRY(expandPaths(host, paths));
    const qsizetype keys = host.identityFile.isEmpty() ? target.identityFiles.size() : 0;
    const qsizetype certificates = target.certificateFiles.size();
    if (isAgentPath(target.agent))
        target.agent = paths.constLast();
    target.agent = agentSocket(target.agent);
    target.certificateFiles = paths.mid(keys, certificates);
    if (host.identityFile.isEmpty())
        target.identityFiles = paths.mid(0, keys);
    return {};
}

} // namespace

Result<SshTarget> resolveTarget(const Host &host) {
    const auto answer = askSshConfig(host, {});
    if (!answer)
        return answer.error();
    auto target = readTarget(host, *answer);
    if (!target)
        return target;
    target->destination = destinationOf(host);
    TRY(expandAll(host, *target));
    return target;
}

} // namespace slipway
