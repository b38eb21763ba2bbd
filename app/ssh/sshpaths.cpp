// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshpaths.h"

#include <QFile>

#include <algorithm>
#include <vector>

#include <cerrno>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

const QChar kBetween(0x1f); // the "unit separator", which no path of a person has

// Of a NAME, or of who runs this.
QString homeOf(const QString &name) {
    const long size = sysconf(_SC_GETPW_R_SIZE_MAX);
    std::vector<char> buffer(static_cast<size_t>(size > 0 ? size : 16384));
    passwd entry{};
    passwd *found = nullptr;
    if (name.isEmpty())
        getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found);
    else
        getpwnam_r(name.toLocal8Bit().constData(), &entry, buffer.data(), buffer.size(), &found);
    return found ? QFile::decodeName(found->pw_dir) : QString();
}

} // namespace

std::optional<QString> exactText(const QByteArray &bytes) {
    const QString text = QString::fromUtf8(bytes);
    return text.toUtf8() == bytes ? std::optional(text) : std::nullopt;
}

QString withHome(const QString &path) {
    if (!path.startsWith(QLatin1Char('~')))
        return path;
    const QString name = path.section(QLatin1Char('/'), 0, 0).mid(1);
    const QString home = homeOf(name);
    return home.isEmpty() ? path : home + path.mid(name.size() + 1);
}

Result<bool> isThere(const QString &path) {
    struct stat status {};
    if (stat(QFile::encodeName(path).constData(), &status) == 0)
        return true;
    if (errno == ENOENT || errno == ENOTDIR)
        return false;
    return Error{ErrorCode::Io, QStringLiteral("%1 cannot be read: %2").arg(path, qt_error_string(errno))};
}

bool isDefaultIdentity(const QString &path) {
    return path.startsWith(withHome(QStringLiteral("~/.ssh/id_")));
}

bool needsSsh(const QString &path) {
    return path.contains(QLatin1Char('%')) || path.contains(QLatin1String("${"));
}

Result<QString> wordForExpansion(const QStringList &paths) {
    QString all = paths.join(kBetween);
    const bool odd =
        std::any_of(all.begin(), all.end(), [](QChar c) { return c < QLatin1Char(' ') && c != kBetween; });
    if (odd || all.count(kBetween) != paths.size() - 1)
        return Error{ErrorCode::InvalidInput, QStringLiteral("a path contains control characters")};
    all.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + all + QLatin1Char('"');
}

Result<QStringList> expandedFrom(const QByteArray &answer) {
    const QByteArray option("userknownhostsfile ");
    for (const QByteArray &line : answer.split('\n')) {
        if (!line.startsWith(option))
            continue;
        const auto paths = exactText(line.mid(option.size()));
        if (!paths)
            return Error{ErrorCode::Unsupported,
                         QStringLiteral("a path expands to bytes that are not UTF-8")};
        return paths->split(kBetween);
    }
    return QStringList();
}

bool isAgentPath(const QString &agent) {
    const bool variable = agent.startsWith(QLatin1Char('$')) && !agent.startsWith(QLatin1String("${"));
    return !agent.isEmpty() && agent != QLatin1String("none") && agent != QLatin1String("SSH_AUTH_SOCK") &&
           !variable;
}

QString agentSocket(const QString &agent) {
    if (agent == QLatin1String("none"))
        return {};
    if (isAgentPath(agent))
        return agent;
    const bool variable = agent.startsWith(QLatin1Char('$'));
    return qEnvironmentVariable(variable ? agent.mid(1).toLocal8Bit().constData() : "SSH_AUTH_SOCK");
}

} // namespace slipway
