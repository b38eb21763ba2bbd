// SPDX-License-Identifier: GPL-3.0-or-later
// The real program, started as a person starts it.
#include "tests/support/testpaths.h"
#include "tests/ui/sample.h"

#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>
#include <memory>

using namespace slipway;

namespace {

// The window is up once the program has taken over SIGTERM; the kernel knows.
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
        for (const char *link : {"slipway://campaign/", "slipway://campaign/../x", "slipway://campaign/a%2Fb",
                                 "slipway://fleet/a", "slipway://campaign/a?b", "slipway://campaign/a b",
                                 "slipway:campaign/a", "a", "file:///etc/passwd", "slipway://campaign/a/b",
                                 "slipway://campaign/-a", "slipway://campaign/.a"})
            QTest::newRow(link) << QStringList{QString::fromLatin1(link)} << 2
                                << "is not a link to a campaign";
        QTest::newRow("two links") << QStringList{QStringLiteral("slipway://campaign/a"),
                                                  QStringLiteral("slipway://campaign/b")}
                                   << 2 << "too many";
        QTest::newRow("data directory that cannot be")
            << QStringList{QStringLiteral("--data-dir"), QStringLiteral("/proc/none")} << 1 << "/proc/none";
    }

    void answersAndEnds() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, says);
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SLIPWAY_DATA_DIR"),
                           QStringLiteral("/proc/none")); // nobody's archive
        program.setProcessEnvironment(environment);
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

    void aLinkOpensItsCampaign() {
        expectShown([](const Started &start) {
            const auto window = start({kLink});
            return [window](int wait) { return closed(*window, wait); };
        });
    }

    // A second process hands the link to the window that is there, and ends.
    void aWindowThatIsThereTakesTheLink() {
        expectShown([](const Started &start) {
            const auto window = start({});
            return [window, start](int wait) {
                const auto second = start({kLink});
                const bool isHandedOver = second->waitForFinished() && second->exitCode() == 0;
                return isHandedOver && window->state() == QProcess::Running && closed(*window, wait);
            };
        });
    }

    // A window on another data directory is another window's; a socket that was left behind is nobody's.
    void anotherDataDirectoryIsAnotherWindows() {
        const QTemporaryDir dir;
        const QTemporaryDir other;
        for (const QTemporaryDir *data : {&dir, &other})
            QVERIFY(sample::archive({data->path()}, {sample::greenCampaign(QStringLiteral("green"))}));
        const auto first = started(dir, {});
        QTRY_VERIFY(catchesTerm(first->processId()));
        const auto second = started(dir, {QStringLiteral("--data-dir"), other.path(), kLink});
        QTRY_VERIFY(catchesTerm(second->processId()));
        second->kill();
        QVERIFY(second->waitForFinished());
        const auto third = started(dir, {QStringLiteral("--data-dir"), other.path(), kLink});
        QTRY_VERIFY(catchesTerm(third->processId()));
        QVERIFY(closed(*third, 0) && closed(*first, 0));
    }

private:
    using Process = std::shared_ptr<QProcess>;
    using Started = std::function<Process(const QStringList &)>;

    static Process started(const QTemporaryDir &dir, const QStringList &arguments) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), dir.filePath(QStringLiteral("config")));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), dir.path());
        environment.insert(QStringLiteral("SLIPWAY_DATA_DIR"), dir.path());
        auto process = std::make_shared<QProcess>();
        process->setProcessEnvironment(environment);
        process->start(testPaths::program("slipway"), arguments);
        if (!process->waitForStarted())
            qFatal("slipway does not start");
        return process;
    }

    static bool closed(QProcess &process, int wait) {
        QTest::qWait(wait);
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        return process.waitForFinished() && process.exitCode() == 0;
    }

    // A window remembers as it closes which campaign it showed: without a link the one that needs a look. A
    // campaign is read in the background, so a window that was closed too early is given more time.
    static void
    expectShown(const std::function<std::function<bool(int wait)>(const Started &start)> &script) {
        const QTemporaryDir dir;
        QVERIFY(sample::archive({dir.path()}, {sample::greenCampaign(QStringLiteral("green")),
                                               sample::redCampaign(QStringLiteral("red"))}));
        QString shown;
        for (const int wait : {300, 1000, 4000, 15'000}) {
            QFile::remove(dir.filePath(QStringLiteral("config/slipway/slipway.conf")));
            Process first;
            const auto end = script([&](const QStringList &arguments) {
                const Process process = started(dir, arguments);
                if (!first)
                    first = process;
                return process;
            });
            QTRY_VERIFY(catchesTerm(first->processId()));
            QVERIFY(end(wait));
            const QSettings settings(dir.filePath(QStringLiteral("config/slipway/slipway.conf")),
                                     QSettings::IniFormat);
            shown = settings.value(QStringLiteral("window/campaign")).toString();
            if (shown == QLatin1String("green"))
                return;
        }
        QCOMPARE(shown, QStringLiteral("green"));
    }

    inline static const QString kLink = QStringLiteral("slipway://campaign/green");
};

QTEST_MAIN(SlipwayTest)
#include "tst_slipway.moc"
