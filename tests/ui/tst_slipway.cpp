// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, started as a person starts it.
#include "tests/support/testpaths.h"
#include "tests/ui/sample.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace slipway;

namespace {

// The window is up once the program has taken over SIGTERM; the kernel tells.
bool catchesTerm(qint64 pid) {
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("SigCgt:"))
            return (line.mid(7).trimmed().toULongLong(nullptr, 16) >> (SIGTERM - 1)) & 1;
    }
    return false;
}

} // namespace

class SlipwayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAndEnds_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("version") << QStringList{QStringLiteral("--version")} << 0 << "slipway ";
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << 0 << "--data-dir";
        QTest::newRow("launch without an id")
            << QStringList{QStringLiteral("--launch"), QStringLiteral("sandbox")} << 2 << "--id";
        QTest::newRow("unknown theme")
            << QStringList{QStringLiteral("--theme"), QStringLiteral("pink")} << 2 << "pink";
        QTest::newRow("setting without a value")
            << QStringList{QStringLiteral("--launch"), QStringLiteral("sandbox"), QStringLiteral("--id"),
                           QStringLiteral("a"),        QStringLiteral("--set"),   QStringLiteral("cycles")}
            << 2 << "cycles";
        QTest::newRow("data directory that cannot be")
            << QStringList{QStringLiteral("--data-dir"), QStringLiteral("/proc/none")} << 1 << "/proc/none";
    }

    void answersAndEnds() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, says);
        QProcess program;
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(testPaths::program("slipway"), arguments);
        QVERIFY(program.waitForFinished());
        const QString output = QString::fromUtf8(program.readAll());
        QVERIFY2(program.exitCode() == code && output.contains(says), qPrintable(output));
    }

    void answersWithoutADisplay() {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *display : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QLatin1String(display));
        for (const char *question : {"--help", "-h", "--version"}) {
            QProcess program;
            program.setProcessEnvironment(environment);
            program.start(testPaths::program("slipway"), {QLatin1String(question)});
            QVERIFY(program.waitForFinished());
            QVERIFY2(program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0, question);
        }
    }

    void opensAndStaysUntilItIsEnded() {
        const QTemporaryDir dir;
        QVERIFY(sample::archive({dir.path()}, {sample::redCampaign(QStringLiteral("red"))}));
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), dir.filePath(QStringLiteral("config")));
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(testPaths::program("slipway"), {QStringLiteral("--data-dir"), dir.path()});
        QVERIFY(program.waitForStarted());
        QTRY_VERIFY(catchesTerm(program.processId()));
        ::kill(static_cast<pid_t>(program.processId()), SIGTERM);
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        QVERIFY2(QFile::exists(dir.filePath(QStringLiteral("config/slipway/slipway.conf"))),
                 program.readAll().constData());
    }
};

QTEST_MAIN(SlipwayTest)
#include "tst_slipway.moc"
