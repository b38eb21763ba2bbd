// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/changednumbers.h"

#include <QTest>

using namespace slipway;

namespace {

using Rank = ChangedNumber::Rank;

Check check(const QString &id, Check::Outcome outcome, const QString &actual) {
    Check check;
    check.id = id;
    check.outcome = outcome;
    check.actual = actual;
    check.expected = QStringLiteral("0");
    return check;
}

Cycle cycle(int number, qint64 ok, std::optional<qint64> converged) {
    Cycle cycle;
    cycle.fault = QStringLiteral("kill");
    cycle.number = number;
    cycle.ok = ok;
    cycle.converged = converged;
    return cycle;
}

QStringList linesOf(const QList<ChangedNumber> &numbers) {
    QStringList lines;
    for (const ChangedNumber &number : numbers)
        lines << QStringLiteral("%1 %2|%3|%4")
                     .arg(static_cast<int>(number.rank))
                     .arg(number.what, number.before, number.now);
    return lines;
}

constexpr auto kPass = Check::Outcome::Pass;
constexpr auto kFail = Check::Outcome::Fail;

} // namespace

class ChangedNumbersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatHoldsInBothDoesNotMatter() {
        const ComparedCampaign before{{check(QStringLiteral("a"), kPass, QStringLiteral("41 ms"))},
                                      {cycle(1, 99, 99)},
                                      {{QStringLiteral("cycles"), QStringLiteral("1")}}};
        ComparedCampaign now = before;
        now.checks.first().actual = QStringLiteral("68 ms");
        now.cycles.first().ok = now.cycles.first().converged = 100;
        now.checks << check(QStringLiteral("new"), kPass, QStringLiteral("1"));
        QCOMPARE(linesOf(changedNumbers(before, now)), QStringList());
    }

    void theWorstComesFirst() {
        const ComparedCampaign before{{check(QStringLiteral("was bad"), kFail, QStringLiteral("3")),
                                       check(QStringLiteral("still bad"), kFail, QStringLiteral("3")),
                                       check(QStringLiteral("held"), kPass, QStringLiteral("0")),
                                       check(QStringLiteral("gone"), kPass, QStringLiteral("0"))},
                                      {},
                                      {{QStringLiteral("quorum"), QStringLiteral("2")}}};
        const ComparedCampaign now{{check(QStringLiteral("was bad"), kPass, QStringLiteral("0")),
                                    check(QStringLiteral("still bad"), kFail, QStringLiteral("4")),
                                    check(QStringLiteral("held"), kFail, QStringLiteral("1"))},
                                   {},
                                   {{QStringLiteral("quorum"), QStringLiteral("3")}}};
        QCOMPARE(linesOf(changedNumbers(before, now)),
                 (QStringList{QStringLiteral("0 held|0|1"), QStringLiteral("0 gone|0|"),
                              QStringLiteral("1 still bad|3|4"), QStringLiteral("2 quorum|2|3"),
                              QStringLiteral("3 was bad|3|0")}));
        QCOMPARE(changedNumbers(before, now).first().check, QStringLiteral("held"));
        QCOMPARE(changedNumbers(before, now).at(1).check, QString()); // there is none to go to
    }

    void aFlawOfTheSameKindIsNotAChange() {
        Check missing = check(QStringLiteral("a"), Check::Outcome::Unknown, {});
        missing.flaw = Check::Flaw::Missing;
        Check invalid = missing;
        invalid.flaw = Check::Flaw::Invalid;
        QVERIFY(changedNumbers({{missing}, {}, {}}, {{missing}, {}, {}}).isEmpty());
        QCOMPARE(linesOf(changedNumbers({{missing}, {}, {}}, {{invalid}, {}, {}})),
                 QStringList{QStringLiteral("1 a|missing|invalid")});
    }

    void lossesAreReportedByClassAndByCycle() {
        const ComparedCampaign before{{}, {cycle(1, 100, 100), cycle(2, 100, 99), cycle(3, 100, 100)}, {}};
        const ComparedCampaign now{
            {}, {cycle(1, 100, 98), cycle(2, 100, 99), cycle(3, 100, std::nullopt)}, {}};
        QCOMPARE(linesOf(changedNumbers(before, now)),
                 (QStringList{QStringLiteral("0 kill: acknowledged writes lost|1|3"),
                              QStringLiteral("0 kill: cycles that lost some|1|2"),
                              QStringLiteral("0 kill: cycles not measured|0|1"),
                              QStringLiteral("0 kill, cycle 1: writes lost|0|2")}));
        QCOMPARE(changedNumbers(before, now).last().cycle, 1);
    }

    void aClassThatWasNotRunHasNoNumber() {
        const ComparedCampaign some{{}, {cycle(1, 100, 100)}, {}};
        QCOMPARE(linesOf(changedNumbers(some, {})), QStringList{QStringLiteral("0 kill: cycles|1|")});
        QCOMPARE(linesOf(changedNumbers({}, some)), QStringList{QStringLiteral("3 kill: cycles||1")});
    }

    void theLargestLossesAreListed() {
        ComparedCampaign now;
        for (int number = 1; number <= kMaxLossyCycles + 5; ++number)
            now.cycles << cycle(number, 1000, 1000 - number);
        const auto numbers = changedNumbers({}, now);
        QCOMPARE(std::count_if(numbers.begin(), numbers.end(),
                               [](const ChangedNumber &one) { return one.cycle > 0; }),
                 kMaxLossyCycles);
        const auto first = std::find_if(numbers.begin(), numbers.end(),
                                        [](const ChangedNumber &one) { return one.cycle > 0; });
        QCOMPARE(first->cycle, static_cast<int>(kMaxLossyCycles) + 5);
    }
};

QTEST_APPLESS_MAIN(ChangedNumbersTest)
#include "tst_changednumbers.moc"
