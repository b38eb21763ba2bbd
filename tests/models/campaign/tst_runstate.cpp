// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/campaign.h"

#include <QTest>

using namespace slipway;

class RunStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesRoundTrip() {
        for (const RunState state : {RunState::Waiting, RunState::Running, RunState::Passed, RunState::Failed,
                                     RunState::Stopped, RunState::Lost})
            QCOMPARE(runStateFromName(runStateName(state)), state);
        QCOMPARE(runStateFromName(QStringLiteral("done")), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(RunStateTest)
#include "tst_runstate.moc"
