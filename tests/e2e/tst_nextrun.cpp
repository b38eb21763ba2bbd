// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/campaignrig.h"

#include "app/campaign/planfile.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <cstdio>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr quint32 kSeed = 20261129;
constexpr int kPhases = 4;

// A round is a kill and a Ctrl-C in each phase, and the campaign after each. SLIPWAY_ROUNDS=7 makes more than
// fifty, which packaging/figures asks for.
int rounds() {
    return std::max(qEnvironmentVariableIntValue("SLIPWAY_ROUNDS"), 1);
}

} // namespace

// However a campaign ended in whatever phase, the next one on the same hosts shows nothing of it.
class NextRunTest : public CampaignRigSuite {
    Q_OBJECT
private Q_SLOTS:
    void cleanupTestCase() {
        m_rig.reset();
        std::printf("next-run clean %d of %d\n", m_clean, m_total);
    }

    void showsNothingOfTheOneBefore_data() {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("phase");
        for (int round = 1; round <= rounds(); ++round) {
            for (int phase = 1; phase <= kPhases; ++phase) {
                QTest::addRow("killed in phase %d, %d", phase, round) << SIGKILL << phase;
                QTest::addRow("Ctrl-C in phase %d, %d", phase, round) << SIGINT << phase;
            }
        }
    }

    void showsNothingOfTheOneBefore() {
        QFETCH(const int, signal);
        QFETCH(const int, phase);
        const QString before = QStringLiteral("before-%1").arg(++m_total);
        const QString next = QStringLiteral("next-%1").arg(m_total);
        const QString phases = QString::number(phase);
        {
            ProgramRun run(m_rig->dataDir(), m_rig->launch(before, phases));
            QVERIFY2(run.waitFor("phase " + phases.toUtf8()), run.said().constData());
            // At any instant of the phase: servers start, writes come, what is left is cleaned.
            (void)run.waitForEnd(m_random.bounded(m_took.value(phase, 4000)));
            run.signal(signal);
            QVERIFY2(run.waitForEnd(), run.said().constData());
        }
        QStringList words = m_rig->launch(next, phases);
        if (signal == SIGKILL)
            words << QStringLiteral("--take-over");
        QElapsedTimer took;
        ProgramRun run(m_rig->dataDir(), words);
        QVERIFY2(run.waitFor("phase " + phases.toUtf8()), run.said().constData());
        took.start();
        QVERIFY2(run.waitForEnd(), run.said().constData());
        m_took[phase] = std::max(1000, static_cast<int>(took.elapsed()));
        QVERIFY2(CampaignRig::stateOf(m_rig->dataDir(), next) == QLatin1String("passed"),
                 run.said().constData());
        const QString verdict = CampaignRig::verdictOf(m_rig->dataDir(), next, phase);
        QCOMPARE(verdict, phase == kPhases ? QStringLiteral("UNPROVEN PASS") // of two cycles
                                           : QStringLiteral("PROVEN"));
        QCOMPARE(tracesOf(before, next), QStringList());
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
        ++m_clean;
    }

private:
    // Of one campaign in the evidence and logs of another: its id and its run token, which is in all that it
    // makes on hosts.
    [[nodiscard]] QStringList tracesOf(const QString &before, const QString &next) const {
        QStringList traces;
        const auto plan = loadPlan(Paths{m_rig->dataDir()}.spoolDir(before));
        if (!plan)
            return {plan.error().text};
        QDirIterator files(Paths{m_rig->dataDir()}.spoolDir(next), QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                return {file.errorString()};
            const QByteArray bytes = file.readAll();
            for (const QString &trace : {before + QLatin1Char('"'), plan->runToken}) {
                if (bytes.contains(trace.toUtf8()))
                    traces << files.fileName() + QStringLiteral(": ") + trace;
            }
        }
        return traces;
    }

    QRandomGenerator m_random{kSeed};
    QMap<int, int> m_took; ///< ms, by phase
    int m_clean = 0;
    int m_total = 0;
};

QTEST_GUILESS_MAIN(NextRunTest)
#include "tst_nextrun.moc"
