// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/versionorder.h"

#include <QTest>

#include <algorithm>

using namespace slipway;

class VersionOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void idsSortAsPeopleNumberThem() {
        const QStringList ordered{
            QStringLiteral("ship-gate-v0.6.3-rc1"),  QStringLiteral("ship-gate-v0.6.3-rc1-r2"),
            QStringLiteral("ship-gate-v0.6.3-rc2"),  QStringLiteral("ship-gate-v0.6.3"),
            QStringLiteral("ship-gate-v0.6.3-r2"),   QStringLiteral("ship-gate-v0.6.3.1"),
            QStringLiteral("ship-gate-v0.6.10"),     QStringLiteral("soak-v0.6.0-r2"),
            QStringLiteral("soak-v0.6.0-r9"),        QStringLiteral("soak-v0.6.0-r10"),
            QStringLiteral("soak-v0.6.0-r66"),       QStringLiteral("soak-v0.6.0-r99999999999999999999"),
            QStringLiteral("v0.6.0.0-candidate-01"), QStringLiteral("v0.6.0.0-final"),
            QStringLiteral("v0.6.0.0-final-r14"),    QStringLiteral("v0.6.0.0-final-r22")};
        QStringList sorted = ordered;
        std::reverse(sorted.begin(), sorted.end());
        std::sort(sorted.begin(), sorted.end(), versionLess);
        QCOMPARE(sorted, ordered);
    }

    void itIsAStrictOrder() {
        const QStringList ids{QString(),           QStringLiteral("r1"),   QStringLiteral("r01"),
                              QStringLiteral("-"), QStringLiteral("a.b"),  QStringLiteral("a-b"),
                              QStringLiteral("a"), QStringLiteral("A-rc"), QStringLiteral("0")};
        for (const QString &a : ids) {
            for (const QString &b : ids)
                QCOMPARE(versionLess(a, b) + versionLess(b, a), a == b ? 0 : 1);
        }
    }

    void aSeriesIsAllButTheRun() {
        QCOMPARE(seriesOf(QStringLiteral("soak-v0.6.0-r10")), QStringLiteral("soak-v0.6.0"));
        QCOMPARE(seriesOf(QStringLiteral("v0.6.0.0-final")), QStringLiteral("v0.6.0.0-final"));
        QCOMPARE(seriesOf(QStringLiteral("v0.6.3-rc1")), QStringLiteral("v0.6.3-rc1"));
    }
};

QTEST_GUILESS_MAIN(VersionOrderTest)
#include "tst_versionorder.moc"
