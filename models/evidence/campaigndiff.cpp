// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/campaigndiff.h"

#include "models/evidence/judgementjson.h"

#include <QMap>

namespace slipway {

namespace {

struct Side {
    int phase = 0;
    QString text;
    bool holds = false;
};

// In the order of their first appearance in `after`, then `before`.
QList<Difference> diff(Difference::Kind kind, const QList<std::pair<QString, Side>> &before,
                       const QList<std::pair<QString, Side>> &after) {
    QMap<QString, Side> old;
    for (const auto &[what, side] : before)
        old.insert(what, side);
    QList<Difference> differences;
    for (const auto &[what, side] : after) {
        const auto was = old.constFind(what);
        if (was == old.constEnd())
            differences.append({kind, side.phase, what, QString(), side.text, false});
        else if (was->text != side.text)
            differences.append({kind, side.phase, what, was->text, side.text, was->holds && !side.holds});
        old.remove(what);
    }
    for (const auto &[what, side] : before) {
        if (old.contains(what))
            differences.append({kind, side.phase, what, side.text, QString(), side.holds});
    }
    return differences;
}

QList<std::pair<QString, Side>> sidesOf(const QList<Check> &checks) {
    QList<std::pair<QString, Side>> sides;
    for (const Check &check : checks) {
        const QString text = QStringLiteral("%1: %2, expected %3")
                                 .arg(outcomeName(check.outcome), check.actual, check.expected);
        sides.append({check.id, {check.phase, text, check.outcome == Check::Outcome::Pass}});
    }
    return sides;
}

QString number(const std::optional<qint64> &value) {
    return value ? QString::number(*value) : QStringLiteral("?");
}

QList<std::pair<QString, Side>> sidesOf(const QList<Cycle> &cycles) {
    QList<std::pair<QString, Side>> sides;
    for (const Cycle &cycle : cycles) {
        const QString text =
            QStringLiteral("%1 of %2 acknowledged, %3 durable, %4 converged, rows %5 and %6")
                .arg(number(cycle.ok), number(cycle.writes), number(cycle.durable), number(cycle.converged),
                     number(cycle.rows.at(1)), number(cycle.rows.at(2)));
        const bool holds =
            cycle.ok && (cycle.converged ? cycle.converged == cycle.ok
                                         : std::min(cycle.rows.at(1), cycle.rows.at(2)) >= cycle.ok);
        sides.append({QStringLiteral("cycle %1 of %2").arg(cycle.number).arg(cycle.fault), {4, text, holds}});
    }
    return sides;
}

} // namespace

QList<Difference> diffChecks(const QList<Check> &before, const QList<Check> &after) {
    return diff(Difference::Kind::Check, sidesOf(before), sidesOf(after));
}

QList<Difference> diffCycles(const QList<Cycle> &before, const QList<Cycle> &after) {
    return diff(Difference::Kind::Cycle, sidesOf(before), sidesOf(after));
}

} // namespace slipway
