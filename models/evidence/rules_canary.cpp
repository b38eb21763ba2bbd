// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_canary.h"

#include <QJsonArray>

namespace slipway::rules {

void judgeCanary(const Report &report, const Expectation &expectation, bool anyCycles, Checks &checks) {
    if (expectation.canaries < 1)
        return; // protocols from before there were any
    Check &check =
        checks.add(QStringLiteral("phase4.canary"), QString(),
                   QStringLiteral("Writes that a node was made to lose on purpose are seen to be lost."),
                   QStringLiteral("%1 of %1 seen").arg(expectation.canaries));
    check.source = report.rangeOf(QStringLiteral("canary"));
    check.n = expectation.canaries;
    const auto ran = static_cast<qint64>(report.count(QStringLiteral("canary.cycles")).value.value_or(0));
    const auto seen = static_cast<qint64>(report.count(QStringLiteral("canary.seen")).value.value_or(0));
    const QJsonArray unseen = report.value(QStringLiteral("canary.unseen")).toArray();
    const QString actual = QStringLiteral("%1 of %2 seen").arg(seen).arg(ran);
    if (ran < expectation.canaries)
        Checks::unknown(
            check, anyCycles ? Check::Flaw::Invalid : Check::Flaw::Missing, actual,
            QStringLiteral("%1 of %2 canary cycles ran, in which a node is made to lose a write on purpose; "
                           "without them nothing shows that a lost write would be seen. Run the campaign "
                           "again, with the programs of this version")
                .arg(ran)
                .arg(expectation.canaries));
    else if (seen != ran || !unseen.isEmpty())
        Checks::unknown(
            check, Check::Flaw::Invalid, actual,
            QStringLiteral("a write that was lost on purpose was not seen to be lost (%1), so a clean cycle "
                           "proves nothing. Read the log of the chaos host at this cycle, check that its "
                           "perl, curl and disk work, and run the campaign again")
                .arg(clipped(unseen.isEmpty() ? actual : unseen.at(0).toString())));
    else
        Checks::pass(check, actual);
}

} // namespace slipway::rules
