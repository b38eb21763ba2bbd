// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/rentaltext.h"

#include <algorithm>

namespace slipway {

namespace {

const QString kNotKnown = QStringLiteral("not known");

} // namespace

QString ageText(const QDateTime &since, const QDateTime &now) {
    if (!now.isValid())
        return kNotKnown;
    const qint64 minutes = std::max<qint64>(0, since.secsTo(now)) / 60;
    if (minutes < 60)
        return QStringLiteral("%1 min").arg(minutes);
    if (minutes < 48 * 60)
        return QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    return QStringLiteral("%1 d %2 h").arg(minutes / 60 / 24).arg(minutes / 60 % 24);
}

QString costText(const std::optional<Money> &cost) {
    return cost ? cost->text() : kNotKnown;
}

QString rentalStateText(Rental::State state, bool held) {
    const bool cutOff = !held && (state == Rental::State::Creating || state == Rental::State::Destroying);
    return rentalStateName(state) + (cutOff ? QStringLiteral(", cut off") : QString());
}

QString memberStateName(const Rental::Member &member) {
    if (member.goneAt.isValid())
        return QStringLiteral("gone");
    if (!member.publicAddress.isEmpty())
        return QStringLiteral("active");
    if (member.serverId != 0)
        return QStringLiteral("made");
    return member.uncertain() ? QStringLiteral("unknown") : QStringLiteral("wanted");
}

} // namespace slipway
