// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"
#include "tests/support/testsshd.h"

#include <QFile>
#include <QTest>

#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using slipway::test::TestSshd;

namespace {

#ifdef SLIPWAY_SANITIZED
constexpr long kMaxMemoryKb = 1000L * 1024; // shadow memory, and what was freed and is kept to be watched
#else
constexpr long kMaxMemoryKb = 200L * 1024;
#endif

struct Answer {
    int code = -1;
    QByteArray said;
    long memoryKb = 0; ///< the most it ever had
};

} // namespace

// Hosts that a campaign cannot use are named with what to do, and cost the dashboard neither memory nor time.
class UnusableHostsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theReasonIsReportedAndMemoryIsBounded_data() {
        QTest::addColumn<QByteArray>("bashrc");
        QTest::addColumn<QString>("option");
        QTest::addColumn<QByteArray>("reported");
        QTest::newRow("endless start-up file")
            << QByteArray("cat /dev/zero") << QString() << QByteArray(".bashrc");
        QTest::newRow("endless lines")
            << QByteArray("yes welcome") << QString() << QByteArray("welcome welcome");
        QTest::newRow("endless errors")
            << QByteArray("cat /dev/zero >&2") << QString() << QByteArray(".bashrc");
        QTest::newRow("no shell") << QByteArray() << QStringLiteral("ForceCommand internal-sftp")
                                  << QByteArray("runs no commands for user");
        QTest::newRow("start-up file that gives up")
            << QByteArray("echo not today; exit 1") << QString() << QByteArray("not today");
        QTest::newRow("no home") << QByteArray() << QStringLiteral("SetEnv HOME=/") << QByteArray("HOME");
    }

    void theReasonIsReportedAndMemoryIsBounded() {
        QFETCH(const QByteArray, bashrc);
        QFETCH(const QString, option);
        QFETCH(const QByteArray, reported);
        const TestSshd sshd(option.isEmpty() ? QStringList() : QStringList{option});
        QFile file(sshd.home() + QStringLiteral("/.bashrc"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bashrc + '\n') > 0);
        file.close();
        const QString fleet = sshd.fleetFile(QStringLiteral("/bin/true"));
        for (const QStringList &words :
             {QStringList{QStringLiteral("fleet"), QStringLiteral("check"), QStringLiteral("--fleet"), fleet},
              {QStringLiteral("run"), QStringLiteral("--fleet"), fleet, QStringLiteral("--id"),
               QStringLiteral("t1"), QStringLiteral("--phases"), QStringLiteral("1")}}) {
            const Answer answer =
                run(QStringList{QStringLiteral("--data-dir"), sshd.path(QStringLiteral("data"))} + words,
                    sshd.path(QStringLiteral("said")));
            QVERIFY2(answer.code > 0, answer.said.constData());
            // Both hosts are this one; a campaign that is refused names the first.
            QVERIFY2(answer.said.contains("node-a") || answer.said.contains("chaos cannot be taken"),
                     answer.said.constData());
            QVERIFY2(answer.said.contains(reported), answer.said.constData());
            QVERIFY2(answer.memoryKb < kMaxMemoryKb, QByteArray::number(answer.memoryKb).constData());
        }
    }

private:
    static Answer run(const QStringList &words, const QString &saidFile) {
        QList<QByteArray> arguments{testPaths::program("slipwayctl").toUtf8()};
        for (const QString &word : words)
            arguments << word.toUtf8();
        std::vector<char *> argv;
        for (QByteArray &argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        const QByteArray said = QFile::encodeName(saidFile);
        const pid_t child = fork();
        if (child == 0) {
            const int fd = open(said.constData(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            dup2(fd, STDOUT_FILENO);
            dup2(fd, STDERR_FILENO);
            execv(argv.front(), argv.data());
            _exit(127);
        }
        Answer answer;
        int status = 0;
        rusage usage{};
        if (wait4(child, &status, 0, &usage) == child && WIFEXITED(status))
            answer.code = WEXITSTATUS(status);
        answer.memoryKb = usage.ru_maxrss;
        QFile file(saidFile);
        if (file.open(QIODevice::ReadOnly))
            answer.said = file.readAll();
        return answer;
    }
};

QTEST_GUILESS_MAIN(UnusableHostsTest)
#include "tst_unusablehosts.moc"
