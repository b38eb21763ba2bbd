// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/host.h"

#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

bool matches(const QString &pattern, const QString &text) {
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

// Host names, IPv4 and IPv6 literals. Nothing that a shell, ssh or a URL could take for something else.
bool isAddress(const QString &text) {
    return matches(
        QStringLiteral("[A-Za-z0-9][A-Za-z0-9.-]{0,252}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?"), text);
}

bool isAbsolutePath(const QString &text) {
    return text.startsWith(QLatin1Char('/')) && !text.contains(QLatin1Char('\n')) && !text.contains(QChar(0));
}

} // namespace

QString hostRoleName(HostRole role) {
    return role == HostRole::Peer ? QStringLiteral("peer") : QStringLiteral("chaos");
}

bool isPlainName(const QString &name) {
    return matches(QStringLiteral("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"), name);
}

bool isIpAddress(const QString &text) {
    static const QString byte = QStringLiteral("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    return matches(byte + QStringLiteral("(\\.") + byte + QStringLiteral("){3}"), text) ||
           (text.count(QLatin1Char(':')) >= 2 && matches(QStringLiteral("[0-9A-Fa-f:.]{2,45}"), text));
}

std::optional<HostProblem> hostProblem(const Host &host) {
    const QString plain = QStringLiteral("may hold letters, digits, dot, dash and underscore only");
    const QString noAddress = QStringLiteral("is neither a host name nor an IP address");
    if (!isPlainName(host.name))
        return HostProblem{QStringLiteral("name"), plain};
    if (!host.id.isEmpty() && !isPlainName(host.id))
        return HostProblem{QStringLiteral("id"), plain};
    if (!isAddress(host.address))
        return HostProblem{QStringLiteral("address"), noAddress};
    if (!host.user.isEmpty() && !matches(QStringLiteral("[A-Za-z_][A-Za-z0-9._-]{0,31}"), host.user))
        return HostProblem{QStringLiteral("user"), QStringLiteral("is not a user name")};
    if (!isAddress(host.privateAddress))
        return HostProblem{QStringLiteral("privateAddress"), noAddress};
    if (!host.sshConfig.isEmpty() && host.sshConfig != QLatin1String("none") &&
        !isAbsolutePath(host.sshConfig))
        return HostProblem{QStringLiteral("sshConfig"),
                           QStringLiteral("must be an absolute path or \"none\"")};
    for (const auto &[field, path] : {std::pair{QStringLiteral("serverPath"), host.serverPath},
                                      std::pair{QStringLiteral("workDir"), host.workDir}}) {
        if (!isAbsolutePath(path))
            return HostProblem{field, QStringLiteral("must be an absolute path")};
    }
    const auto printable = [](const QString &text) {
        return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
    };
    if (host.group.size() > 64 || host.group != host.group.trimmed() || !printable(host.group))
        return HostProblem{QStringLiteral("group"),
                           QStringLiteral("must be one line of at most 64 characters")};
    for (const QString &tag : host.tags) {
        if (!matches(QStringLiteral("[A-Za-z0-9_:.-]{1,255}"), tag))
            return HostProblem{
                QStringLiteral("tags"),
                QStringLiteral("may hold letters, digits, colon, dot, dash and underscore only")};
    }
    return std::nullopt;
}

} // namespace slipway
