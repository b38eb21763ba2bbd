// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/program.h"
#include "app/sandbox/sandboxserver.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

using namespace slipway;

class TestSandboxServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksForVersionAndTools();
    void serverWithoutMcpIsTaken();
    void sameProgramIsNotAskedAgain();
    void newProgramReplacesOneThatRuns();
    void liarIsReported();
    void missingProgramIsRefused();
    void whatFailsForItsVersionIsRefused_data();
    void whatFailsForItsVersionIsRefused();
    void aCopyCanBeStartedWhileOtherThreadsStartPrograms();

private:
    QString writeProgram(const QTemporaryDir &dir, const QByteArray &body) const;
};

QString TestSandboxServer::writeProgram(const QTemporaryDir &dir, const QByteArray &body) const {
    const QString path = dir.filePath(QStringLiteral("program"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/bash\n" + body) < 0 ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("cannot write the program");
    return path;
}

void TestSandboxServer::asksForVersionAndTools() {
    const QTemporaryDir dir;
    const QString program =
        writeProgram(dir, R"(if [ "$1" = --version ]; then echo "some 1.2.3"; echo more; exit; fi
[ "$1" = mcp ] && [ -n "$AI_MEMORY_DB" ] && [ "$HOME" = "$PWD" ] || exit 9
while read -r line; do
  case $line in
  *'"id":1,'*) echo 'a word that is not JSON'; echo '{"jsonrpc":"2.0","id":1,"result":{}}' ;;
  *'"id":2,'*) echo '{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"a"},{"name":"b"}]}}' ;;
  esac
done
)");
    const auto server = installServer(dir.filePath(QStringLiteral("server")), program, false, {});
    QVERIFY(server);
    QCOMPARE(server->version, QStringLiteral("some 1.2.3"));
    QCOMPARE(server->mcpTools, 2);
    QCOMPARE(serverFromJson(serverToJson(*server)), *server);
}

void TestSandboxServer::serverWithoutMcpIsTaken() {
    const QTemporaryDir dir;
    const auto server = installServer(dir.filePath(QStringLiteral("server")),
                                      writeProgram(dir, "[ \"$1\" = --version ]\n"), false, {});
    QVERIFY(server);
    QCOMPARE(server->version, QString());
    QCOMPARE(server->mcpTools, -1);
}

void TestSandboxServer::sameProgramIsNotAskedAgain() {
    const QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("server"));
    const QString asked = dir.filePath(QStringLiteral("asked"));
    const QString program = writeProgram(dir, "echo asked >>" + asked.toUtf8() + "\n");
    const auto first = installServer(folder, program, false, {});
    QVERIFY(first);
    QVERIFY(QFile::remove(asked));
    const auto second = installServer(folder, program, false, *first);
    QVERIFY(second);
    QCOMPARE(*second, *first);
    QVERIFY(!QFile::exists(asked));
    const auto lying = installServer(folder, program, true, *first);
    QVERIFY(lying);
    QVERIFY(QFile::exists(asked));
}

void TestSandboxServer::newProgramReplacesOneThatRuns() {
    const QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("server"));
    const auto first = installServer(folder, QStringLiteral("/bin/sleep"), false, {});
    QVERIFY(first);
    QProcess running;
    running.start(folder + QStringLiteral("/ai-memory"), {QStringLiteral("60")});
    QVERIFY(running.waitForStarted());
    const auto second = installServer(folder, writeProgram(dir, "echo new\n"), false, *first);
    QVERIFY(second);
    QCOMPARE(second->version, QStringLiteral("new"));
    QCOMPARE(running.state(), QProcess::Running);
    running.kill();
    running.waitForFinished();
}

void TestSandboxServer::liarIsReported() {
    const QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("server"));
    const QString program = writeProgram(dir, "echo \"$AI_MEMORY_REFERENCE_LIE $*\"\n");
    const auto server = installServer(folder, program, true, {});
    QVERIFY(server);
    QVERIFY(server->lie);
    const auto said =
        programOutput({folder + QStringLiteral("/ai-memory"), {QStringLiteral("a b"), QStringLiteral("c")}});
    QVERIFY(said);
    QCOMPARE(*said, QByteArray("1 a b c\n"));
}

void TestSandboxServer::missingProgramIsRefused() {
    const QTemporaryDir dir;
    const auto server = installServer(dir.path(), dir.filePath(QStringLiteral("nothing")), false, {});
    QVERIFY(!server);
    QCOMPARE(server.error().code, ErrorCode::NotFound);
    QVERIFY(server.error().text.contains(dir.filePath(QStringLiteral("nothing"))));
}

void TestSandboxServer::whatFailsForItsVersionIsRefused_data() {
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QString>("why");
    QTest::newRow("ends with an error")
        << QByteArray("#!/bin/bash\necho 'cannot open shared object' >&2\nexit 127\n")
        << QStringLiteral("ended with 127: cannot open shared object");
    QTest::newRow("bytes that no machine runs") << QByteArray("\x01\x02\xff", 3) << QStringLiteral("started");
}

void TestSandboxServer::whatFailsForItsVersionIsRefused() {
    QFETCH(const QByteArray, program);
    QFETCH(const QString, why);
    const QTemporaryDir dir;
    const QString path = writeProgram(dir, {});
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(program) == program.size());
    file.close();
    const auto server = installServer(dir.filePath(QStringLiteral("server")), path, false, {});
    QVERIFY(!server);
    QVERIFY2(server.error().text.contains(path + QStringLiteral(" is not a server under test")) &&
                 server.error().text.contains(why),
             qPrintable(server.error().text));
}

// A child has its parent's open files until it becomes its program: a copy that this process had written
// itself would be held open for writing by it, and could not be started.
void TestSandboxServer::aCopyCanBeStartedWhileOtherThreadsStartPrograms() {
    const QTemporaryDir dir;
    const QString bash = QStandardPaths::findExecutable(QStringLiteral("bash")); // has a --version
    QVERIFY(!bash.isEmpty());
    std::vector<std::jthread> others;
    for (int i = 0; i < 4; ++i) {
        others.emplace_back([](const std::stop_token &stop) {
            while (!stop.stop_requested())
                QProcess::execute(QStringLiteral("true"));
        });
    }
    for (int i = 0; i < 40; ++i) {
        const auto server = installServer(dir.filePath(QString::number(i)), bash, false, {});
        QVERIFY2(server, server ? "" : qPrintable(server.error().text));
    }
}

QTEST_GUILESS_MAIN(TestSandboxServer)
#include "tst_sandboxserver.moc"
