// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/timerunits.h"
#include "models/core/instant.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

class SeriesTimerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (QStandardPaths::findExecutable(QStringLiteral("systemd-analyze")).isEmpty())
            QSKIP("there is no systemd-analyze, which says what a unit means");
    }

    void systemdHasTheSameTimes_data() {
        QTest::addColumn<QString>("schedule");
        for (const char *schedule : {"13 */4 * * *", "*/5 * * * *", "0 9-17 * * 1-5", "30 2 1 * *",
                                     "0 0 29 2 *", "5 4 1,15 * 0", "7 7 * 6-8 *"})
            QTest::newRow(schedule) << QString::fromLatin1(schedule);
    }
    void systemdHasTheSameTimes() {
        QFETCH(QString, schedule);
        const auto cron = CronSchedule::parse(schedule);
        QVERIFY(cron.ok());
        const QDateTime from = instantOf(QStringLiteral("2026-04-20T20:13:30Z"));
        QDateTime earliest;
        for (const QString &time : cron->systemdTimes()) {
            QProcess analyze;
            analyze.setProcessEnvironment([] {
                QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
                environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
                environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
                return environment;
            }());
            analyze.start(
                QStringLiteral("systemd-analyze"),
                {QStringLiteral("calendar"), QStringLiteral("--base-time=2026-04-20 20:13:30 UTC"), time});
            QVERIFY(analyze.waitForFinished());
            const QString said = QString::fromUtf8(analyze.readAllStandardOutput()) +
                                 QString::fromUtf8(analyze.readAllStandardError());
            static const QRegularExpression next(QStringLiteral("Next elapse: \\w+ (\\S+) (\\S+) UTC"));
            const auto match = next.match(said);
            QVERIFY2(match.hasMatch(), qPrintable(said));
            const QDateTime at =
                instantOf(match.captured(1) + QLatin1Char('T') + match.captured(2) + QLatin1Char('Z'));
            earliest = earliest.isValid() ? std::min(earliest, at) : at;
        }
        QCOMPARE(cron->after(from), earliest);
    }

    void theUnitsAreWhatSystemdReads() {
        const QTemporaryDir dir;
        SeriesDefinition definition;
        definition.name = QStringLiteral("soak-v0.6.0");
        definition.schedule.cron = *CronSchedule::parse(QStringLiteral("13 */4 * * *"));
        const QString odd = dir.filePath(QStringLiteral("a %n $HOME \"b\" \\c"));
        QVERIFY(QDir().mkpath(odd));
        const QString program = dir.filePath(QStringLiteral("slipwayctl"));
        QVERIFY(QFile::copy(QStringLiteral("/bin/true"), program));
        const auto units = timerUnits(definition, program, Paths{odd});
        QVERIFY2(units.ok(), units ? "" : qPrintable(units.error().text));
        QVERIFY(units->timer.contains("Persistent=true") &&
                units->timer.contains("OnCalendar=*-*-* 00,04,08,12,16,20:13:00 UTC"));
        QStringList paths;
        for (const auto &[name, bytes] :
             {std::pair(units->serviceName, units->service), std::pair(units->timerName, units->timer)}) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
            paths << file.fileName();
        }
        QProcess analyze;
        analyze.setProcessChannelMode(QProcess::MergedChannels);
        analyze.start(QStringLiteral("systemd-analyze"),
                      QStringList{QStringLiteral("verify"), QStringLiteral("--man=no")} + paths);
        QVERIFY(analyze.waitForFinished());
        const QByteArray said = analyze.readAll();
        QVERIFY2(analyze.exitCode() == 0, said.constData());
        QVERIFY2(!said.contains("slipway"), said.constData()); // no word about these units
    }

    void unitsAreVerifiedBeforeTheyStayAndRemovedAgain() {
        const QTemporaryDir dir;
        qputenv("XDG_CONFIG_HOME", dir.path().toUtf8());
        // No session: nothing is started, and the units are verified all the same.
        qunsetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        SeriesDefinition definition;
        definition.name = QStringLiteral("soak");
        definition.schedule.cron = *CronSchedule::parse(QStringLiteral("*/5 * * * *"));
        auto units = timerUnits(definition, QStringLiteral("/bin/true"), Paths{dir.path()});
        QVERIFY(units.ok());
        const QString service = userUnitDir() + QLatin1Char('/') + units->serviceName;
        const QString timer = userUnitDir() + QLatin1Char('/') + units->timerName;
        const QByteArray good = units->service;
        units->service.replace("Type=oneshot\n", "Type=oneshot\nTimeoutStrtSec=5\n");
        const auto refused = installUnits(*units);
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().text.contains(QLatin1String("TimeoutStrtSec")),
                 qPrintable(refused.error().text));
        QVERIFY(!QFile::exists(service) && !QFile::exists(timer));
        QCOMPARE(uninstallUnits(*units).error().code, ErrorCode::NotFound);
        units->service = good;
        const auto installed = installUnits(*units);
        QVERIFY2(installed.ok(), installed ? "" : qPrintable(installed.error().text));
        QVERIFY(installed->contains(QLatin1String("not started")) ||
                installed->contains(QLatin1String("no systemctl")));
        QVERIFY(QFile::exists(service) && QFile::exists(timer));
        QVERIFY(uninstallUnits(*units).ok());
        QVERIFY(!QFile::exists(service) && !QFile::exists(timer));
    }

    void whatCronCannotSayIsRefused() {
        SeriesDefinition definition;
        definition.name = QStringLiteral("soak");
        definition.schedule.anchor = instantOf(QStringLiteral("2026-04-20T20:00:00Z"));
        definition.schedule.periodSeconds = 6000;
        QVERIFY(
            !timerUnits(definition, QStringLiteral("/usr/bin/slipwayctl"), Paths{QStringLiteral("/tmp/x")})
                 .ok());
        definition.schedule.cron = *CronSchedule::parse(QStringLiteral("0 0 * * *"));
        QCOMPARE(
            timerUnits(definition, QStringLiteral("/opt/a\"b/slipwayctl"), Paths{QStringLiteral("/tmp/x")})
                .error()
                .code,
            ErrorCode::Unsupported);
        QVERIFY(!timerUnits(definition, QStringLiteral("/usr/bin/slipwayctl"),
                            Paths{QStringLiteral("/tmp/x\nExecStart=/bin/false")})
                     .ok());
    }
};

QTEST_GUILESS_MAIN(SeriesTimerTest)
#include "tst_seriestimer.moc"
