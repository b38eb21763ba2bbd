// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshlogin.h"

#include "app/ssh/jumpcommand.h"
#include "app/ssh/safealgorithms.h"
#include "app/ssh/sshpaths.h"
#include "models/core/plaintext.h"

#include <algorithm>

#include <sys/socket.h>

namespace slipway {

namespace {

// Which tokens ssh looks for in a value.
enum class Tokens {
    Percent, ///< "%h" and the like
    All,     ///< "${NAME}" too, which nothing takes the meaning from
    Unclear, ///< depends on ssh's version
    None
};

// Collects options; the first value that cannot be written is the error.
class OptionLines {
public:
    explicit OptionLines(const Host &host) : m_host(host) {}

    void add(const char *name, const QString &value, Tokens tokens) { addAll(name, {value}, tokens); }

    // Values of one option, each in quotes of its own.
    void addAll(const char *name, const QStringList &values, Tokens tokens) {
        QStringList quoted;
        for (QString value : values) {
            refuseUnless(name, value, isOneLine(value), "contains a control character");
            const bool hasVariable = value.contains(QLatin1String("${"));
            refuseUnless(name, value, tokens != Tokens::All || !hasVariable,
                         "contains \"${\", which ssh takes for a variable");
            refuseUnless(name, value,
                         tokens != Tokens::Unclear || !(hasVariable || value.contains(QLatin1Char('%'))),
                         "contains \"%\" or \"${\", which not every ssh reads in the same way");
            if (tokens == Tokens::Percent || tokens == Tokens::All)
                value.replace(QLatin1Char('%'), QLatin1String("%%"));
            value.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
                .replace(QLatin1Char('"'), QLatin1String("\\\""));
            quoted << QLatin1Char('"') + value + QLatin1Char('"');
        }
        m_options << SshOption{QLatin1String(name), quoted.join(QLatin1Char(' '))};
    }

    // What ssh takes as it stands, to the end of the line.
    void addAsIs(const char *name, const QString &value) {
        refuseUnless(name, value, isOneLine(value) && value == value.trimmed(),
                     "contains a control character, or a blank at its end");
        m_options << SshOption{QLatin1String(name), value};
    }

    [[nodiscard]] Result<QList<SshOption>> take() {
        if (m_error)
            return *m_error;
        return m_options;
    }

    void refuseUnless(const char *name, const QString &value, bool holds, const char *why) {
        if (!holds && !m_error)
            m_error = Error{ErrorCode::Unsupported,
                            QStringLiteral("%1: %2 \"%3\" cannot be written for ssh: it %4.")
                                .arg(m_host.name, QLatin1String(name), value, QLatin1String(why))};
    }

private:
    static bool isOneLine(const QString &value) { return plainText(value) == value; }

    const Host &m_host;
    QList<SshOption> m_options;
    std::optional<Error> m_error;
};

void addWay(OptionLines &lines, const SshTarget &target) {
    lines.add("HostName", target.host.address, Tokens::Percent);
    lines.add("Port", QString::number(target.host.port), Tokens::None);
    lines.add("User", target.host.user, Tokens::Unclear);
    if (target.source.family != AF_UNSPEC)
        lines.add("AddressFamily",
                  target.source.family == AF_INET ? QStringLiteral("inet") : QStringLiteral("inet6"),
                  Tokens::None);
    if (!target.source.address.isEmpty())
        lines.add("BindAddress", target.source.address, Tokens::None);
    if (!target.source.interface.isEmpty())
        lines.add("BindInterface", target.source.interface, Tokens::None);
    if (target.connectSeconds > 0)
        lines.add("ConnectTimeout", QString::number(target.connectSeconds), Tokens::None);
    QString proxy = target.proxyCommand;
    proxy.replace(QLatin1Char('%'), QLatin1String("%%"));
    if (proxy.isEmpty())
        proxy = jumpCommand(target);
    lines.addAsIs("ProxyCommand", proxy.isEmpty() ? QStringLiteral("none") : proxy);
}

// ssh looks for the usual keys by itself, and complains of a named one that is not there.
QStringList keysToName(const SshTarget &target) {
    QStringList named = target.identityFiles;
    if (target.host.identityFile.isEmpty() && std::all_of(named.begin(), named.end(), isDefaultIdentity))
        return {};
    named.removeIf([&](const QString &file) {
        const auto there = isThere(file);
        return file != target.host.identityFile && isDefaultIdentity(file) && there && !*there;
    });
    return named;
}

void addIdentities(OptionLines &lines, const SshTarget &target) {
    for (const QString &file : keysToName(target))
        lines.add("IdentityFile", file, Tokens::All);
    for (const QString &file : target.certificateFiles)
        lines.add("CertificateFile", file, Tokens::All);
    lines.add("IdentitiesOnly", target.identitiesOnly ? QStringLiteral("yes") : QStringLiteral("no"),
              Tokens::None);
    // The usual agent has another socket the next time.
    if (target.agent.isEmpty() && !qEnvironmentVariableIsEmpty("SSH_AUTH_SOCK"))
        lines.add("IdentityAgent", QStringLiteral("none"), Tokens::None);
    else if (target.agent != qEnvironmentVariable("SSH_AUTH_SOCK"))
        lines.add("IdentityAgent", target.agent, Tokens::All);
    lines.add("PreferredAuthentications", QStringLiteral("publickey"), Tokens::None);
}

// The words of a command that ssh starts without a shell, with tokens in them.
QString commandOf(const QStringList &words, OptionLines &lines) {
    QStringList quoted;
    for (QString word : words) {
        lines.refuseUnless("KnownHostsCommand", word, !word.contains(QLatin1String("${")),
                           "contains \"${\", which ssh takes for a variable");
        word.replace(QLatin1Char('%'), QLatin1String("%%"))
            .replace(QLatin1Char('\\'), QLatin1String("\\\\"))
            .replace(QLatin1Char('"'), QLatin1String("\\\""));
        quoted << QLatin1Char('"') + word + QLatin1Char('"');
    }
    return quoted.join(QLatin1Char(' '));
}

void addTrust(OptionLines &lines, const SshTarget &target, const HostKeyCheck &check,
              const QStringList &pinnedKeys) {
    const HostTrust &trust = target.trust;
    const QString address = target.host.address.toLower();
    if (trust.withoutPort.isEmpty() && (target.host.port != 22 || trust.name != address))
        lines.add("HostKeyAlias", trust.name, Tokens::Unclear);
    const QStringList nothing{QStringLiteral("/dev/null")};
    lines.addAll("UserKnownHostsFile", check.isPinned() || trust.files.isEmpty() ? nothing : trust.files,
                 Tokens::All);
    lines.addAll("GlobalKnownHostsFile", nothing, Tokens::None);
    if (check.isPinned()) {
        lines.refuseUnless("KnownHostsCommand", trust.knownHostsCommand, trust.knownHostsCommand.isEmpty(),
                           "stands in ssh_config, and the keys of this host are pinned too");
        lines.addAsIs("KnownHostsCommand", commandOf(pinnedKeys, lines));
    } else {
        lines.addAsIs("KnownHostsCommand",
                      trust.knownHostsCommand.isEmpty() ? QStringLiteral("none") : trust.knownHostsCommand);
    }
    if (trust.revokedKeys.isEmpty())
        lines.add("RevokedHostKeys", QStringLiteral("none"), Tokens::None);
    else
        lines.add("RevokedHostKeys", trust.revokedKeys, Tokens::Unclear);
    const bool checksAddress = trust.askSsh == QLatin1String("CheckHostIP");
    lines.add("CheckHostIP", checksAddress ? QStringLiteral("yes") : QStringLiteral("no"), Tokens::None);
    lines.add("StrictHostKeyChecking", QStringLiteral("yes"), Tokens::None);
    for (const char *option : {"NoHostAuthenticationForLocalhost", "VerifyHostKeyDNS", "UpdateHostKeys"})
        lines.add(option, QStringLiteral("no"), Tokens::None);
}

void addAlgorithms(OptionLines &lines, const SshTarget &target, const HostKeyCheck &check) {
    const SshAlgorithms safe = safeAlgorithms(target.algorithms);
    for (const auto &[name, list] : {std::pair{"HostKeyAlgorithms", check.algorithms(safe.hostKeys)},
                                     {"Ciphers", safe.ciphers},
                                     {"MACs", safe.macs},
                                     {"KexAlgorithms", safe.keyExchange},
                                     {"PubkeyAcceptedAlgorithms", safe.publicKeys}}) {
        lines.refuseUnless(name, list, !list.isEmpty(),
                           "allows nothing that is safe and fits the pinned keys");
        lines.add(name, list, Tokens::None);
    }
    if (target.algorithms.rsaBits > 0) // older ones do not know it
        lines.add("RequiredRSASize", QString::number(safe.rsaBits), Tokens::None);
}

} // namespace

Result<QList<SshOption>> loginOptions(const SshTarget &target, const HostKeyCheck &check,
                                      const QStringList &pinnedKeys) {
    OptionLines lines(target.host);
    addWay(lines, target);
    addIdentities(lines, target);
    addTrust(lines, target, check, pinnedKeys);
    addAlgorithms(lines, target, check);
    return lines.take();
}

} // namespace slipway
