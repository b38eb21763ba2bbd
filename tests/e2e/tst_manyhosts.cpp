// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"
#include "tests/support/testsshd.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 1'200'000;

} // namespace

// A campaign on many hosts, by the program that people use, under a hard limit of about two descriptors for
// each. One sshd is all of them. SLIPWAY_HOSTS asks for more than the hundred.
class ManyHostsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fitIntoTwoDescriptorsEach() {
        const int count = std::max(qEnvironmentVariableIntValue("SLIPWAY_HOSTS"), 100);
        const int limit = count * 1024 / 500;
        const TestSshd sshd({QStringLiteral("MaxStartups 1000"), QStringLiteral("UseDNS no")});
        const QString scripts = sshd.path(QStringLiteral("scripts"));
        QVERIFY(QDir().mkpath(scripts));
        for (int phase = 1; phase <= 4; ++phase)
            write(QStringLiteral("%1/phase%2_x.sh").arg(scripts).arg(phase),
                  "#!/bin/sh\nsleep 5\necho '{\"phase\":1,\"pass\":true}'\n");
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("prlimit"),
                      {QStringLiteral("--nofile=%1:%1").arg(limit), testPaths::program("slipwayctl"),
                       QStringLiteral("--data-dir"), sshd.path(QStringLiteral("data")), QStringLiteral("run"),
                       QStringLiteral("--fleet"), fleetOf(sshd, count), QStringLiteral("--id"),
                       QStringLiteral("many"), QStringLiteral("--scripts"), scripts,
                       QStringLiteral("--phases"), QStringLiteral("1"), QStringLiteral("--despite-problems"),
                       QStringLiteral("--quiet")});
        QVERIFY(process.waitForStarted());
        qsizetype max = 0;
        const QDir open(QStringLiteral("/proc/%1/fd").arg(process.processId()));
        while (!process.waitForFinished(50) && process.state() == QProcess::Running)
            max = std::max(max, open.entryList(QDir::Files | QDir::System | QDir::Dirs).size());
        const QByteArray said = process.readAll();
        qInfo("%d hosts, limit %d: %lld descriptors at the most", count, limit, static_cast<long long>(max));
        QVERIFY2(!said.contains("Too many open files"), said.constData());
        QProcess show;
        show.start(testPaths::program("slipwayctl"),
                   {QStringLiteral("--data-dir"), sshd.path(QStringLiteral("data")), QStringLiteral("show"),
                    QStringLiteral("many"), QStringLiteral("--json")});
        QVERIFY(show.waitForFinished(kTimeout));
        const auto runs =
            QJsonDocument::fromJson(show.readAllStandardOutput())[QLatin1String("phase_runs")].toArray();
        QCOMPARE(runs.size(), count);
        for (const QJsonValue run : runs)
            QVERIFY2(run[QLatin1String("state")].toString() == QLatin1String("passed"),
                     qPrintable(run[QLatin1String("message")].toString()));
    }

private:
    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(path));
    }

    // As many peers, and a chaos host that has nothing to do.
    static QString fleetOf(const TestSshd &sshd, int count) {
        Fleet fleet;
        fleet.name = QStringLiteral("many");
        for (int number = 0; number <= count; ++number) {
            Host host;
            host.name = number == 0 ? QStringLiteral("chaos") : QStringLiteral("p%1").arg(number);
            host.role = number == 0 ? HostRole::Chaos : HostRole::Peer;
            host.privateAddress = QStringLiteral("127.0.0.1");
            host.sshConfig = QStringLiteral("none");
            host.serverPath = QStringLiteral("/bin/true");
            host.workDir = QStringLiteral("/tmp");
            sshd.reachBy(host);
            fleet.hosts << host;
        }
        const QString file = sshd.path(QStringLiteral("many.json"));
        write(file, fleetToJson(fleet));
        return file;
    }
};

QTEST_GUILESS_MAIN(ManyHostsTest)
#include "tst_manyhosts.moc"
