// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/rentalnames.h"

#include "models/core/instant.h"

#include <QRegularExpression>

namespace slipway::rentalnames {

namespace {

const QString kFleet = QStringLiteral("slipway-fleet:");
const QString kGroup = QStringLiteral("slipway-");
const QString kOwner = QStringLiteral("slipway-of:");
const QString kAttempt = QStringLiteral("slipway-op:");
constexpr qsizetype kLongestOwner = 32;

} // namespace

bool isLegal(const QString &fleet) {
    static const QRegularExpression legal(QStringLiteral("\\A[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\\z"));
    return legal.match(fleet).hasMatch();
}

QString fleetTag(const QString &fleet) {
    return kFleet + fleet;
}

QString groupName(const QString &fleet) {
    return kGroup + fleet;
}

QString serverName(const QString &fleet, const QString &host) {
    return kGroup + fleet + QLatin1Char('.') + host;
}

QString attemptTag(const QString &hex) {
    return kAttempt + hex;
}

QString ownerTag(const QString &fleet, const QString &owner, const QDateTime &until, const QString &once) {
    return kOwner + fleet + QLatin1Char(':') + owner + QLatin1Char(':') +
           QString::number(until.toSecsSinceEpoch()) + QLatin1Char(':') + once;
}

std::optional<Ownership> parseOwner(const QString &tag) {
    const QStringList parts = tag.split(QLatin1Char(':'));
    bool isNumber = false;
    if (parts.size() != 5 || parts.constFirst() + QLatin1Char(':') != kOwner || !isLegal(parts.at(1)))
        return {};
    const qint64 seconds = parts.at(3).toLongLong(&isNumber);
    if (!isNumber)
        return {};
    return Ownership{parts.at(1), parts.at(2), utcOfSeconds(seconds)};
}

QString legalOwner(const QString &user) {
    QString owner = user.left(kLongestOwner);
    owner.remove(QRegularExpression(QStringLiteral("[^A-Za-z0-9_-]")));
    return owner.isEmpty() ? QStringLiteral("unknown") : owner;
}

QString fleetOf(const QString &name, const QStringList &tags) {
    for (const QString &tag : tags) {
        if (tag.startsWith(kFleet) && isLegal(tag.mid(kFleet.size())))
            return tag.mid(kFleet.size());
    }
    if (!name.startsWith(kGroup))
        return {};
    const QString fleet = name.mid(kGroup.size()).section(QLatin1Char('.'), 0, 0);
    return isLegal(fleet) ? fleet : QString();
}

bool isOfField(const QString &name, const QStringList &tags) {
    return name.startsWith(QLatin1String("aim-")) || tags.contains(QStringLiteral("ship-gate"));
}

} // namespace slipway::rentalnames
