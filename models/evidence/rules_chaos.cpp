// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_chaos.h"
#include "models/evidence/bounds.h"

#include "models/cycles/cycleline.h"
#include "models/cycles/faultclass.h"
#include "models/evidence/anomaly.h"
#include "models/evidence/rules_canary.h"
#include "models/evidence/rules_times.h"
#include "models/evidence/salvage.h"

#include <algorithm>

namespace slipway::rules {

namespace {

constexpr qsizetype kMaxFaults = 64; // protocols know four

void judgeFaultByReport(const Report &report, const QString &fault, const Expectation &expectation,
                        Checks &checks) {
    const Number bound = report.share(QStringLiteral("convergence_by_fault.") + fault);
    Check &check =
        checks.add(QStringLiteral("phase4.convergence.%1").arg(fault), QString(),
                   QStringLiteral("Of the writes that were acknowledged, every survivor holds at least %1 %.")
                       .arg(shareText(expectation.convergenceMin * 100)),
                   QStringLiteral("≥ %1").arg(shareText(expectation.convergenceMin)));
    check.source = bound.source;
    const bool isAskedFor = expectation.faults.contains(fault);
    if (!bound.present) {
        Checks::unknown(check, Check::Flaw::Missing, bound.text,
                        QStringLiteral("the fault class %1 was not exercised").arg(fault));
        return;
    }
    if (expectation.cyclesFollowed) { // and none came
        noEvidence(
            check, isAskedFor,
            QStringLiteral("%1: no evidence: the report gives a share of %2, and no line of a cycle was "
                           "ever there: nothing was tested")
                .arg(fault, bound.text));
        return;
    }
    if (!bound.value) {
        Checks::unknown(check, Check::Flaw::Invalid, bound.text,
                        QStringLiteral("%1: \"%2\" is not a share").arg(fault, bound.text));
        return;
    }
    if (*bound.value == 0) { // what a harness writes that ran no cycle
        Checks::unknown(check, Check::Flaw::Invalid, bound.text,
                        QStringLiteral("%1: a share of 0 and no cycle: nothing was tested").arg(fault));
        return;
    }
    const double writes = report.count(QStringLiteral("writes_per_cycle"))
                              .value.value_or(static_cast<double>(expectation.writesPerCycle));
    const auto ceiling = *bound.value < 1 ? pageSize(*bound.value * writes) : std::nullopt;
    if (ceiling) {
        Checks::unknown(check, Check::Flaw::Invalid, bound.text,
                        QStringLiteral("%1 is exactly %2 of %3 rows: a page's size, not a measurement")
                            .arg(fault)
                            .arg(*ceiling)
                            .arg(writes));
    } else if (*bound.value < expectation.convergenceMin) {
        Checks::fail(
            check, bound.text,
            QStringLiteral("%1: %2 < %3").arg(fault, bound.text).arg(shareText(expectation.convergenceMin)));
    } else if (!showsByCounts(fault)) {
        noEvidence(
            check, isAskedFor,
            QStringLiteral("%1: no evidence: a share of %2, and nothing shows that the fault took effect")
                .arg(fault, bound.text));
        return;
    } else {
        Checks::pass(check, bound.text);
    }
    Check &sample = checks.add(QStringLiteral("phase4.bound.%1").arg(fault), QString(),
                               QStringLiteral("The sample is large enough for the claim at 95 % confidence."),
                               QStringLiteral("≥ %1").arg(shareText(expectation.convergenceMin)));
    sample.source = bound.source;
    Checks::unknown(
        sample, expectation.byIdentity ? Check::Flaw::Missing : Check::Flaw::Unsupported,
        QStringLiteral("no raw counts"),
        QStringLiteral("%1: the report gives a share and no counts, so it supports no bound").arg(fault));
}

// A log that landed in the report's place still shows how far the chaos came.
void judgeSalvage(const Report &report, Checks &checks) {
    for (const SalvagedFault &fault : salvageLog(report.bytes().left(kReportLimit))) {
        QString actual =
            fault.cyclesPlanned
                ? QStringLiteral("%1 of %2 cycles began").arg(fault.cyclesBegun).arg(*fault.cyclesPlanned)
                : QStringLiteral("%1 cycles began").arg(fault.cyclesBegun);
        if (fault.writes && fault.acknowledged)
            actual += QStringLiteral(", %1 of %2 writes were acknowledged")
                          .arg(*fault.acknowledged)
                          .arg(*fault.writes);
        if (!fault.fatal.isEmpty())
            actual += QStringLiteral(", then: ") + clipped(fault.fatal);
        const QString name = fault.fault.isEmpty() ? QStringLiteral("chaos") : fault.fault;
        Check &check = checks.add(QStringLiteral("phase4.salvage.%1").arg(name), QString(),
                                  QStringLiteral("What the harness's log in the report's place shows."),
                                  QStringLiteral("a report"));
        check.source = {report.name(), fault.range.offset, fault.range.length};
        check.n = fault.acknowledged;
        Checks::unknown(
            check, Check::Flaw::Invalid, actual,
            QStringLiteral("%1 holds the harness's log: %2, %3").arg(report.name(), name, actual));
    }
}

// The classes that must be there, and those that are though nobody asked.
QStringList faultsOf(const QList<EvidenceFile> &files, const Report &report, const QStringList &required) {
    QStringList found = report.value(QStringLiteral("convergence_by_fault")).toObject().keys();
    for (const EvidenceFile &file : files) {
        if (const QString fault = faultOfCycleFile(file.name); !fault.isEmpty())
            found << fault;
    }
    QStringList faults = required;
    for (const QString &fault : found) {
        if (!faults.contains(fault) && faults.size() <= kMaxFaults)
            faults << fault;
    }
    return faults;
}

// A class whose cycles left lines, after one pass over them.
struct ReportedClass {
    CycleTally tally;
    SourceRange source;
};

// Every class with lines, in the order of the files; at most as many as are judged.
QMap<QString, ReportedClass> reportedClasses(const QList<EvidenceFile> &files, qint64 writes,
                                             CycleTimes &times) {
    QMap<QString, ReportedClass> classes;
    for (const EvidenceFile &file : files) {
        const QString fault = faultOfCycleFile(file.name);
        if (fault.isEmpty() || classes.contains(fault) || classes.size() > kMaxFaults)
            continue;
        ReportedClass reported{CycleTally(fault, writes), {file.name, 0, file.bytes.size()}};
        times.beginClass(fault);
        reported.tally.finish(forEachCycle(file, [&](const Cycle &cycle) {
            reported.tally.add(cycle);
            times.add(cycle);
        }));
        classes.insert(fault, reported);
    }
    return classes;
}

bool cyclesAreWhole(const QMap<QString, ReportedClass> &classes, const Expectation &expectation) {
    return std::all_of(expectation.faults.begin(), expectation.faults.end(), [&](const QString &fault) {
        const auto reported = classes.constFind(fault);
        return reported != classes.constEnd() && !reported->tally.cutOff() &&
               reported->tally.cycles() >= expectation.cycles;
    });
}

} // namespace

void judgeChaos(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 4);
    const Report report(files, QStringLiteral("phase4.json"));
    CycleTimes times;
    const QMap<QString, ReportedClass> classes = reportedClasses(files, expectation.writesPerCycle, times);
    const bool stand = expectation.cyclesFollowed && cyclesAreWhole(classes, expectation);
    const bool readable =
        list.readable(report, QString(), stand ? Check::Flaw::Unsupported : Check::Flaw::Invalid);
    if (!readable && !stand)
        judgeSalvage(report, list);
    const qsizetype first = list.size();
    if (readable)
        list.original(report, QString());
    const QStringList faults = faultsOf(files, report, expectation.faults);
    if (faults.size() > kMaxFaults) {
        Check &check = list.add(QStringLiteral("phase4.faults"), QString(),
                                QStringLiteral("Every fault class in the evidence is judged."),
                                QStringLiteral("≤ %1").arg(kMaxFaults));
        check.source = report.rangeOf(QStringLiteral("convergence_by_fault"));
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("> %1").arg(kMaxFaults),
                        QStringLiteral("the evidence names more than %1 fault classes").arg(kMaxFaults));
    }
    for (const QString &fault : faults) {
        if (const auto reported = classes.constFind(fault); reported != classes.constEnd())
            judgeFaultByCycles(report, fault, reported->tally, reported->source, expectation, list);
        else if (readable)
            judgeFaultByReport(report, fault, expectation, list);
    }
    times.judge(list);
    if (!readable)
        return;
    judgeCanary(report, expectation, !classes.isEmpty(), list);
    const Number cycles = report.count(QStringLiteral("cycles_per_fault"));
    Check &expected = list.add(QStringLiteral("phase4.cycles_per_fault"), QString(),
                               QStringLiteral("As many cycles ran as the protocol asks for."),
                               QStringLiteral("≥ %1").arg(expectation.cycles));
    expected.source = cycles.source;
    if (cycles.value && *cycles.value >= static_cast<double>(expectation.cycles))
        Checks::pass(expected, cycles.text);
    else
        Checks::unknown(
            expected, Check::Flaw::Missing, cycles.text,
            QStringLiteral("%1 of %2 cycles were asked for").arg(cycles.text).arg(expectation.cycles));
    list.claim(report, QString(), first);
}

} // namespace slipway::rules
