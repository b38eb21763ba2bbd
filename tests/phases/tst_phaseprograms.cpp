// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/phases/phaserig.h"

#include <QCryptographicHash>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

QString sha256(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex());
}

} // namespace

class PhaseProgramsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginNamesCampaignRunJobProgramAndServer() {
        PhaseRig rig;
        const QString program = rig.programFile(1, QStringLiteral("functional"), QStringLiteral("node-b"));
        const PhaseOutput output = rig.run(1, QStringLiteral("functional"), QStringLiteral("node-b"));
        QVERIFY2(output.exitCode == 0, output.log.constData());
        const Observation begin = output.first(QStringLiteral("begin"));
        QCOMPARE(begin.text("campaign"), QStringLiteral("rig"));
        QCOMPARE(begin.text("run"), rig.plan.runToken);
        QCOMPARE(begin.text("job"), QStringLiteral("p1-functional-") + rig.plan.runToken);
        QCOMPARE(begin.text("host"), QStringLiteral("node-b"));
        QCOMPARE(begin.text("program_sha256"), sha256(program));
        QCOMPARE(begin.text("server_sha256"), sha256(rig.serverPath()));
        QVERIFY2(begin.text("version").startsWith(QLatin1String("ai-memory-reference")),
                 output.out.constData());
    }
};

QTEST_GUILESS_MAIN(PhaseProgramsTest)
#include "tst_phaseprograms.moc"
