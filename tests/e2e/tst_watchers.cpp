// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/campaignrig.h"

#include <QTest>

#include <vector>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace slipway;
using namespace slipway::test;

// A campaign outlives whoever watches it, and its journal says that nobody does any more.
class WatchersTest : public CampaignRigSuite {
    Q_OBJECT
private Q_SLOTS:
    void aReaderThatGoes_data() {
        QTest::addColumn<QString>("line");
        QTest::newRow("of both streams") << QStringLiteral("\"$@\" 2>&1 | head -n 1");
        QTest::newRow("of the progress") << QStringLiteral("\"$@\" 2> >(head -n 1 >/dev/null)");
        QTest::newRow("at once") << QStringLiteral("\"$@\" 2>&1 | true");
    }

    void aReaderThatGoes() {
        QFETCH(const QString, line);
        const QString id = QStringLiteral("unread-%1").arg(++m_number);
        QProcess shell;
        shell.start(QStringLiteral("bash"),
                    QStringList{QStringLiteral("-c"), line, QStringLiteral("bash"), slipwayctl(),
                                QStringLiteral("--data-dir"), m_rig->dataDir()} +
                        m_rig->launch(id, QStringLiteral("1")));
        expectWhole(id, "Nobody reads the progress any more");
        shell.waitForFinished();
    }

    void aTerminalThatIsClosed_data() {
        QTest::addColumn<bool>("quiet");
        QTest::newRow("with progress") << false;
        QTest::newRow("without") << true;
    }

    // The terminal's end sends SIGHUP, and what is written to it fails from then on.
    void aTerminalThatIsClosed() {
        QFETCH(const bool, quiet);
        const QString id = QStringLiteral("closed-%1").arg(++m_number);
        QStringList words{slipwayctl(), QStringLiteral("--data-dir"), m_rig->dataDir()};
        words += m_rig->launch(id, QStringLiteral("1"));
        if (quiet)
            words << QStringLiteral("--quiet");
        QList<QByteArray> arguments;
        for (const QString &word : words)
            arguments << word.toUtf8();
        std::vector<char *> argv;
        for (QByteArray &argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        int master = -1;
        const pid_t child = forkpty(&master, nullptr, nullptr, nullptr);
        if (child == 0) {
            execv(argv.front(), argv.data());
            _exit(127);
        }
        QVERIFY(child > 0);
        QTRY_VERIFY_WITH_TIMEOUT(!CampaignRig::notesOf(m_rig->dataDir(), id).isEmpty(), kCampaignTimeout);
        close(master);
        expectWhole(id, "The terminal was closed");
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
    }

private:
    void expectWhole(const QString &id, const QByteArray &note) const {
        QTRY_COMPARE_WITH_TIMEOUT(CampaignRig::stateOf(m_rig->dataDir(), id), QStringLiteral("passed"),
                                  kCampaignTimeout);
        QProcess show;
        show.start(slipwayctl(),
                   {QStringLiteral("--data-dir"), m_rig->dataDir(), QStringLiteral("show"), id});
        QVERIFY(show.waitForFinished());
        const QByteArray shown = show.readAllStandardOutput();
        QVERIFY2(CampaignRig::verdictOf(m_rig->dataDir(), id, 1) == QLatin1String("PROVEN"),
                 shown.constData());
        QVERIFY(shown.contains(note));
        const QByteArray notes = CampaignRig::notesOf(m_rig->dataDir(), id);
        QVERIFY2(notes.contains(note), notes.constData());
        QProcess check;
        check.start(slipwayctl(), {QStringLiteral("--data-dir"), m_rig->dataDir(), QStringLiteral("archive"),
                                   QStringLiteral("check")});
        QVERIFY(check.waitForFinished(kCampaignTimeout));
        QVERIFY2(check.exitCode() == 0, check.readAllStandardOutput().constData());
        QTRY_COMPARE_WITH_TIMEOUT(m_rig->leftOnHosts(), QByteArray(), 30'000);
    }

    int m_number = 0;
};

QTEST_GUILESS_MAIN(WatchersTest)
#include "tst_watchers.moc"
