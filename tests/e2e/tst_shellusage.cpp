// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace slipway;
using test::Answer;

namespace {

// An archive-like file that ends too early, so that it cannot be searched for secrets.
QByteArray cutGzip() {
    QProcess gzip;
    gzip.start(QStringLiteral("gzip"), {QStringLiteral("-c")});
    gzip.write(QByteArray(2000, 'x') + "the end\n");
    gzip.closeWriteChannel();
    if (!gzip.waitForFinished())
        qFatal("gzip does not end");
    return gzip.readAllStandardOutput().chopped(12);
}

qsizetype linesOf(const QByteArray &text) {
    return text.count('\n');
}

} // namespace

// slipwayctl as people know programs of the shell: where options stand, how it is asked for help, what a slip
// of the keys leads to, and what a script reads from its exit code.
class ShellUsageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_ctl = std::make_unique<test::ShellProgram>(); }
    // A launch that should have been refused and was not has brought hosts up.
    void cleanup() { QCOMPARE(m_ctl->run("sandbox down").code, 0); }

    void helpIsTheSameHoweverItIsAskedFor_data() {
        QTest::addColumn<QString>("command");
        for (const char *command : {"run", "fleet", "fleet create", "archive check", "insight", "help"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }

    void helpIsTheSameHoweverItIsAskedFor() {
        QFETCH(const QString, command);
        const QByteArray help = ask(QStringLiteral("help ") + command);
        QVERIFY2(help.startsWith("slipwayctl " + command.toLatin1()), help.constData());
        for (const char *form : {"%1 --help", "%1 -h", "--help %1", "-h %1"})
            QCOMPARE(ask(QString::fromLatin1(form).arg(command)), help);
    }

    void theProgramHelpsAndSaysItsVersion() {
        const QByteArray help = ask(QStringLiteral("help"));
        QVERIFY2(help.contains("Commands:") && help.contains("  verify "), help.constData());
        for (const char *form : {"--help", "-h"})
            QCOMPARE(ask(QString::fromLatin1(form)), help);
        const QByteArray version = ask(QStringLiteral("version"));
        QCOMPARE(ask(QStringLiteral("--version")), version);
        static const QRegularExpression shape(
            QStringLiteral("\\Aslipwayctl \\d+\\.\\d+\\.\\d+( \\(git [0-9a-f]+(-dirty)?\\))?\\n\\z"));
        QVERIFY2(shape.match(QString::fromUtf8(version)).hasMatch(), version.constData());
    }

    void helpFitsATerminal() {
        for (const char *command :
             {"", "run", "export", "fleet", "fleet import", "fleet create", "insight"}) {
            for (const QByteArray &line : ask(QStringLiteral("help ") + QLatin1String(command)).split('\n'))
                QVERIFY2(QString::fromUtf8(line).size() <= 80, line.constData());
        }
    }

    void optionsStandAnywhere_data() {
        QTest::addColumn<QString>("line");
        for (const char *line : {"--data-dir \"$D\" list --json", "--data-dir=\"$D\" list --json",
                                 "list --data-dir \"$D\" --json", "list --json --data-dir=\"$D\"",
                                 "--json list --data-dir \"$D\"", "--json --data-dir=\"$D\" list"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }

    void optionsStandAnywhere() {
        QFETCH(const QString, line);
        import({QStringLiteral("r1")});
        const Answer answer = plain(line);
        QVERIFY2(answer.code == 0, answer.err.constData());
        QCOMPARE(QJsonDocument::fromJson(answer.out).array().size(), 1);
    }

    void theEnvironmentNamesTheDataDirectory() {
        import({QStringLiteral("r1")});
        const Answer answer = plain(QStringLiteral("list --json"), QStringLiteral("SLIPWAY_DATA_DIR=\"$D\""));
        QVERIFY2(answer.code == 0, answer.err.constData());
        QCOMPARE(QJsonDocument::fromJson(answer.out).array().size(), 1);
        QVERIFY(QDir().mkpath(m_ctl->path(QStringLiteral("elsewhere"))));
        const Answer named = plain(QStringLiteral("list --json --data-dir elsewhere"),
                                   QStringLiteral("SLIPWAY_DATA_DIR=\"$D\""));
        QCOMPARE(QJsonDocument::fromJson(named.out), QJsonDocument(QJsonArray())); // the option comes first
    }

    void aSlipIsAnsweredWithWhatWasMeant_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("meant");
        QTest::newRow("a command") << "lsit"
                                   << "did you mean list?";
        QTest::newRow("a beginning") << "comp"
                                     << "did you mean comp";
        QTest::newRow("a command of a group") << "fleet creat"
                                              << "did you mean create?";
        QTest::newRow("an option") << "list --jsn"
                                   << "did you mean --json?";
        QTest::newRow("a common option") << "list --data-dri x"
                                         << "did you mean --data-dir?";
        QTest::newRow("in help") << "help verfiy"
                                 << "did you mean verify?";
        QTest::newRow("nothing near") << "lunch-at-noon"
                                      << "";
    }

    void aSlipIsAnsweredWithWhatWasMeant() {
        QFETCH(const QString, line);
        QFETCH(const QString, meant);
        const Answer answer = plain(line);
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains(meant.toUtf8()), answer.err.constData());
        QCOMPARE(answer.err.contains("did you mean"), !meant.isEmpty());
    }

    // One code means the same in every command.
    void exitCodesAreThoseOfTheTable_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("code");
        QTest::newRow("no command") << "" << 2;
        QTest::newRow("a group") << "fleet" << 2;
        QTest::newRow("a list of an empty folder") << "list" << 0;
        QTest::newRow("a list of an empty folder as JSON") << "list --json" << 0;
        QTest::newRow("a list of a folder that is not there") << "list --data-dir nowhere" << 4;
        QTest::newRow("what is not there") << "show r404" << 4;
        QTest::newRow("a search without an archive") << "search word" << 4;
        QTest::newRow("a sandbox that is down") << "sandbox status" << 1;
        QTest::newRow("a sandbox without its server") << "sandbox up --server /nowhere" << 4;
        QTest::newRow("the id of a plan") << "run --plan --fleet sandbox --id bad/id" << 2;
        QTest::newRow("the id of a run") << "run --fleet sandbox --id bad/id" << 2;
        QTest::newRow("a branch") << "export --all --to . --push --branch 'bad name'" << 2;
        QTest::newRow("no token") << "fleet cost" << 4;
        QTest::newRow("no token to clean up orphans") << "fleet sweep --dry-run" << 4;
        QTest::newRow("no token to destroy") << "fleet destroy gate --yes" << 4;
    }

    void exitCodesAreThoseOfTheTable() {
        QFETCH(const QString, line);
        QFETCH(const int, code);
        QVERIFY(QDir().mkpath(m_ctl->data()));
        const Answer answer = plain(
            line, QStringLiteral("env -u DIGITALOCEAN_TOKEN -u DIGITALOCEAN_ACCESS_TOKEN -u DISPLAY "
                                 "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere SLIPWAY_DATA_DIR=\"$D\""));
        QVERIFY2(answer.code == code,
                 (QByteArray::number(answer.code) + ": " + answer.out + answer.err).constData());
    }

    void theReadmeAndTheHelpHaveEachExitCode() {
        QFile readme(testPaths::source("README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(readme.readAll());
        const QString help = QString::fromUtf8(ask(QStringLiteral("help exit-codes"))).simplified();
        for (int code = 0; code <= 6; ++code) {
            static const QRegularExpression row(QStringLiteral("^\\| (\\d) \\| (.*) \\|$"),
                                                QRegularExpression::MultilineOption);
            QString meaning;
            for (auto match = row.globalMatch(text); match.hasNext();) {
                const auto one = match.next();
                if (one.captured(1) == QString::number(code))
                    meaning = one.captured(2);
            }
            QVERIFY2(!meaning.isEmpty(), "the README lacks a code");
            QVERIFY2(help.contains(QStringLiteral("%1 %2").arg(code).arg(meaning)), qPrintable(meaning));
        }
    }

    void aTokenThatIsRefusedIsNotSuccess_data() {
        QTest::addColumn<QString>("variable");
        QTest::newRow("ours") << "DIGITALOCEAN_TOKEN";
        QTest::newRow("doctl's") << "DIGITALOCEAN_ACCESS_TOKEN";
    }

    void aTokenThatIsRefusedIsNotSuccess() {
        QFETCH(const QString, variable);
        QByteArray asked;
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [&asked, socket] {
                asked += socket->readAll();
                const QByteArray body = R"({"id":"unauthorized","message":"Unable to authenticate you"})";
                socket->write("HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n"
                              "Connection: close\r\nContent-Length: " +
                              QByteArray::number(body.size()) + "\r\n\r\n" + body);
                socket->disconnectFromHost();
            });
        });
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("DIGITALOCEAN_TOKEN"));
        environment.insert(variable, QStringLiteral("dop_v1_0123456789abcdef"));
        environment.insert(QStringLiteral("DIGITALOCEAN_API_URL"),
                           QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()));
        process.setProcessEnvironment(environment);
        process.start(kProgram, {QStringLiteral("--data-dir"), m_ctl->data(), QStringLiteral("fleet"),
                                 QStringLiteral("cost")});
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 4, said.constData());
        QVERIFY2(asked.contains("Bearer dop_v1_0123456789abcdef"), asked.constData());
    }

    void anErrorIsJsonWhereJsonWasAskedFor_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("says");
        QTest::newRow("not there") << "show r404 --json" << 4 << "not-found"
                                   << "no archive";
        QTest::newRow("wrong usage") << "list --json --jsn" << 2 << "invalid-input"
                                     << "--jsn";
        QTest::newRow("unknown command") << "lsit --json" << 2 << "invalid-input"
                                         << "lsit";
        QTest::newRow("nothing to publish") << "export r1 --to . --json" << 4 << "not-found"
                                            << "no archive";
    }

    void anErrorIsJsonWhereJsonWasAskedFor() {
        QFETCH(const QString, line);
        QFETCH(const int, code);
        const Answer answer = plain(line, QStringLiteral("SLIPWAY_DATA_DIR=\"$D\""));
        QCOMPARE(answer.code, code);
        const QJsonObject error = QJsonDocument::fromJson(answer.out)[QLatin1String("error")].toObject();
        QCOMPARE(error[QLatin1String("exit_code")].toInt(), code);
        QTEST(error[QLatin1String("kind")].toString(), "kind");
        QFETCH(const QString, says);
        QVERIFY2(error[QLatin1String("text")].toString().contains(says), answer.out.constData());
        QVERIFY2(answer.err.contains(says.toUtf8()), answer.err.constData()); // a person reads it too
    }

    void oneThingIsSingular() {
        import({QStringLiteral("r1")});
        const Answer imported = m_ctl->run("import runs");
        QVERIFY2(imported.out.startsWith("1 folder: "), imported.out.constData());
        const Answer checked = m_ctl->run("archive check");
        QVERIFY2(checked.out.startsWith("1 campaign, "), checked.out.constData());
        const Answer judged = m_ctl->run("rejudge r1");
        QVERIFY2(judged.out.startsWith("1 campaign judged") || judged.out.startsWith("0 campaigns judged"),
                 judged.out.constData());
        const Answer removed = m_ctl->run("remove r1");
        QVERIFY2(removed.out.startsWith("1 campaign removed"), removed.out.constData());
        import({QStringLiteral("r2"), QStringLiteral("r3")});
        QVERIFY(m_ctl->run("remove r2 r3").out.startsWith("2 campaigns removed"));
    }

    void aFolderOfAnythingIsReportedInAFewLines() {
        for (int file = 0; file < 1500; ++file)
            m_ctl->write(QStringLiteral("etc/file-%1").arg(file), "x");
        const Answer answer = m_ctl->run("verify ./etc");
        QCOMPARE(answer.code, 4);
        QVERIFY2(linesOf(answer.out) < 300, QByteArray::number(linesOf(answer.out)).constData());
        QVERIFY2(answer.out.contains("more files; --json has them all"), answer.out.constData());
        const QJsonDocument json = m_ctl->json("verify ./etc --json");
        QVERIFY(json[QLatin1String("files")].toArray().size() >= 1500);
    }

    void whatIsHeldBackIsReportedAtTheEnd() {
        QList<EvidenceFile> files = test::goodEvidence();
        files.append({QStringLiteral("cut.gz"), cutGzip()});
        m_ctl->publish(QStringLiteral("runs/r1"), files);
        QCOMPARE(m_ctl->run("import runs").code, 0);
        QCOMPARE(m_ctl->shell(QStringLiteral("git init -q --bare site.git && mkdir site")).code, 0);
        m_ctl->setEnvironment(QStringLiteral("GIT_AUTHOR_NAME"), QStringLiteral("Ada"));
        m_ctl->setEnvironment(QStringLiteral("GIT_AUTHOR_EMAIL"), QStringLiteral("ada@example.org"));
        m_ctl->setEnvironment(QStringLiteral("GIT_COMMITTER_NAME"), QStringLiteral("Ada"));
        m_ctl->setEnvironment(QStringLiteral("GIT_COMMITTER_EMAIL"), QStringLiteral("ada@example.org"));
        for (const char *command : {"export r1 --to site", "export r1 --to site.git --push"}) {
            const Answer answer = m_ctl->run(command);
            QVERIFY2(answer.code == 6, (answer.out + answer.err).constData());
            const QByteArray last = answer.out.trimmed().split('\n').constLast();
            QCOMPARE(last, QByteArray("1 file was held back: r1/cut.gz"));
        }
        const Answer dry = m_ctl->run("export r1 --to site --dry-run");
        QCOMPARE(dry.code, 6);
        QVERIFY2(dry.out.trimmed().endsWith("1 file would be held back: r1/cut.gz"), dry.out.constData());
        QVERIFY(!QFile::exists(m_ctl->path(QStringLiteral("site/runs/r1/cut.gz"))));
        for (const char *name : {"cut.gz", "r1/cut.gz"}) {
            const Answer yes = m_ctl->run(QStringList{
                QStringLiteral("export"), QStringLiteral("r1"), QStringLiteral("--to"),
                QStringLiteral("site"), QStringLiteral("--publish-unsearched"), QString::fromLatin1(name)});
            QVERIFY2(yes.code == 0, (yes.out + yes.err).constData());
        }
        QVERIFY(QFile::exists(m_ctl->path(QStringLiteral("site/runs/r1/cut.gz"))));
    }

    void aNameThatNoFileHasPublishesNothing() {
        import({QStringLiteral("r1")});
        QCOMPARE(m_ctl->shell(QStringLiteral("git init -q --bare site.git && mkdir site")).code, 0);
        for (const char *command : {"export r1 --to site --publish-unsearched phase9.json",
                                    "export --all --to site --publish-unsearched r2/phase2.json",
                                    "export r1 --to site.git --push --publish-unsearched phase9.json"}) {
            const Answer answer = m_ctl->run(command);
            QVERIFY2(answer.code == 2, (answer.out + answer.err).constData());
            QVERIFY2(answer.err.contains("has a file"), answer.err.constData());
        }
        QVERIFY(!QFile::exists(m_ctl->path(QStringLiteral("site/runs"))));
        QCOMPARE(m_ctl->shell(QStringLiteral("git -C site.git show-ref")).out, QByteArray());
    }

    // A terminal's colours and the like, which a log would be full of.
    void nothingIsColoured() {
        import({QStringLiteral("r1")});
        for (const char *command : {"list", "show r1", "verify r1", "help run", "archive check"})
            QVERIFY(!m_ctl->run(command).out.contains('\x1b'));
    }

private:
    void import(const QStringList &ids) const {
        for (const QString &id : ids)
            m_ctl->publish(QStringLiteral("runs/") + id, test::goodEvidence());
        const Answer answer = m_ctl->run("import runs");
        QVERIFY2(answer.code == 0, answer.err.constData());
    }

    // Without --data-dir in front; "$D" is the data directory.
    [[nodiscard]] Answer plain(const QString &line, const QString &before = {}) const {
        return m_ctl->shell(QStringLiteral("D='%1'; %2 %3 %4").arg(m_ctl->data(), before, kProgram, line));
    }

    [[nodiscard]] QByteArray ask(const QString &line) const {
        const Answer answer = plain(line);
        return answer.code == 0 ? answer.out : "failed: " + answer.err;
    }

    inline static const QString kProgram = testPaths::program("slipwayctl");
    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(ShellUsageTest)
#include "tst_shellusage.moc"
