// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/loginrefusal.h"

#include "app/ssh/sshauth.h"
#include "app/ssh/sshblob.h"
#include "models/core/instant.h"

#include <QDateTime>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxNamed = 6;

QString instant(quint64 seconds) {
    constexpr quint64 kFarAway = 253402300799; // the last second of the year 9999
    return utcOfSeconds(static_cast<qint64>(std::min(seconds, kFarAway)))
        .toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

// A server does not say why it refuses a certificate; its time is in it.
QString timeOf(const OfferedKey &key) {
    const auto times = timesOfCertificate(key.shown);
    const auto now = static_cast<quint64>(QDateTime::currentSecsSinceEpoch());
    if (times && times->before <= now)
        return QStringLiteral(" (it expired on %1)").arg(instant(times->before));
    if (times && times->after > now)
        return QStringLiteral(" (it is not valid before %1)").arg(instant(times->after));
    return {};
}

QString sentenceOf(const OfferedKey &key) {
    const QString what =
        QStringLiteral("the %1 %2")
            .arg(isCertificate(key.shown) ? QStringLiteral("certificate") : QStringLiteral("key"), key.name);
    switch (key.outcome) {
    case OfferedKey::Outcome::Accepted:
        return QStringLiteral("it took %1").arg(what);
    case OfferedKey::Outcome::Refused:
        return QStringLiteral("it does not take %1%2").arg(what, timeOf(key));
    case OfferedKey::Outcome::Missing:
        return QStringLiteral("the key file %1 is not there").arg(key.name);
    case OfferedKey::Outcome::NotReadable:
        return QStringLiteral(
                   "the key file %1 cannot be read or is not a private key, and ssh-agent does not have it")
            .arg(key.name);
    case OfferedKey::Outcome::Locked:
        return QStringLiteral("%1 needs a passphrase. Give it when asked, or add the key to ssh-agent")
            .arg(what);
    case OfferedKey::Outcome::AgentFailed:
        return QStringLiteral("with %1, %2").arg(what, key.why);
    }
    return {};
}

QString sentencesOf(const LoginStory &story) {
    QStringList said;
    qsizetype more = 0;
    for (const OfferedKey &key : story.offered) {
        if (key.outcome == OfferedKey::Outcome::Missing && !key.isNamed)
            continue;
        if (said.size() == kMaxNamed)
            ++more;
        else
            said << sentenceOf(key);
    }
    if (more > 0)
        said << QStringLiteral("nor %1 more").arg(more);
    if (!story.agent.isEmpty())
        said << story.agent;
    if (!story.target.notUsed.isEmpty())
        said << story.target.notUsed;
    if (said.isEmpty())
        said << QStringLiteral(
            "ssh-agent and ~/.ssh hold no key to offer. Name one as identityFile in the fleet");
    return said.join(QStringLiteral("; "));
}

} // namespace

Error refusalOf(const LoginStory &story, bool isAlive) {
    const Host &host = story.target.host;
    const QString shows =
        story.banner.isEmpty() ? QString() : QStringLiteral(" It shows \"%1\".").arg(story.banner);
    const bool tooMany = story.farewell.contains(QLatin1String("authentication fail"));
    if (!isAlive && !tooMany)
        return Error{ErrorCode::Unreachable,
                     QStringLiteral("%1: the connection ended while logging in as %2: %3.%4")
                         .arg(placeOf(host), host.user, story.farewell, shows)};
    const QString refuses = QStringLiteral("%1 does not let user %2 in").arg(placeOf(host), host.user);
    if (tooMany)
        return Error{
            ErrorCode::AuthRefused,
            QStringLiteral("%1: %2, after %3 keys. Name the right one as identityFile in the fleet, or as "
                           "IdentityFile with IdentitiesOnly yes in ssh_config.%4")
                .arg(refuses, story.farewell)
                .arg(story.offered.size())
                .arg(shows)};
    const bool partly = std::any_of(story.offered.begin(), story.offered.end(), [](const OfferedKey &key) {
        return key.outcome == OfferedKey::Outcome::Accepted;
    });
    const QString required = story.required.join(QStringLiteral(", "));
    if (partly)
        return Error{
            ErrorCode::AuthRefused,
            QStringLiteral(
                "%1: %2, and then it requires %3 as well, which Slipway does not have. Let keys be enough "
                "for this user there (AuthenticationMethods).%4")
                .arg(refuses, sentencesOf(story), required, shows)};
    if (!story.required.isEmpty() && !story.required.contains(QLatin1String("publickey")))
        return Error{
            ErrorCode::AuthRefused,
            QStringLiteral(
                "%1 with a key: it requires %2, which Slipway does not give. Allow PubkeyAuthentication "
                "there.%3")
                .arg(refuses, required, shows)};
    return Error{
        ErrorCode::AuthRefused,
        QStringLiteral("%1: %2. Check authorized_keys there.%3").arg(refuses, sentencesOf(story), shows)};
}

} // namespace slipway
