// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/phases/phaserig.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

// Servers that look better than they are, against the programs and the judge that are to see through them.
class LiarsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lieIsCaught_data() {
        QTest::addColumn<int>("phase");
        QTest::addColumn<QString>("lie");
        QTest::addColumn<QString>("reason"); // a part of it
        const auto row = [](int phase, const char *lie, const char *reason) {
            QTest::addRow("phase %d, %s", phase, lie)
                << phase << QString::fromLatin1(lie) << QString::fromLatin1(reason);
        };
        row(2, "", "");
        row(2, "replicates-nothing", "holds 0 of");
        row(2, "loses-half", "acknowledged writes");
        row(2, "empties", "acknowledged writes");
        row(2, "proxies", "acknowledged writes");
        row(2, "forgets", "acknowledged writes");
        row(2, "endless", "pages have no end");
        row(2, "misplaces", "acknowledged writes");
        row(2, "dies", "exit status 3");
        row(3, "", "");
        row(3, "endless", "roundtrip_equal is");
        row(3, "doubles", "roundtrip_equal is");
        row(4, "", "");
        row(4, "replicates-nothing", "acknowledged writes");
        row(4, "loses-half", "acknowledged writes");
        row(4, "acks-early", "acknowledged writes");
        row(4, "empties", "acknowledged writes");
        row(4, "corrupts", "acknowledged writes");
        row(4, "truncates", "acknowledged writes");
        row(4, "swaps", "acknowledged writes");
        row(4, "proxies", "");
        row(4, "forgets", "acknowledged writes");
        row(4, "doubles", "acknowledged writes");
        row(4, "misplaces", "acknowledged writes");
        row(4, "invents", "acknowledged writes");
        row(4, "injects", "acknowledged writes");
        row(4, "dies", "");
    }

    void lieIsCaught() {
        QFETCH(const int, phase);
        QFETCH(const QString, lie);
        QFETCH(const QString, reason);
        PhaseRig rig(lie);
        for (const auto &[name, value] :
             {std::pair{"agents", "4"}, std::pair{"writes_per_agent", "20"}, std::pair{"settle_seconds", "3"},
              std::pair{"memories", "220"}, std::pair{"cycles", "1"}, std::pair{"writes", "60"},
              std::pair{"fault_after_acks", "25"}, std::pair{"cycle_settle_seconds", "2"}})
            rig.plan.parameters.insert(QLatin1String(name), QLatin1String(value));
        const QList<ObservedStream> streams = phase == 2 ? rig.federate() : rig.runAlone(phase);
        const PhaseJudgement judgement = rig.judged(phase, streams);
        const bool green = judgement.verdict == Verdict::Proven || judgement.verdict == Verdict::UnprovenPass;
        const QString said = verdictName(judgement.verdict) + QStringLiteral(": ") + judgement.detail;
        QVERIFY2(rig.leftFiles().isEmpty(), qPrintable(rig.leftFiles().join(QLatin1Char('\n'))));
        QVERIFY2(rig.leftProcesses().isEmpty(), qPrintable(rig.leftProcesses().join(QLatin1Char('\n'))));
        if (lie.isEmpty()) {
            QVERIFY2(green, qPrintable(said));
            return;
        }
        ++m_reported;
        for (const ObservedStream &stream : streams)
            QVERIFY2(!stream.file.bytes.contains("2026-01-01T00:00:00"), "the server wrote into the stream");
        QVERIFY2(!green, qPrintable(said));
        QVERIFY2(said.contains(reason), qPrintable(said));
        ++m_caught;
    }

    void cleanupTestCase() { qInfo("liars caught %d of %d", m_caught, m_reported); }

private:
    int m_reported = 0;
    int m_caught = 0;
};

QTEST_GUILESS_MAIN(LiarsTest)
#include "tst_liars.moc"
