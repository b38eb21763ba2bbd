// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_sample.h"

#include "models/cycles/faultclass.h"
#include "models/evidence/bounds.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace slipway::rules {

namespace {

// Floored, never rounded: 0.99495 is not 0.995. With more digits where the claim has more.
QString flooredText(double bound, double claim) {
    const qsizetype digits = QString::number(claim, 'f', QLocale::FloatingPointShortest).size() - 2;
    const auto shown = static_cast<int>(std::clamp<qsizetype>(digits, 4, 6));
    const double scale = std::pow(10, shown);
    return QString::number(std::floor(bound * scale + 1e-9) / scale, 'f', shown);
}

Check &addBound(const QString &fault, const Expectation &expectation, Checks &checks) {
    return checks.add(QStringLiteral("phase4.bound.%1").arg(fault), QString(),
                      QStringLiteral("Enough cycles ran for the claim at 95 % confidence, at whatever moment "
                                     "one looks and however losses clump within a cycle."),
                      QStringLiteral("≥ %1").arg(shareText(expectation.convergenceMin)));
}

constexpr qsizetype kNamed = 3;

// Whether a line shows that the fault took effect with writes under way. One that only counts, as the
// field's, shows it of a primary that could not be counted any more while writes failed. The name of a class
// alone shows nothing.
bool showsEffect(const Cycle &cycle) {
    return cycle.struck() || (showsByCounts(cycle.fault) && !cycle.faultInjected && !cycle.inFlight &&
                              !cycle.rows[0] && cycle.fail.value_or(0) >= 1);
}

// "p4-…-3 of cycle 8, p4-…-7 of cycle 9 and 3 more"
QString lostText(const Sample &sample, qint64 lost) {
    if (sample.lost.isEmpty())
        return QStringLiteral("which ones is not in the evidence");
    const qint64 more = lost - sample.lost.size();
    return sample.lost.join(QStringLiteral(", ")) +
           (more > 0 ? QStringLiteral(" and %1 more").arg(more) : QString());
}

} // namespace

void Sample::add(const Cycle &cycle) {
    ++cycles;
    acked += cycle.ok.value_or(0);
    converged += cycle.converged.value_or(0);
    durable += cycle.durable.value_or(0);
    rows += std::min(cycle.rows.at(1).value_or(0), cycle.rows.at(2).value_or(0));
    for (const QString &id : cycle.lost) {
        if (lost.size() < kNamed)
            lost << QStringLiteral("%1 of cycle %2").arg(clipped(id)).arg(cycle.number);
    }
    if (showsEffect(cycle)) {
        countedAcked += cycle.ok.value_or(0);
        countedRows += std::min(cycle.rows.at(1).value_or(0), cycle.rows.at(2).value_or(0));
    }
    if (!cycle.struck())
        return;
    struck += cycle.ok.value_or(0);
    struckHeld += cycle.converged.value_or(0);
    bound.add(cycle.converged.value_or(0), cycle.ok.value_or(0));
}

void judgeSample(const Sample &sample, const QString &fault, const Expectation &expectation,
                 const SourceRange &source, Checks &checks) {
    const double claim = expectation.convergenceMin;
    const qint64 cycles = sample.bound.cycles();
    Check &check = addBound(fault, expectation, checks);
    check.n = cycles;
    check.source = source;
    if (cycles == 0) {
        Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("no sample"),
                        QStringLiteral("%1 never overlapped a write that was in flight, so it tested nothing")
                            .arg(fault));
        return;
    }
    const bool supported = sample.bound.supports(claim);
    const double bound = supported ? std::max(sample.bound.lower(), claim) : sample.bound.lower();
    check.bound = bound;
    const QString floored = flooredText(bound, claim);
    // Also what holds only if cycles, or even writes, are lost independently of each other.
    const QString actual =
        QStringLiteral(
            "%1 over %2 cycles (a fixed number of independent cycles: %3; %4 independent writes: %5)")
            .arg(floored)
            .arg(cycles)
            .arg(flooredText(lowerBound(sample.bound.clean(), cycles), claim))
            .arg(sample.struck)
            .arg(flooredText(lowerBound(sample.struckHeld, sample.struck), claim));
    if (supported) {
        Checks::pass(check, actual);
        return;
    }
    const QString what = QStringLiteral("%1: %2 of %3 cycles lost nothing, which supports %4")
                             .arg(fault)
                             .arg(sample.bound.clean())
                             .arg(cycles)
                             .arg(floored);
    const auto more = sample.bound.moreCleanCycles(claim);
    Checks::unknown(check, Check::Flaw::Unsupported, actual,
                    more ? QStringLiteral("%1; %2 more such cycles are needed to support %3")
                               .arg(what)
                               .arg(*more)
                               .arg(shareText(claim))
                         : QStringLiteral("%1; no sample can support %2").arg(what).arg(shareText(claim)));
}

void judgeCountedSample(const Sample &sample, const QString &fault, const Expectation &expectation,
                        const SourceRange &source, Checks &checks) {
    Check &check = addBound(fault, expectation, checks);
    check.n = sample.cycles;
    check.source = source;
    if (sample.countedAcked == 0) {
        Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("no sample"),
                        QStringLiteral("%1: no cycle shows that its fault took effect").arg(fault));
        return;
    }
    Checks::unknown(
        check, Check::Flaw::Unsupported, QStringLiteral("rows counted"),
        QStringLiteral("%1: rows were counted, acknowledged writes were not looked for; taken for "
                       "independent writes, %2 of %3 would support %4")
            .arg(fault)
            .arg(sample.heldWhereStruck(false))
            .arg(sample.countedAcked)
            .arg(flooredText(lowerBound(sample.heldWhereStruck(false), sample.countedAcked),
                             expectation.convergenceMin)));
}

void judgeLosses(const Sample &sample, const QString &fault, bool byIdentity, const Expectation &expectation,
                 const SourceRange &source, Checks &checks) {
    if (!expectation.lossesMax)
        return;
    const qint64 max = *expectation.lossesMax;
    Check &check = checks.add(QStringLiteral("phase4.losses.%1").arg(fault), QString(),
                              max == 0 ? QStringLiteral("No acknowledged write is lost.")
                                       : QStringLiteral("At most %1 acknowledged writes are lost.").arg(max),
                              QStringLiteral("≤ %1").arg(max));
    check.n = sample.acked;
    check.source = source;
    if (!byIdentity) {
        Checks::unknown(
            check, Check::Flaw::Unsupported, QStringLiteral("rows counted"),
            QStringLiteral("%1: rows were counted, which writes are lost is not known").arg(fault));
        return;
    }
    const qint64 lost = sample.acked - sample.converged;
    if (lost <= max)
        Checks::pass(check, QString::number(lost));
    else
        Checks::fail(check, QString::number(lost),
                     QStringLiteral("%1: %2 acknowledged writes were lost, at most %3 may be: %4")
                         .arg(fault)
                         .arg(lost)
                         .arg(max)
                         .arg(lostText(sample, lost)));
}

} // namespace slipway::rules
