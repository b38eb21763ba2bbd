// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_chaos.h"

#include "models/evidence/anomaly.h"
#include "models/evidence/rules_sample.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway::rules {

namespace {

// What contradicts itself or was not measured in one cycle; empty when it is sound.
QString flawOf(const Cycle &cycle, const QString &fault, qint64 writes, bool byIdentity) {
    const QString where = QStringLiteral("cycle %1: ").arg(cycle.number);
    if (cycle.fault != fault)
        return where + QStringLiteral("it is of %1").arg(clipped(cycle.fault));
    if (!cycle.writes || !cycle.ok || !cycle.quorumNotMet || !cycle.fail)
        return where + QStringLiteral("the outcomes of its writes are not there");
    if (*cycle.ok + *cycle.quorumNotMet + *cycle.fail != *cycle.writes || *cycle.writes != writes)
        return where + QStringLiteral("the outcomes of its writes do not add up to %1").arg(writes);
    if (!cycle.rows.at(1) || !cycle.rows.at(2))
        return where + QStringLiteral("a survivor could not be counted");
    if (std::max(*cycle.rows.at(1), *cycle.rows.at(2)) > *cycle.writes)
        return where + QStringLiteral("a survivor holds more rows than were written");
    if (cycle.inFlight.value_or(0) > *cycle.writes)
        return where + QStringLiteral("more writes were in flight than were made");
    if (cycle.faultAt.isValid() && ((cycle.startedAt.isValid() && cycle.faultAt < cycle.startedAt) ||
                                    (cycle.endedAt.isValid() && cycle.endedAt < cycle.faultAt)))
        return where + QStringLiteral("its fault lies outside of it");
    if (!byIdentity)
        return {};
    if (!cycle.durable || !cycle.converged)
        return where + QStringLiteral("the survivors were not asked which writes they hold");
    if (*cycle.converged > *cycle.durable || *cycle.durable > *cycle.ok)
        return where + QStringLiteral("more writes were found than were acknowledged");
    if (cycle.lost.size() > *cycle.ok - *cycle.converged)
        return where + QStringLiteral("more writes are named as lost than were");
    if (std::min(*cycle.rows.at(1), *cycle.rows.at(2)) < *cycle.converged)
        return where +
               QStringLiteral("a survivor holds fewer rows than acknowledged writes were found on it");
    return {};
}

// The first flaw in a fault class's cycles. They are numbered from 1 without a gap.
QString flawOf(const CycleFile &file, qint64 writes, bool byIdentity) {
    if (!file.problem.isEmpty())
        return file.problem;
    QSet<int> numbers;
    for (const Cycle &cycle : file.cycles) {
        if (const QString flaw = flawOf(cycle, file.fault, writes, byIdentity); !flaw.isEmpty())
            return flaw;
        if (numbers.contains(cycle.number))
            return QStringLiteral("cycle %1 is there twice").arg(cycle.number);
        numbers.insert(cycle.number);
    }
    for (int number = 1; number <= numbers.size(); ++number) {
        if (!numbers.contains(number))
            return QStringLiteral("cycle %1 is not there, later ones are").arg(number);
    }
    return {};
}

void judgeSaturation(const CycleFile &file, bool byIdentity, Checks &checks) {
    std::array<QList<Measured>, 3> measured; // rows of both survivors, and what was found by identity
    for (const Cycle &cycle : file.cycles) {
        const qint64 expected = cycle.ok.value_or(0);
        measured[0].append({cycle.rows.at(1).value_or(-1), expected});
        measured[1].append({cycle.rows.at(2).value_or(-1), expected});
        if (byIdentity)
            measured[2].append({cycle.converged.value_or(-1), expected});
    }
    // A loss of the same acknowledged writes in every cycle is a loss, and seen by identity to be one.
    const Ceiling kind = byIdentity ? Ceiling::Page : Ceiling::Constant;
    for (const QList<Measured> &values : measured) {
        const auto ceiling = ceilingOf(values, kind);
        if (!ceiling)
            continue;
        Check &check = checks.add(QStringLiteral("phase4.saturation.%1").arg(file.fault), QString(),
                                  QStringLiteral("Counts are measured, not cut at a page's size."),
                                  QStringLiteral("counts that vary or match"));
        check.source = file.cycles.constFirst().source;
        check.n = values.size();
        Checks::unknown(check, Check::Flaw::Invalid, QString::number(*ceiling),
                        QStringLiteral("%1 sits at %2 in all %3 cycles: a ceiling, not a measurement")
                            .arg(file.fault)
                            .arg(*ceiling)
                            .arg(values.size()));
        return;
    }
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

qint64 cyclesWanted(const Report &report, const Expectation &expectation) {
    const Number planned = report.count(QStringLiteral("cycles_per_fault"));
    return std::max(expectation.cycles, static_cast<qint64>(planned.value.value_or(0)));
}

void judgeConvergence(const Sample &sample, const CycleFile &file, bool byIdentity,
                      const Expectation &expectation, Checks &checks) {
    Check &check =
        checks.add(QStringLiteral("phase4.convergence.%1").arg(file.fault), QString(),
                   QStringLiteral("Of the writes that were acknowledged, every survivor holds at least %1 %.")
                       .arg(expectation.convergenceMin * 100),
                   QStringLiteral("≥ %1").arg(expectation.convergenceMin));
    check.n = sample.acked;
    check.source = file.source;
    const qint64 held = byIdentity ? sample.converged : sample.rows;
    const double least = expectation.convergenceMin * static_cast<double>(sample.acked) - 1e-9;
    const QString actual = QStringLiteral("%1 of %2").arg(held).arg(sample.acked);
    if (sample.acked == 0)
        Checks::unknown(
            check, Check::Flaw::Invalid, actual,
            QStringLiteral("%1: no write was acknowledged, so nothing was tested").arg(file.fault));
    else if (static_cast<double>(held) >= least)
        Checks::pass(check, actual);
    else
        Checks::fail(
            check, actual,
            QStringLiteral("%1: %2 acknowledged writes reached every survivor, at least %3 of %4 must")
                .arg(file.fault)
                .arg(held)
                .arg(std::ceil(least), 0, 'f', 0)
                .arg(sample.acked));
}

} // namespace

void judgeFaultByCycles(const Report &report, CycleFile file, const Expectation &expectation,
                        Checks &checks) {
    const auto cutOff = takeCutOff(file.cycles);
    const qint64 wanted = cyclesWanted(report, expectation);
    // The field's lines only count; ours, and any among which one does, compare by identity.
    const bool byIdentity = expectation.byIdentity ||
                            std::any_of(file.cycles.begin(), file.cycles.end(),
                                        [](const Cycle &cycle) { return cycle.durable || cycle.converged; });
    Check &sound = checks.add(QStringLiteral("phase4.cycles.%1").arg(file.fault), QString(),
                              QStringLiteral("Every cycle was measured and contradicts nothing."),
                              QStringLiteral("%1 cycles").arg(wanted));
    sound.source = file.source;
    sound.n = file.cycles.size();
    const QString count = QStringLiteral("%1 cycles").arg(file.cycles.size());
    if (const QString flaw = flawOf(file, expectation.writesPerCycle, byIdentity); !flaw.isEmpty())
        Checks::unknown(sound, Check::Flaw::Invalid, count, QStringLiteral("%1, %2").arg(file.fault, flaw));
    else if (cutOff)
        Checks::unknown(sound, Check::Flaw::Missing, count,
                        QStringLiteral("%1: cycle %2 began and did not end: %3 of %4 cycles ran")
                            .arg(file.fault)
                            .arg(*cutOff)
                            .arg(file.cycles.size())
                            .arg(wanted));
    else if (file.cycles.size() < wanted)
        Checks::unknown(
            sound, Check::Flaw::Missing, count,
            QStringLiteral("%1: %2 of %3 cycles ran").arg(file.fault).arg(file.cycles.size()).arg(wanted));
    else
        Checks::pass(sound, count);
    if (cutOff && file.cycles.isEmpty())
        return; // nothing was measured, and that is said
    judgeSaturation(file, byIdentity, checks);

    const Sample sample = sampleOf(file.cycles);
    judgeLosses(sample, file, byIdentity, expectation, checks); // first: it names the writes
    judgeConvergence(sample, file, byIdentity, expectation, checks);
    if (byIdentity)
        judgeSample(sample, file.fault, expectation, file.source, checks);
    else
        judgeCountedSample(sample, file, expectation, checks);
    if (report.readable())
        judgeAgreement(report, sample, file.fault, byIdentity, checks);
}

} // namespace slipway::rules
