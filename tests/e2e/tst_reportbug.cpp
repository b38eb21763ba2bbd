// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace slipway;
using test::Answer;

// What a person sends when something went wrong: shown first, without secrets, and nothing made on the way.
class ReportBugTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_ctl = std::make_unique<test::ShellProgram>();
        m_ctl->setEnvironment(QStringLiteral("DIGITALOCEAN_TOKEN"), m_token);
    }

    void itNamesVersionsAndNoValueOfAVariable() {
        const Answer shown = m_ctl->run("report-bug");
        QCOMPARE(shown.code, 0);
        for (const char *part :
             {"## Versions", "Slipway 0.", "Qt 6.", "libssh 0.", "SQLite 3.", "git version", "## Archive",
              "there is no archive", "## Last events", "DIGITALOCEAN_TOKEN"})
            QVERIFY2(shown.out.contains(part), part);
        QVERIFY(!shown.out.contains(m_token.toUtf8()));
        QVERIFY(!QDir(m_ctl->data()).exists());
    }

    void errorsAreKeptOnceThereIsADataDirectory() {
        m_ctl->write(QStringLiteral("data/fleets/.keep"), {});
        QVERIFY(m_ctl->run("show nowhere-to-be-found").code != 0);
        const QByteArray kept = m_ctl->read(QStringLiteral("data/slipway.log"));
        QVERIFY2(kept.contains("slipway.error: ") && kept.contains("There is no archive"), kept.constData());
        const Answer shown = m_ctl->run("report-bug");
        QVERIFY2(shown.out.contains("slipway.error: There is no archive"), shown.out.constData());
    }

    void whatIsInTheLogIsSearchedForSecretsAgain() {
        const QByteArray secret = "dop_v1_" + QByteArray(64, '7');
        m_ctl->write(QStringLiteral("data/slipway.log"),
                     "2026-01-01T00:00:00.000Z other[1] slipway.cloud: " + secret + '\n');
        const Answer shown = m_ctl->run("report-bug");
        QVERIFY2(shown.out.contains("slipway.cloud"), shown.out.constData());
        QVERIFY2(!shown.out.contains(secret), shown.out.constData());
    }

    void itIsWrittenOnceAndForItsOwner() {
        QCOMPARE(m_ctl->run("report-bug --out report.md").code, 0);
        QVERIFY(m_ctl->read(QStringLiteral("report.md")).startsWith("## Versions"));
        QVERIFY(!(QFile::permissions(m_ctl->path(QStringLiteral("report.md"))) &
                  (QFile::ReadGroup | QFile::ReadOther)));
        const Answer again = m_ctl->run("report-bug --out report.md");
        QCOMPARE(again.code, 4);
        QVERIFY2(again.err.contains("is there already"), again.err.constData());
    }

    void verboseSaysWhatIsDone() {
        const Answer quiet = m_ctl->run("report-bug");
        QVERIFY2(!quiet.err.contains("git ended with 0"), quiet.err.constData());
        for (const char *words : {"-v report-bug", "report-bug --verbose"}) {
            const Answer loud = m_ctl->run(words);
            QVERIFY2(loud.err.contains("program: git ended with 0 after "), loud.err.constData());
            QCOMPARE(loud.out.left(20), quiet.out.left(20));
        }
    }

private:
    const QString m_token = QStringLiteral("dop_v1_") + QString(64, QLatin1Char('5'));
    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(ReportBugTest)
#include "tst_reportbug.moc"
