// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bounds.h"
#include "models/evidence/reportbuilder.h"

#include "models/cycles/cycleline.h"
#include "models/evidence/earlyend.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kMaxUnseen = 8;

struct Totals {
    qint64 cycles = 0;
    qint64 ok = 0;
    qint64 rows = 0;
    qint64 durable = 0;
    qint64 converged = 0;
    bool countsKnown = true;
    bool identityKnown = true;
    ConvergenceBound bound; ///< of the cycles that were struck
};

Totals sum(QList<Cycle> cycles, const QString &fault) {
    cycles.removeIf([&](const Cycle &cycle) { return cycle.fault != fault; });
    (void)takeCutOff(cycles);
    Totals totals;
    for (const Cycle &cycle : std::as_const(cycles)) {
        ++totals.cycles;
        totals.ok += cycle.ok.value_or(0);
        totals.countsKnown = totals.countsKnown && cycle.ok && cycle.rows.at(1) && cycle.rows.at(2);
        totals.identityKnown = totals.identityKnown && cycle.durable && cycle.converged;
        totals.rows += std::min(cycle.rows.at(1).value_or(0), cycle.rows.at(2).value_or(0));
        totals.durable += cycle.durable.value_or(0);
        totals.converged += cycle.converged.value_or(0);
        if (cycle.struck())
            totals.bound.add(cycle.converged.value_or(0), cycle.ok.value_or(0));
    }
    return totals;
}

// The field's count-based bound, floored to three decimals. Rows that were stored but not acknowledged can
// lift it over 1, which a share cannot be.
double countBound(const Totals &totals) {
    if (totals.ok == 0)
        return 1;
    const double bound = std::min(1.0, static_cast<double>(totals.rows) / static_cast<double>(totals.ok));
    return std::floor(bound * 1000) / 1000;
}

// "cycle 2 (hidden on node-1): node-1 is said to hold …"
QStringList unseenOf(const QList<CanaryCycle> &canaries) {
    QStringList unseen;
    for (const CanaryCycle &canary : canaries) {
        if (!canary.isSeen() && unseen.size() < kMaxUnseen)
            unseen << QStringLiteral("cycle %1 (%2 on %3): %4")
                          .arg(canary.number)
                          .arg(canary.kind, canary.node, canary.problem)
                          .left(kMaxTrouble);
    }
    return unseen;
}

// Of protocols from before there were canaries nothing is reported.
void addCanaries(const QList<CanaryCycle> &canaries, const QMap<QString, QString> &parameters,
                 QJsonObject &report, QStringList &reasons) {
    const qint64 planned = parameters.value(QStringLiteral("canaries")).toLongLong();
    if (planned < 1)
        return;
    const QStringList unseen = unseenOf(canaries);
    if (canaries.size() < planned)
        reasons << QStringLiteral("canary: %1 of %2 cycles ran").arg(canaries.size()).arg(planned);
    for (const QString &one : unseen)
        reasons << QStringLiteral("canary, ") + one;
    report.insert(QStringLiteral("canary"),
                  QJsonObject{{QStringLiteral("cycles"), canaries.size()},
                              {QStringLiteral("seen"),
                               std::count_if(canaries.begin(), canaries.end(),
                                             [](const CanaryCycle &canary) { return canary.isSeen(); })},
                              {QStringLiteral("unseen"), QJsonArray::fromStringList(unseen)}});
}

} // namespace

QJsonObject chaosReport(const QList<Cycle> &cycles, const QMap<QString, QString> &parameters,
                        const QStringList &notes, const QList<CanaryCycle> &canaries) {
    const qint64 planned = parameters.value(QStringLiteral("cycles")).toLongLong();
    const double convergenceMin = parameters.value(QStringLiteral("convergence_min")).toDouble();
    std::optional<qint64> lossesMax;
    if (parameters.contains(QStringLiteral("losses_max")))
        lossesMax = parameters.value(QStringLiteral("losses_max")).toLongLong();
    QStringList reasons;
    QJsonObject report;
    addCanaries(canaries, parameters, report, reasons);
    QJsonObject bounds;
    QJsonObject acked;
    QJsonObject durable;
    QJsonObject converged;
    for (const QString &fault :
         parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const Totals totals = sum(cycles, fault);
        const bool endedEarly = mayEndEarly(parameters) && totals.identityKnown && totals.cycles < planned &&
                                totals.bound.decides(convergenceMin);
        if (totals.cycles != planned && !endedEarly)
            reasons << QStringLiteral("%1: %2 of %3 cycles ran").arg(fault).arg(totals.cycles).arg(planned);
        if (totals.cycles == 0)
            continue;
        acked.insert(fault, totals.ok);
        if (totals.countsKnown)
            bounds.insert(fault, countBound(totals));
        else
            reasons << QStringLiteral("%1: a survivor could not be counted").arg(fault);
        if (!totals.identityKnown)
            continue;
        const qint64 lost = totals.ok - totals.converged;
        if (lossesMax && lost > *lossesMax)
            reasons << QStringLiteral("%1: %2 acknowledged writes were lost, at most %3 may be")
                           .arg(fault)
                           .arg(lost)
                           .arg(*lossesMax);
        if (totals.bound.cycles() == 0 && totals.ok > 0)
            reasons << QStringLiteral("%1: in no cycle did the fault take effect with a write in flight")
                           .arg(fault);
        durable.insert(fault, totals.durable);
        converged.insert(fault, totals.converged);
        if (totals.ok == 0) {
            reasons << QStringLiteral("%1: no write was acknowledged").arg(fault);
        } else if (static_cast<double>(totals.converged) < convergenceMin * static_cast<double>(totals.ok)) {
            reasons << QStringLiteral(
                           "%1: %2 of %3 acknowledged writes on every survivor, at least %4 must be")
                           .arg(fault)
                           .arg(totals.converged)
                           .arg(totals.ok)
                           .arg(shareText(convergenceMin));
        }
    }
    // They explain; the counts decide.
    if (!reasons.isEmpty())
        reasons = notes + reasons;
    report.insert(QStringLiteral("phase"), 4);
    report.insert(QStringLiteral("pass"), reasons.isEmpty());
    report.insert(QStringLiteral("cycles_per_fault"), planned);
    report.insert(QStringLiteral("writes_per_cycle"),
                  parameters.value(QStringLiteral("writes")).toLongLong());
    report.insert(QStringLiteral("convergence_by_fault"), bounds);
    report.insert(QStringLiteral("acked_by_fault"), acked);
    report.insert(QStringLiteral("durable_by_fault"), durable);
    report.insert(QStringLiteral("converged_by_fault"), converged);
    report.insert(QStringLiteral("reasons"), reasonsArray(reasons));
    return report;
}

} // namespace slipway
