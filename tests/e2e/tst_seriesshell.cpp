// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QJsonObject>
#include <QTest>

using namespace slipway;
using test::Answer;

// What a person does to a series in a shell.
class SeriesShellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_ctl = std::make_unique<test::ShellProgram>(); }

    void aPlanThatNoSlotCouldRunIsWrongUsage() {
        const Answer unknown =
            m_ctl->run({QStringLiteral("series"), QStringLiteral("create"), QStringLiteral("soak"),
                        QStringLiteral("--cron"), QStringLiteral("13 */4 * * *"), QStringLiteral("--fleet"),
                        QStringLiteral("sandbox"), QStringLiteral("--set"), QStringLiteral("nosuch=1")});
        QCOMPARE(unknown.code, 2);
        QVERIFY2(unknown.err.contains("--set nosuch: protocol ship-gate has no such parameter"),
                 unknown.err.constData());
        QVERIFY(!QFile::exists(m_ctl->path(QStringLiteral("data/archive.sqlite"))));
    }

    // Evidence that is missing is no more there when somebody says why.
    void aSlotInWhichSomethingRanCannotBeExcused() {
        importField();
        const Answer excused = m_ctl->run("series excuse field 2026-04-21T00:13Z --by Ada --why power");
        QCOMPARE(excused.code, 4);
        QVERIFY2(excused.err.contains("Something ran in slot 2 of field"), excused.err.constData());
        const QJsonObject shown = m_ctl->json("series show field --json").object();
        QCOMPARE(shown.value(QLatin1String("evidence_missing")).toInt(), 26);
        QCOMPARE(shown.value(QLatin1String("verdict")).toString(), QStringLiteral("NO EVIDENCE"));
        QCOMPARE(m_ctl->run("series excuse field 2030-04-21T00:13Z --by Ada --why power").code, 4);
    }

private:
    void importField() const {
        QFile table(testPaths::source("tests/models/series/soak-v0.6.0.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        m_ctl->write(QStringLiteral("table.csv"), table.readAll());
        QCOMPARE(m_ctl->run("series import table.csv --name field").code, 0);
    }

    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(SeriesShellTest)
#include "tst_seriesshell.moc"
