// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bounds.h"
#include "models/evidence/rules_chaos.h"

#include <algorithm>
#include <cmath>

namespace slipway::rules {

namespace {

void judgeSaturation(const CycleTally &tally, const QString &fault, bool byIdentity, Checks &checks) {
    const auto ceiling = tally.ceiling(byIdentity);
    if (!ceiling)
        return;
    Check &check = checks.add(QStringLiteral("phase4.saturation.%1").arg(fault), QString(),
                              QStringLiteral("Counts are measured, not cut at a page's size."),
                              QStringLiteral("counts that vary or match"));
    check.source = tally.firstSource();
    check.n = tally.cycles();
    Checks::unknown(
        check, Check::Flaw::Invalid, QString::number(ceiling->value),
        QStringLiteral("%1 counts exactly %2 in %3 of %4 cycles, and never more: a ceiling, not a "
                       "measurement")
            .arg(fault)
            .arg(ceiling->value)
            .arg(ceiling->times)
            .arg(tally.cycles()));
}

// The report must say what its cycles say.
void judgeAgreement(const Report &report, const Sample &sample, const QString &fault, bool byIdentity,
                    Checks &checks) {
    const auto agree = [&](const QString &key, const Number &number, double value, double tolerance) {
        Check &check = checks.add(QStringLiteral("phase4.%1.%2").arg(key, fault), QString(),
                                  QStringLiteral("The report says what its cycles say."),
                                  QString::number(value, 'g', 15));
        check.source = number.source;
        if (number.value && std::abs(*number.value - value) <= tolerance)
            Checks::pass(check, number.text);
        else
            Checks::unknown(check, Check::Flaw::Invalid, number.text,
                            QStringLiteral("%1 of %2 is %3 in the report and %4 by its cycles")
                                .arg(key, fault, number.text)
                                .arg(value, 0, 'g', 15));
    };
    const QString bound = QStringLiteral("convergence_by_fault");
    if (sample.acked > 0) {
        // Floored to three decimals; rows nobody acknowledged can lift it over 1, where we cut it and the
        // field does not.
        const double share = static_cast<double>(sample.rows) / static_cast<double>(sample.acked);
        const Number written = report.ratio(bound + QLatin1Char('.') + fault);
        const bool over = share > 1 && written.value && *written.value > 1;
        agree(bound, written, over ? share : std::min(share, 1.0), 0.001 + 1e-9);
    }
    if (!byIdentity)
        return;
    for (const auto &[key, value] : {std::pair{QStringLiteral("acked_by_fault"), sample.acked},
                                     std::pair{QStringLiteral("durable_by_fault"), sample.durable},
                                     std::pair{QStringLiteral("converged_by_fault"), sample.converged}})
        agree(key, report.count(key + QLatin1Char('.') + fault), static_cast<double>(value), 0);
}

qint64 cyclesRequested(const Report &report, const Expectation &expectation) {
    const Number planned = report.count(QStringLiteral("cycles_per_fault"));
    return std::max(expectation.cycles, static_cast<qint64>(planned.value.value_or(0)));
}

void judgeConvergence(const Sample &sample, const QString &fault, bool byIdentity,
                      const Expectation &expectation, const SourceRange &source, Checks &checks) {
    Check &check =
        checks.add(QStringLiteral("phase4.convergence.%1").arg(fault), QString(),
                   QStringLiteral("Of the writes that were acknowledged, every survivor holds at least %1 %.")
                       .arg(shareText(expectation.convergenceMin * 100)),
                   QStringLiteral("≥ %1").arg(shareText(expectation.convergenceMin)));
    check.n = sample.acked;
    check.source = source;
    const qint64 held = byIdentity ? sample.converged : sample.rows;
    const auto min = [&](qint64 acked) {
        return expectation.convergenceMin * static_cast<double>(acked) - 1e-9;
    };
    const QString actual = QStringLiteral("%1 of %2").arg(held).arg(sample.acked);
    const auto fail = [&](qint64 reached, qint64 acked, const QString &which) {
        Checks::fail(
            check, QStringLiteral("%1 of %2").arg(reached).arg(acked),
            QStringLiteral("%1: %2 acknowledged writes%3 reached every survivor, at least %4 of %5 must")
                .arg(fault)
                .arg(reached)
                .arg(which)
                .arg(std::ceil(min(acked)), 0, 'f', 0)
                .arg(acked));
    };
    const qint64 acked = sample.ackedWhereStruck(byIdentity);
    const qint64 reached = sample.heldWhereStruck(byIdentity);
    if (sample.acked == 0)
        Checks::unknown(check, Check::Flaw::Invalid, actual,
                        QStringLiteral("%1: no write was acknowledged, so nothing was tested").arg(fault));
    else if (static_cast<double>(held) < min(sample.acked))
        fail(held, sample.acked, {}); // what is lost is lost, whatever the fault did
    else if (acked == 0)
        noEvidence(check, expectation.faults.contains(fault),
                   QStringLiteral("%1: no evidence: none of %2 cycles shows that its fault took effect with "
                                  "a write in flight")
                       .arg(fault)
                       .arg(sample.cycles));
    else if (static_cast<double>(reached) < min(acked))
        fail(reached, acked, QStringLiteral(" of cycles that were struck"));
    else
        Checks::pass(check, actual);
}

} // namespace

void judgeFaultByCycles(const Report &report, const QString &fault, const CycleTally &tally,
                        const SourceRange &source, const Expectation &expectation, Checks &checks) {
    const qint64 planned = cyclesRequested(report, expectation);
    // The field's lines only count; ours, and any among which one does, compare by identity.
    const bool byIdentity = expectation.byIdentity || tally.anyByIdentity();
    Check &sound = checks.add(QStringLiteral("phase4.cycles.%1").arg(fault), QString(),
                              QStringLiteral("Every cycle was measured and contradicts nothing."),
                              QStringLiteral("%1 cycles").arg(planned));
    sound.source = source;
    sound.n = tally.cycles();
    const QString count = QStringLiteral("%1 cycles").arg(tally.cycles());
    // Only what the plan allowed, and only where the cycles that ran decide: a class that broke off, or was
    // broken off, before that is not whole.
    const bool endedEarly = expectation.stopEarly && byIdentity && tally.cycles() < planned &&
                            tally.sample().bound.decides(expectation.convergenceMin);
    if (const QString &flaw = tally.flaw(byIdentity); !flaw.isEmpty())
        Checks::unknown(sound, Check::Flaw::Invalid, count, QStringLiteral("%1, %2").arg(fault, flaw));
    else if (tally.cutOff())
        Checks::unknown(sound, Check::Flaw::Missing, count,
                        QStringLiteral("%1: cycle %2 began and did not end: %3 of %4 cycles ran")
                            .arg(fault)
                            .arg(*tally.cutOff())
                            .arg(tally.cycles())
                            .arg(planned));
    else if (endedEarly)
        Checks::pass(sound, QStringLiteral("%1 of %2 cycles, which decide").arg(tally.cycles()).arg(planned));
    else if (tally.cycles() < planned)
        Checks::unknown(
            sound, Check::Flaw::Missing, count,
            QStringLiteral("%1: %2 of %3 cycles ran").arg(fault).arg(tally.cycles()).arg(planned));
    else
        Checks::pass(sound, count);
    if (tally.cutOff() && tally.cycles() == 0)
        return; // nothing was measured, and that is said
    judgeSaturation(tally, fault, byIdentity, checks);

    const Sample &sample = tally.sample();
    judgeLosses(sample, fault, byIdentity, expectation, source, checks); // first: it names the writes
    judgeConvergence(sample, fault, byIdentity, expectation, source, checks);
    if (byIdentity)
        judgeSample(sample, fault, expectation, source, checks);
    else
        judgeCountedSample(sample, fault, expectation, source, checks);
    if (report.readable())
        judgeAgreement(report, sample, fault, byIdentity, checks);
}

} // namespace slipway::rules
