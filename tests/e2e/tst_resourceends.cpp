// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/campaignrig.h"

#include <QFile>
#include <QTest>

#include <sys/resource.h>

using namespace slipway;
using namespace slipway::test;

// A dashboard that may have few descriptors or little memory says which and what to do, leaves its hosts as
// it found them or its campaign to be resumed, and is never ended by a signal.
class ResourceEndsTest : public CampaignRigSuite {
    Q_OBJECT
private Q_SLOTS:
    void aTightLimit_data() {
        QTest::addColumn<QString>("limit");
        QTest::addColumn<QByteArray>("name");
        for (const int files : {12, 16, 24, 32, 48, 64, 96, 128})
            QTest::addRow("%d descriptors", files)
                << QStringLiteral("--nofile=%1").arg(files) << QByteArray("ulimit -n");
#ifndef SLIPWAY_SANITIZED // their shadow alone takes terabytes
        for (const int mib : {160, 200, 256, 320, 512})
            QTest::addRow("%d MiB of address space", mib)
                << QStringLiteral("--as=%1").arg(qint64(mib) * 1024 * 1024) << QByteArray("ulimit -v");
        for (const int mib : {16, 48, 128})
            QTest::addRow("%d MiB of data", mib)
                << QStringLiteral("--data=%1").arg(qint64(mib) * 1024 * 1024) << QByteArray("ulimit -d");
#endif
    }

    // Either all of it goes as ever, or nothing is begun, and the same id can be run once there is room.
    void aTightLimit() {
        QFETCH(const QString, limit);
        QFETCH(const QByteArray, name);
        const QString id = QStringLiteral("tight-%1").arg(++m_number);
        const QStringList words = m_rig->launch(id, QStringLiteral("1"));
        ProgramRun tight(dataDir(), words, {QStringLiteral("prlimit"), limit, QStringLiteral("--core=0")});
        QVERIFY2(tight.waitForEnd() && tight.code() >= 0, tight.said().constData());
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
        const bool ran = stateOf(id) == QLatin1String("passed");
        qInfo().noquote() << limit << (ran ? "ran" : "was refused");
        if (ran)
            return;
        QVERIFY2(tight.said().contains(name), tight.said().constData());
        QVERIFY2(tight.said().contains("Raise "), tight.said().constData());
        ProgramRun roomy(dataDir(), words);
        QVERIFY(roomy.waitForEnd());
        QVERIFY2(stateOf(id) == QLatin1String("passed"), roomy.said().constData());
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }

    // As when another program of the same cgroup or person takes what was left.
    void memoryThatRunsOutEndsTheFollowingOnly() {
        const QString id = QStringLiteral("short");
        ProgramRun run(dataDir(), m_rig->launch(id, QStringLiteral("2")),
                       {QStringLiteral("prlimit"), QStringLiteral("--core=0")});
        QVERIFY2(run.waitFor("burst on chaos: running"), run.said().constData());
        limit(run, RLIMIT_AS, memoryOf(run, "VmSize:") + 8 * 1024 * 1024);
        QVERIFY2(run.waitForEnd() && run.code() == 4, run.said().constData());
        QVERIFY2(run.said().contains("ulimit -v") && run.said().contains("slipwayctl resume short"),
                 run.said().constData());
        QVERIFY(CampaignRig::notesOf(dataDir(), id).contains("ulimit -v"));
        expectResumed(id);
    }

    // No file can be opened for a while: what comes waits on its host.
    void descriptorsThatRunOutCostTimeOnly() {
        const QString id = QStringLiteral("closed");
        ProgramRun run(dataDir(), m_rig->launch(id, QStringLiteral("2")));
        QVERIFY2(run.waitFor("serve on node-c: ended"), run.said().constData());
        limit(run, RLIMIT_NOFILE, 3);
        QVERIFY2(run.waitFor("Too many open files"), run.said().constData());
        QTest::qSleep(4000);
        QVERIFY2(run.runs(), run.said().constData());
        limit(run, RLIMIT_NOFILE, 1024);
        QVERIFY2(run.waitForEnd() && run.code() == 4, run.said().constData()); // one phase of four
        QVERIFY2(stateOf(id) == QLatin1String("passed"), run.said().constData());
        QCOMPARE(CampaignRig::verdictOf(dataDir(), id, 2), QStringLiteral("PROVEN"));
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }

private:
    [[nodiscard]] QString dataDir() const {
        return m_rig->dataDir();
    }
    [[nodiscard]] QString stateOf(const QString &id) const {
        return CampaignRig::stateOf(dataDir(), id);
    }

    void expectResumed(const QString &id) const {
        ProgramRun resumed(dataDir(), {QStringLiteral("resume"), id});
        QVERIFY(resumed.waitForEnd());
        QVERIFY2(stateOf(id) == QLatin1String("passed"), resumed.said().constData());
        QCOMPARE(CampaignRig::verdictOf(dataDir(), id, 2), QStringLiteral("PROVEN"));
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }

    static void limit(const ProgramRun &run, __rlimit_resource resource, qint64 max) {
        rlimit both{};
        QVERIFY(run.pid() > 0); // 0 would be this process
        QCOMPARE(prlimit(run.pid(), resource, nullptr, &both), 0);
        both.rlim_cur = static_cast<rlim_t>(max);
        QCOMPARE(prlimit(run.pid(), resource, &both, nullptr), 0);
    }
    static qint64 memoryOf(const ProgramRun &run, const QByteArray &word) {
        QFile status(QStringLiteral("/proc/%1/status").arg(run.pid()));
        if (!status.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith(word))
                return line.simplified().split(' ').value(1).toLongLong() * 1024;
        }
        return 0;
    }

    int m_number = 0;
};

QTEST_GUILESS_MAIN(ResourceEndsTest)
#include "tst_resourceends.moc"
