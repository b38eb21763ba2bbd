// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitsettings.h"

#include <QStringList>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxSettings = 2000; // they travel in the environment

const QStringList &keptSections() {
    static const QStringList sections{
        QStringLiteral("credential."), QStringLiteral("http."),   QStringLiteral("url."),
        QStringLiteral("user."),       QStringLiteral("author."), QStringLiteral("committer."),
        QStringLiteral("gpg."),        QStringLiteral("ssh."),    QStringLiteral("protocol.")};
    return sections;
}

const QStringList &keptNames() {
    static const QStringList names{QStringLiteral("commit.gpgsign"), QStringLiteral("push.gpgsign"),
                                   QStringLiteral("core.sshcommand"), QStringLiteral("core.askpass"),
                                   QStringLiteral("core.gitproxy")};
    return names;
}

} // namespace

QStringList GitSettings::values(const QString &name) const {
    QStringList found;
    for (const auto &[one, value] : kept) {
        if (one == name)
            found << value;
    }
    return found;
}

QString GitSettings::value(const QString &name) const {
    const QStringList found = values(name);
    return found.isEmpty() ? QString() : found.constLast();
}

bool isSettingKept(const QString &name) {
    return keptNames().contains(name) ||
           std::any_of(keptSections().begin(), keptSections().end(),
                       [&](const QString &section) { return name.startsWith(section); });
}

Result<QList<std::pair<QString, QString>>> parseGitSettings(const QByteArray &list) {
    QList<std::pair<QString, QString>> settings;
    for (const QByteArray &entry : list.split('\0')) {
        if (entry.isEmpty())
            continue;
        if (settings.size() == kMaxSettings)
            return Error{ErrorCode::Unsupported,
                         QStringLiteral("git has more than %1 settings here (git config --list). Nothing was "
                                        "published.")
                             .arg(kMaxSettings)};
        const qsizetype end = entry.indexOf('\n');
        // A name alone is a yes.
        settings.append({QString::fromUtf8(end < 0 ? entry : entry.left(end)),
                         end < 0 ? QStringLiteral("true") : QString::fromUtf8(entry.mid(end + 1))});
    }
    return settings;
}

} // namespace slipway
