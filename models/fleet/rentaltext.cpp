// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/rentaltext.h"

#include "models/core/quantitytext.h"

namespace slipway {

namespace {

const QString kNotKnown = QStringLiteral("not known");

} // namespace

QString ageText(const QDateTime &since, const QDateTime &now) {
    if (!now.isValid())
        return kNotKnown;
    return durationText(since.msecsTo(now), SpanTo::Minute);
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
    return member.uncertain() ? QStringLiteral("unknown") : QStringLiteral("requested");
}

} // namespace slipway
