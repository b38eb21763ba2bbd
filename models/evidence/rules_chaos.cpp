// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycleline.h"
#include "models/evidence/bounds.h"
#include "models/evidence/rules.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace slipway::rules {

namespace {

struct CycleSet {
    QList<Cycle> cycles;
    QString problem; ///< the first line that cannot be read
    SourceRange source;
    bool present = false;
};

CycleSet readCycles(const QList<EvidenceFile> &files, const QString &fault) {
    CycleSet set;
    const QString name = QStringLiteral("cycles-%1.jsonl").arg(fault);
    const auto file =
        std::find_if(files.begin(), files.end(), [&](const EvidenceFile &f) { return f.name == name; });
    if (file == files.end())
        return set;
    set.present = true;
    set.source = {name, 0, file->bytes.size()};
    qsizetype from = 0;
    for (const QByteArray &line : file->bytes.split('\n')) {
        const auto cycle =
            line.isEmpty() ? Result<Cycle>(Error{}) : parseCycleLine(line, {name, from, line.size()});
        if (cycle)
            set.cycles.append(*cycle);
        else if (!line.isEmpty() && set.problem.isEmpty())
            set.problem = cycle.error().text;
        from += line.size() + 1;
    }
    return set;
}

// What contradicts itself or was not measured in one cycle; empty when it is sound.
QString flawOf(const Cycle &cycle, const QString &fault, qint64 writes) {
    const QString where = QStringLiteral("cycle %1: ").arg(cycle.number);
    if (cycle.fault != fault)
        return where + QStringLiteral("it is of %1").arg(cycle.fault);
    if (!cycle.writes || !cycle.ok || !cycle.quorumNotMet || !cycle.fail)
        return where + QStringLiteral("the outcomes of its writes are not there");
    if (*cycle.ok + *cycle.quorumNotMet + *cycle.fail != *cycle.writes || *cycle.writes != writes)
        return where + QStringLiteral("the outcomes of its writes do not add up to %1").arg(writes);
    if (!cycle.rows.at(1) || !cycle.rows.at(2))
        return where + QStringLiteral("a survivor could not be counted");
    if (!cycle.durable || !cycle.converged)
        return where + QStringLiteral("the survivors were not asked which writes they hold");
    if (*cycle.converged > *cycle.durable || *cycle.durable > *cycle.ok)
        return where + QStringLiteral("more writes were found than were acknowledged");
    if (std::min(*cycle.rows.at(1), *cycle.rows.at(2)) < *cycle.converged)
        return where +
               QStringLiteral("a survivor holds fewer rows than acknowledged writes were found on it");
    return {};
}

void judgeSaturation(const QList<Cycle> &cycles, const QString &fault, Checks &checks) {
    if (cycles.size() < 2)
        return;
    const auto lowest = [](const Cycle &cycle) {
        return std::min(cycle.rows.at(1).value_or(-1), cycle.rows.at(2).value_or(-1));
    };
    const qint64 first = lowest(cycles.constFirst());
    const bool cut = std::all_of(cycles.begin(), cycles.end(), [&](const Cycle &cycle) {
        return lowest(cycle) == first && cycle.ok.value_or(0) > first;
    });
    const auto ceiling = cut ? ceilingOf(static_cast<double>(first)) : std::nullopt;
    if (!ceiling)
        return;
    Check &check = checks.add(QStringLiteral("phase4.saturation.%1").arg(fault), QString(),
                              QStringLiteral("Counts are measured, not cut at a page's size."),
                              QStringLiteral("counts that vary or match"));
    check.source = cycles.constFirst().source;
    Checks::unknown(check, Check::Flaw::Invalid, QString::number(*ceiling),
                    QStringLiteral("%1 sits at %2 rows in all %3 cycles: a page's size, not a measurement")
                        .arg(fault)
                        .arg(*ceiling)
                        .arg(cycles.size()));
}

struct Sample {
    qint64 acked = 0;
    qint64 converged = 0;
    qint64 durable = 0;
    qint64 struck = 0; ///< acked in cycles whose fault took effect with writes in flight
    qint64 struckHeld = 0;
    qint64 struckCycles = 0;
    qint64 cleanCycles = 0; ///< of those, the ones that lost nothing
};

Sample sampleOf(const QList<Cycle> &cycles) {
    Sample sample;
    for (const Cycle &cycle : cycles) {
        sample.acked += cycle.ok.value_or(0);
        sample.converged += cycle.converged.value_or(0);
        sample.durable += cycle.durable.value_or(0);
        if (cycle.faultInjected != true || cycle.inFlight.value_or(0) < 1)
            continue;
        sample.struck += cycle.ok.value_or(0);
        sample.struckHeld += cycle.converged.value_or(0);
        ++sample.struckCycles;
        sample.cleanCycles += cycle.converged == cycle.ok ? 1 : 0;
    }
    return sample;
}

void judgeSample(const Sample &sample, const QString &fault, const Expectation &expectation,
                 const SourceRange &source, Checks &checks) {
    const double bound = lowerBound(sample.struckHeld, sample.struck);
    Check &check = checks.add(QStringLiteral("phase4.bound.%1").arg(fault), QString(),
                              QStringLiteral("The sample is large enough for the claim at 95 % confidence."),
                              QStringLiteral("≥ %1").arg(expectation.convergenceMin));
    check.n = sample.struck;
    check.source = source;
    // Floored, never rounded: 0.99495 is not 0.995.
    const QString actual =
        QStringLiteral("%1 (by cycle %2)")
            .arg(std::floor(bound * 10000) / 10000, 0, 'f', 4)
            .arg(std::floor(lowerBound(sample.cleanCycles, sample.struckCycles) * 10000) / 10000, 0, 'f', 4);
    if (sample.struckCycles == 0) {
        Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("no sample"),
                        QStringLiteral("%1 never overlapped a write that was in flight, so it tested nothing")
                            .arg(fault));
    } else if (bound >= expectation.convergenceMin) {
        Checks::pass(check, actual);
    } else {
        const qint64 more = trialsNeeded(expectation.convergenceMin) - sample.struck;
        Checks::unknown(
            check, Check::Flaw::Unsupported, actual,
            more > 0 && sample.struckHeld == sample.struck
                ? QStringLiteral(
                      "%1: %2 of %3 support %4; %5 more acknowledged writes are needed to support %6")
                      .arg(fault)
                      .arg(sample.struckHeld)
                      .arg(sample.struck)
                      .arg(std::floor(bound * 1000) / 1000, 0, 'f', 3)
                      .arg(more)
                      .arg(expectation.convergenceMin)
                : QStringLiteral("%1: %2 of %3 do not support %4 at 95 %")
                      .arg(fault)
                      .arg(sample.struckHeld)
                      .arg(sample.struck)
                      .arg(expectation.convergenceMin));
    }
}

// The report must say what its cycles say.
void judgeAgreement(const Report &report, const Sample &sample, const QString &fault, Checks &checks) {
    for (const auto &[key, value] : {std::pair{QStringLiteral("acked_by_fault"), sample.acked},
                                     std::pair{QStringLiteral("durable_by_fault"), sample.durable},
                                     std::pair{QStringLiteral("converged_by_fault"), sample.converged}}) {
        const Number number = report.number(key + QLatin1Char('.') + fault);
        Check &check =
            checks.add(QStringLiteral("phase4.%1.%2").arg(key, fault), QString(),
                       QStringLiteral("The report says what its cycles say."), QString::number(value));
        check.source = number.source;
        if (number.value == static_cast<double>(value))
            Checks::pass(check, number.text);
        else
            Checks::unknown(check, Check::Flaw::Invalid, number.text,
                            QStringLiteral("%1 of %2 is %3 in the report and %4 by its cycles")
                                .arg(key, fault, number.text)
                                .arg(value));
    }
}

void judgeFaultByCycles(const Report &report, const CycleSet &set, const QString &fault,
                        const Expectation &expectation, Checks &checks) {
    Check &sound = checks.add(QStringLiteral("phase4.cycles.%1").arg(fault), QString(),
                              QStringLiteral("Every cycle was measured and contradicts nothing."),
                              QStringLiteral("%1 cycles").arg(expectation.cycles));
    sound.source = set.source;
    QSet<int> numbers;
    QString flaw = set.problem;
    for (const Cycle &cycle : set.cycles) {
        if (flaw.isEmpty())
            flaw = flawOf(cycle, fault, expectation.writesPerCycle);
        if (flaw.isEmpty() && numbers.contains(cycle.number))
            flaw = QStringLiteral("cycle %1 is there twice").arg(cycle.number);
        numbers.insert(cycle.number);
    }
    const QString count = QStringLiteral("%1 cycles").arg(set.cycles.size());
    if (!flaw.isEmpty())
        Checks::unknown(sound, Check::Flaw::Invalid, count, QStringLiteral("%1, %2").arg(fault, flaw));
    else if (set.cycles.size() < expectation.cycles)
        Checks::unknown(sound, Check::Flaw::Missing, count,
                        QStringLiteral("%1: %2 of %3 cycles ran")
                            .arg(fault)
                            .arg(set.cycles.size())
                            .arg(expectation.cycles));
    else
        Checks::pass(sound, count);
    judgeSaturation(set.cycles, fault, checks);

    const Sample sample = sampleOf(set.cycles);
    Check &convergence =
        checks.add(QStringLiteral("phase4.convergence.%1").arg(fault), QString(),
                   QStringLiteral("Of the writes that were acknowledged, every survivor holds at least %1 %.")
                       .arg(expectation.convergenceMin * 100),
                   QStringLiteral("≥ %1").arg(expectation.convergenceMin));
    convergence.n = sample.acked;
    convergence.source = set.source;
    const QString actual = QStringLiteral("%1 of %2").arg(sample.converged).arg(sample.acked);
    if (sample.acked == 0)
        Checks::unknown(convergence, Check::Flaw::Invalid, actual,
                        QStringLiteral("%1: no write was acknowledged, so nothing was tested").arg(fault));
    else if (static_cast<double>(sample.converged) >=
             expectation.convergenceMin * static_cast<double>(sample.acked))
        Checks::pass(convergence, actual);
    else
        Checks::fail(
            convergence, actual,
            QStringLiteral("%1: %2 acknowledged writes reached every survivor, at least %3 of %4 must")
                .arg(fault)
                .arg(sample.converged)
                .arg(std::ceil(expectation.convergenceMin * static_cast<double>(sample.acked)))
                .arg(sample.acked));
    judgeSample(sample, fault, expectation, set.source, checks);
    if (report.problem().isEmpty())
        judgeAgreement(report, sample, fault, checks);
}

void judgeFaultByReport(const Report &report, const QString &fault, const Expectation &expectation,
                        Checks &checks) {
    const Number bound = report.number(QStringLiteral("convergence_by_fault.") + fault);
    Check &check =
        checks.add(QStringLiteral("phase4.convergence.%1").arg(fault), QString(),
                   QStringLiteral("Of the writes that were acknowledged, every survivor holds at least %1 %.")
                       .arg(expectation.convergenceMin * 100),
                   QStringLiteral("≥ %1").arg(expectation.convergenceMin));
    check.source = bound.source;
    if (!bound.present) {
        Checks::unknown(check, Check::Flaw::Missing, bound.text,
                        QStringLiteral("the fault class %1 was not exercised").arg(fault));
        return;
    }
    if (!bound.value || *bound.value > 1) {
        Checks::unknown(check, Check::Flaw::Invalid, bound.text,
                        QStringLiteral("%1: %2 is no share").arg(fault, bound.text));
        return;
    }
    const double writes = report.number(QStringLiteral("writes_per_cycle"))
                              .value.value_or(static_cast<double>(expectation.writesPerCycle));
    const auto ceiling = *bound.value < 1 ? ceilingOf(*bound.value * writes) : std::nullopt;
    if (ceiling) {
        Checks::unknown(check, Check::Flaw::Invalid, bound.text,
                        QStringLiteral("%1 is exactly %2 of %3 rows: a page's size, not a measurement")
                            .arg(fault)
                            .arg(*ceiling)
                            .arg(writes));
    } else if (*bound.value < expectation.convergenceMin) {
        Checks::fail(check, bound.text,
                     QStringLiteral("%1: %2 < %3").arg(fault, bound.text).arg(expectation.convergenceMin));
    } else {
        Checks::pass(check, bound.text);
    }
    Check &sample = checks.add(QStringLiteral("phase4.bound.%1").arg(fault), QString(),
                               QStringLiteral("The sample is large enough for the claim at 95 % confidence."),
                               QStringLiteral("≥ %1").arg(expectation.convergenceMin));
    sample.source = bound.source;
    Checks::unknown(
        sample, Check::Flaw::Unsupported, QStringLiteral("no raw counts"),
        QStringLiteral("%1: the report gives a share and no counts, so it supports no bound").arg(fault));
}

// A log that landed in the report still shows how far the chaos came. It never lifts a verdict.
void salvageLog(const Report &report, Checks &checks) {
    static const QRegularExpression ready(QStringLiteral("^\\[chaos\\] cycle (\\d+): nodes ready"),
                                          QRegularExpression::MultilineOption);
    qsizetype cycles = 0;
    for (auto it = ready.globalMatch(QString::fromUtf8(report.bytes())); it.hasNext(); it.next())
        ++cycles;
    if (cycles == 0)
        return;
    Check &check = checks.add(QStringLiteral("phase4.salvage"), QString(),
                              QStringLiteral("What the harness's log in the report's place shows."),
                              QStringLiteral("a report"));
    check.source = {report.name(), 0, report.bytes().size()};
    Checks::unknown(
        check, Check::Flaw::Invalid, QStringLiteral("a log: %1 cycles began").arg(cycles),
        QStringLiteral(
            "%1 holds the harness's log; %2 cycles began by it, what came of them it does not tell")
            .arg(report.name())
            .arg(cycles));
}

} // namespace

void judgeChaos(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 4);
    const Report report(files, QStringLiteral("phase4.json"));
    const bool readable = list.readable(report, QString());
    if (!readable && report.present())
        salvageLog(report, list);
    const qsizetype first = list.size();
    bool byCycles = false;
    for (const QString &fault : expectation.faults) {
        const CycleSet set = readCycles(files, fault);
        byCycles = byCycles || set.present;
        if (set.present)
            judgeFaultByCycles(report, set, fault, expectation, list);
        else if (readable)
            judgeFaultByReport(report, fault, expectation, list);
    }
    if (!readable)
        return;
    const Number cycles = report.number(QStringLiteral("cycles_per_fault"));
    Check &wanted = list.add(QStringLiteral("phase4.cycles_per_fault"), QString(),
                             QStringLiteral("As many cycles ran as the protocol asks for."),
                             QStringLiteral("≥ %1").arg(expectation.cycles));
    wanted.source = cycles.source;
    if (cycles.value && *cycles.value >= static_cast<double>(expectation.cycles))
        Checks::pass(wanted, cycles.text);
    else
        Checks::unknown(
            wanted, Check::Flaw::Missing, cycles.text,
            QStringLiteral("%1 of %2 cycles were asked for").arg(cycles.text).arg(expectation.cycles));
    list.claim(report, QString(), first);
}

} // namespace slipway::rules
