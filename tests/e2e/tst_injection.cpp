// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"
#include "tests/support/testsshd.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 60'000;

// Each would leave a file named CANARY behind if a shell, ssh or anything else took it for more than data.
const QStringList kHostile{QStringLiteral("a b"),
                           QStringLiteral("$(touch CANARY)"),
                           QStringLiteral("`touch CANARY`"),
                           QStringLiteral("';touch CANARY;'"),
                           QStringLiteral("\";touch CANARY;\""),
                           QStringLiteral("a\ntouch CANARY\n"),
                           QStringLiteral("-oProxyCommand=touch CANARY"),
                           QStringLiteral("|touch CANARY"),
                           QStringLiteral("a&touch CANARY"),
                           QStringLiteral("--"),
                           QStringLiteral("../../CANARY"),
                           QStringLiteral("%h$(touch CANARY)")};

} // namespace

// Whatever stands in a field of a fleet or on the command line is data: refused with its name, or handed on
// as it is.
class InjectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingInAFleetIsCode_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("before"); // what makes an absolute path of it
        QTest::addColumn<bool>("refused");
        for (const char *field : {"name", "id", "address", "privateAddress", "user"})
            QTest::newRow(field) << QString::fromLatin1(field) << QString() << true;
        for (const char *field : {"identityFile", "sshConfig", "serverPath", "workDir"})
            QTest::newRow(field) << QString::fromLatin1(field) << QStringLiteral("/tmp/") << false;
        QTest::newRow("hostKeys") << QStringLiteral("hostKeys") << QString() << false;
    }

    void nothingInAFleetIsCode() {
        QFETCH(const QString, field);
        QFETCH(const QString, before);
        QFETCH(const bool, refused);
        for (const QString &hostile : kHostile) {
            QJsonObject host{{QStringLiteral("name"), QStringLiteral("node-t")},
                             {QStringLiteral("role"), QStringLiteral("peer")},
                             {QStringLiteral("address"), QStringLiteral("127.0.0.1")},
                             {QStringLiteral("port"), m_sshd.port()},
                             {QStringLiteral("user"), QStringLiteral("root")},
                             {QStringLiteral("identityFile"), m_sshd.identityFile()},
                             {QStringLiteral("hostKeys"), QJsonArray{m_sshd.hostKeyLine()}},
                             {QStringLiteral("sshConfig"), QStringLiteral("none")}};
            if (field == QLatin1String("hostKeys"))
                host.insert(field, QJsonArray{hostile});
            else
                host.insert(field, before + hostile);
            const QString file = m_sshd.path(QStringLiteral("fleet.json"));
            QFile fleet(file);
            QVERIFY(fleet.open(QIODevice::WriteOnly));
            fleet.write(QJsonDocument({{QStringLiteral("schema"), QStringLiteral("slipway-fleet/1")},
                                       {QStringLiteral("name"), QStringLiteral("f")},
                                       {QStringLiteral("hosts"), QJsonArray{host}}})
                            .toJson());
            fleet.close();
            const auto [code, said] =
                run({QStringLiteral("fleet"), QStringLiteral("check"), QStringLiteral("--fleet"), file});
            // A server that is not there is a problem of the host; a field that cannot be is wrong usage.
            QVERIFY2(code == (refused ? 2 : 1) || (!refused && code == 2), said.constData());
            if (refused)
                QVERIFY2(said.contains(field.toUtf8()), said.constData());
            else
                QVERIFY2(said.contains("node-t") || said.contains(field.toUtf8()), said.constData());
            expectNoCanary();
        }
    }

    void nothingOnTheCommandLineIsCode_data() {
        QTest::addColumn<QStringList>("words");
        const QStringList run{QStringLiteral("run"), QStringLiteral("--fleet"), QStringLiteral("/dev/null")};
        QTest::newRow("campaign id") << run + QStringList{QStringLiteral("--id"), QStringLiteral("%1")};
        QTest::newRow("fleet") << QStringList{QStringLiteral("run"), QStringLiteral("--id"),
                                              QStringLiteral("x"), QStringLiteral("--fleet"),
                                              QStringLiteral("%1")};
        QTest::newRow("parameter") << run + QStringList{QStringLiteral("--id"), QStringLiteral("x"),
                                                        QStringLiteral("--set"), QStringLiteral("cycles=%1")};
        QTest::newRow("name of a parameter")
            << run + QStringList{QStringLiteral("--id"), QStringLiteral("x"), QStringLiteral("--set"),
                                 QStringLiteral("%1=3")};
        QTest::newRow("scripts") << run + QStringList{QStringLiteral("--id"), QStringLiteral("x"),
                                                      QStringLiteral("--scripts"), QStringLiteral("%1")};
        QTest::newRow("show") << QStringList{QStringLiteral("show"), QStringLiteral("%1")};
        QTest::newRow("search") << QStringList{QStringLiteral("search"), QStringLiteral("%1")};
        QTest::newRow("resume") << QStringList{QStringLiteral("resume"), QStringLiteral("%1")};
    }

    void nothingOnTheCommandLineIsCode() {
        QFETCH(const QStringList, words);
        for (const QString &hostile : kHostile) {
            QStringList filled;
            for (const QString &word : words)
                filled << (word.contains(QLatin1String("%1"))
                               ? QString(word).replace(QLatin1String("%1"), hostile)
                               : word);
            const auto [code, said] = run(filled);
            QVERIFY2(code >= 0 && (code != 0 || words.contains(QStringLiteral("search"))), said.constData());
            expectNoCanary();
        }
    }

private:
    std::pair<int, QByteArray> run(const QStringList &words) {
        QProcess process;
        process.setWorkingDirectory(m_sshd.home());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(testPaths::program("slipwayctl"),
                      QStringList{QStringLiteral("--data-dir"), m_sshd.path(QStringLiteral("data"))} + words);
        if (!process.waitForFinished(kTimeout) || process.exitStatus() != QProcess::NormalExit)
            return {-1, process.readAll()};
        return {process.exitCode(), process.readAll()};
    }

    // Sessions of the server and the program itself are at home in this folder.
    void expectNoCanary() const {
        QDirIterator all(m_sshd.path(QString()), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
        while (all.hasNext())
            QVERIFY2(!all.next().contains(QLatin1String("CANARY")), qPrintable(all.filePath()));
        QVERIFY(!QFile::exists(QStringLiteral("CANARY")) && !QFile::exists(QStringLiteral("/tmp/CANARY")));
    }

    const TestSshd m_sshd;
};

QTEST_GUILESS_MAIN(InjectionTest)
#include "tst_injection.moc"
