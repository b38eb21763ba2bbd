// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lifecycle/lifecyclesuite.h"

#include <QTest>

namespace slipway::test {

void LifecycleSuite::cleanup() {
    const QStringList unseen = m_rig->unseen();
    m_orphans += unseen.size();
    QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QLatin1Char('\n'))));
    int checked = 0;
    const QStringList violations = m_rig->violations(checked);
    QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n')).left(4000)));
    m_checked += checked;
    m_rig.reset();
}

void LifecycleSuite::cleanupTestCase() {
    qInfo("lifecycle orphans %lld", static_cast<long long>(m_orphans));
    if (m_checked == 0)
        QSKIP("No exchange was held against the contract: ../shared/do-openapi.json is absent.");
    qInfo("%d exchanges obey the contract", m_checked);
}

qsizetype LifecycleSuite::servers() const {
    return m_rig->cloud.state().value(QStringLiteral("droplets")).toArray().size();
}

} // namespace slipway::test
