// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/phaseheadline.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace slipway {

namespace {

// "3 / 3 nodes": those of which every check holds.
QString nodesHeadline(const QList<Check> &checks) {
    QStringList nodes;
    QStringList bad;
    for (const Check &check : checks) {
        if (check.host.isEmpty())
            continue;
        if (!nodes.contains(check.host))
            nodes << check.host;
        if (check.outcome != Check::Outcome::Pass && check.flaw != Check::Flaw::Unsupported &&
            !bad.contains(check.host))
            bad << check.host;
    }
    return QStringLiteral("%1 / %2 nodes").arg(nodes.size() - bad.size()).arg(nodes.size());
}

// "166 / 200": the least that a peer holds of what was acknowledged.
QString deliveryHeadline(const QList<Check> &checks) {
    std::optional<qint64> min;
    qint64 acknowledged = 0;
    for (const Check &check : checks) {
        if (!check.id.startsWith(QLatin1String("phase2.delivery")))
            continue;
        bool isNumber = false;
        const qint64 held = check.actual.toLongLong(&isNumber);
        if (!isNumber)
            return QStringLiteral("? / %1").arg(check.n.value_or(0));
        min = std::min(min.value_or(held), held);
        acknowledged = check.n.value_or(0);
    }
    return min ? QStringLiteral("%1 / %2").arg(*min).arg(acknowledged) : QStringLiteral("?");
}

// "640 of 640" for one fault class, "1 of 2 classes" for several.
QString chaosHeadline(const QList<Check> &checks) {
    QList<Check> classes;
    std::copy_if(checks.begin(), checks.end(), std::back_inserter(classes), [](const Check &check) {
        return check.id.startsWith(QLatin1String("phase4.convergence."));
    });
    if (classes.isEmpty())
        return QStringLiteral("?");
    if (classes.size() == 1)
        return classes.constFirst().actual;
    const auto holding = std::count_if(classes.begin(), classes.end(), [](const Check &check) {
        return check.outcome == Check::Outcome::Pass;
    });
    return QStringLiteral("%1 of %2 classes").arg(holding).arg(classes.size());
}

} // namespace

QString phaseHeadline(int phase, const QList<Check> &checks) {
    const auto actual = [&](const QString &id) {
        const auto found =
            std::find_if(checks.begin(), checks.end(), [&](const Check &check) { return check.id == id; });
        return found == checks.end() ? QStringLiteral("?") : found->actual;
    };
    switch (phase) {
    case 1:
        return nodesHeadline(checks);
    case 2:
        return deliveryHeadline(checks);
    case 3:
        return QStringLiteral("%1 = %2").arg(actual(QStringLiteral("phase3.source")),
                                             actual(QStringLiteral("phase3.destination")));
    case 4:
        return chaosHeadline(checks);
    default:
        return QStringLiteral("no rules");
    }
}

} // namespace slipway
