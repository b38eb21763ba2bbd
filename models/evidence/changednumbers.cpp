// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/changednumbers.h"

#include "models/evidence/judgementjson.h"

#include <algorithm>

namespace slipway {

namespace {

using Rank = ChangedNumber::Rank;

bool holds(const Check &check) {
    return check.outcome == Check::Outcome::Pass;
}

QString measured(const Check &check) {
    if (!check.actual.isEmpty())
        return check.actual;
    return check.outcome == Check::Outcome::Unknown ? flawName(check.flaw) : outcomeName(check.outcome);
}

// Nothing where both hold, and where neither does for the same number.
std::optional<Rank> rankOf(const Check *before, const Check *now) {
    const bool held = before && holds(*before);
    const bool doesHold = now && holds(*now);
    if (held != doesHold)
        return doesHold ? (before ? std::optional(Rank::Better) : std::nullopt) : std::optional(Rank::Worse);
    if (held)
        return std::nullopt;
    if (!before || !now)
        return before ? Rank::StillBad : Rank::Worse;
    const bool same =
        before->outcome == now->outcome && before->flaw == now->flaw && measured(*before) == measured(*now);
    return same ? std::nullopt : std::optional(Rank::StillBad);
}

void compareChecks(QList<ChangedNumber> &numbers, const QList<Check> &before, const QList<Check> &now) {
    QMap<QString, const Check *> old;
    for (const Check &check : before)
        old.insert(check.id, &check);
    const auto add = [&](const Check *was, const Check *is) {
        if (const auto rank = rankOf(was, is)) {
            const Check &known = is ? *is : *was;
            numbers << ChangedNumber{*rank,
                                     known.id,
                                     was ? measured(*was) : QString(),
                                     is ? measured(*is) : QString(),
                                     known.expected,
                                     is ? known.id : QString(),
                                     0};
        }
    };
    for (const Check &check : now)
        add(old.take(check.id), &check);
    for (const Check &check : before) {
        if (old.contains(check.id))
            add(&check, nullptr);
    }
}

// Acknowledged writes that are not on every survivor; nothing where that was not measured.
std::optional<qint64> lossOf(const Cycle &cycle) {
    if (!cycle.ok)
        return std::nullopt;
    if (cycle.converged)
        return *cycle.ok - *cycle.converged;
    if (cycle.rows.at(1) && cycle.rows.at(2))
        return std::max<qint64>(0, *cycle.ok - std::min(*cycle.rows.at(1), *cycle.rows.at(2)));
    return std::nullopt;
}

struct ClassSums {
    qint64 cycles = 0;
    qint64 lost = 0;
    qint64 lossy = 0;
    qint64 unmeasured = 0;
};

QMap<QString, ClassSums> sumsOf(const QList<Cycle> &cycles) {
    QMap<QString, ClassSums> sums;
    for (const Cycle &cycle : cycles) {
        ClassSums &sum = sums[cycle.fault];
        ++sum.cycles;
        const auto loss = lossOf(cycle);
        sum.unmeasured += loss ? 0 : 1;
        sum.lost += loss.value_or(0);
        sum.lossy += loss.value_or(0) > 0 ? 1 : 0;
    }
    return sums;
}

void compareClasses(QList<ChangedNumber> &numbers, const QList<Cycle> &before, const QList<Cycle> &now) {
    const QMap<QString, ClassSums> old = sumsOf(before);
    const QMap<QString, ClassSums> sums = sumsOf(now);
    QStringList faults = old.keys() + sums.keys();
    faults.removeDuplicates();
    for (const QString &fault : std::as_const(faults)) {
        const bool was = old.contains(fault);
        const bool is = sums.contains(fault);
        const auto add = [&](const QString &what, qint64 ClassSums::*number, bool moreIsWorse) {
            const qint64 first = old.value(fault).*number;
            const qint64 second = sums.value(fault).*number;
            if (first == second)
                return;
            numbers << ChangedNumber{(second > first) == moreIsWorse ? Rank::Worse : Rank::Better,
                                     QStringLiteral("%1: %2").arg(fault, what),
                                     was ? QString::number(first) : QString(),
                                     is ? QString::number(second) : QString(),
                                     {},
                                     {},
                                     0};
        };
        add(QStringLiteral("acknowledged writes lost"), &ClassSums::lost, true);
        add(QStringLiteral("cycles that lost some"), &ClassSums::lossy, true);
        add(QStringLiteral("cycles not measured"), &ClassSums::unmeasured, true);
        add(QStringLiteral("cycles"), &ClassSums::cycles, false);
    }
}

void compareCycles(QList<ChangedNumber> &numbers, const QList<Cycle> &before, const QList<Cycle> &now) {
    using Key = std::pair<QString, int>;
    QMap<Key, std::optional<qint64>> old;
    for (const Cycle &cycle : before)
        old.insert({cycle.fault, cycle.number}, lossOf(cycle));
    struct Lossy {
        const Cycle *cycle;
        qint64 loss;
    };
    QList<Lossy> lossy;
    for (const Cycle &cycle : now) {
        const qint64 loss = lossOf(cycle).value_or(0);
        const auto was = old.value({cycle.fault, cycle.number});
        if (loss > was.value_or(0))
            lossy << Lossy{&cycle, loss};
    }
    std::stable_sort(lossy.begin(), lossy.end(),
                     [](const Lossy &a, const Lossy &b) { return a.loss > b.loss; });
    for (const Lossy &one : lossy.mid(0, kMaxLossyCycles)) {
        const auto was = old.value({one.cycle->fault, one.cycle->number});
        numbers << ChangedNumber{
            Rank::Worse,
            QStringLiteral("%1, cycle %2: writes lost").arg(one.cycle->fault).arg(one.cycle->number),
            was ? QString::number(*was) : QString(),
            QString::number(one.loss),
            QStringLiteral("0"),
            {},
            one.cycle->number};
    }
}

void compareSettings(QList<ChangedNumber> &numbers, const QMap<QString, QString> &before,
                     const QMap<QString, QString> &now) {
    QStringList names = before.keys() + now.keys();
    names.removeDuplicates();
    for (const QString &name : std::as_const(names)) {
        if (before.value(name) != now.value(name))
            numbers << ChangedNumber{Rank::Setting, name, before.value(name), now.value(name), {}, {}, 0};
    }
}

} // namespace

QList<ChangedNumber> changedNumbers(const ComparedCampaign &before, const ComparedCampaign &now) {
    QList<ChangedNumber> numbers;
    compareChecks(numbers, before.checks, now.checks);
    compareClasses(numbers, before.cycles, now.cycles);
    compareCycles(numbers, before.cycles, now.cycles);
    compareSettings(numbers, before.settings, now.settings);
    std::stable_sort(numbers.begin(), numbers.end(),
                     [](const ChangedNumber &a, const ChangedNumber &b) { return a.rank < b.rank; });
    return numbers;
}

} // namespace slipway
