// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignplan.h"
#include "app/core/builtinprotocols.h"
#include "app/core/resourceroom.h"
#include "app/core/stopsignal.h"
#include "models/core/plaintext.h"
#include "ui/common/desktop.h"
#include "ui/common/theme.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

int refuse(const QString &text, int code) {
    std::fprintf(stderr, "slipway: %s\n", slipway::plainText(text).toUtf8().constData());
    return code;
}

void takeQtMessage(QtMsgType type, const QMessageLogContext &, const QString &text) {
    refuse(text, 0);
    if (type == QtFatalMsg)
        std::abort();
}

// What is answered on the terminal, which may have no display.
bool asksOnly(const char *argument) {
    constexpr std::array questions{"-h", "--help", "--help-all", "-v", "--version"};
    return std::any_of(questions.begin(), questions.end(),
                       [=](const char *question) { return qstrcmp(argument, question) == 0; });
}

} // namespace

int main(int argc, char *argv[]) {
    using namespace slipway;
    if (std::any_of(argv + 1, argv + argc, asksOnly))
        qputenv("QT_QPA_PLATFORM", "minimal");
    raiseDescriptorLimit();
    sayWhenMemoryEnds("slipway");
    (void)std::signal(SIGPIPE, SIG_IGN); // who reads what is said here may go
    qInstallMessageHandler(takeQtMessage);
    if (const auto room = roomToBegin(); !room)
        return refuse(room.error().text, 1);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("slipway"));
    QApplication::setOrganizationName(QStringLiteral("slipway"));
    QApplication::setApplicationVersion(QStringLiteral(SLIPWAY_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Dashboard for release ship-gates"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption dataDir(QStringLiteral("data-dir"), QStringLiteral("Where the archive is."),
                                     QStringLiteral("DIR"));
    const QCommandLineOption themeName(
        QStringLiteral("theme"), QStringLiteral("light or dark; else the system's."), QStringLiteral("NAME"));
    const QCommandLineOption select(QStringLiteral("select"), QStringLiteral("Show this campaign first."),
                                    QStringLiteral("ID"));
    const QCommandLineOption launch(QStringLiteral("launch"),
                                    QStringLiteral("Launch a campaign on a fleet file or \"sandbox\"."),
                                    QStringLiteral("FLEET"));
    const QCommandLineOption id(QStringLiteral("id"), QStringLiteral("The id of the campaign to launch."),
                                QStringLiteral("ID"));
    const QCommandLineOption set(QStringLiteral("set"),
                                 QStringLiteral("A parameter of the campaign to launch."),
                                 QStringLiteral("NAME=VALUE"));
    const QCommandLineOption ref(QStringLiteral("ref"),
                                 QStringLiteral("The git ref that the campaign to launch is about."),
                                 QStringLiteral("REF"));
    parser.addOptions({dataDir, themeName, select, launch, id, set, ref});
    if (!parser.parse(QApplication::arguments()))
        return refuse(parser.errorText(), 1);
    parser.process(application); // what only asks is answered
    if (parser.isSet(launch) != parser.isSet(id))
        return refuse(QStringLiteral("--launch and --id go together; see --help"), 2);
    const QString wantedTheme = parser.value(themeName);
    if (parser.isSet(themeName) && wantedTheme != QLatin1String("light") &&
        wantedTheme != QLatin1String("dark"))
        return refuse(QStringLiteral("--theme is light or dark, not %1").arg(wantedTheme), 2);
    LaunchDialog::Choice choice;
    choice.fleet = parser.value(launch);
    choice.id = parser.value(id);
    choice.ref = parser.value(ref);
    for (const QString &setting : parser.values(set)) {
        if (!setting.contains(QLatin1Char('=')))
            return refuse(QStringLiteral("--set wants NAME=VALUE, not %1").arg(setting), 2);
        choice.settings.insert(setting.section(QLatin1Char('='), 0, 0), setting.section(QLatin1Char('='), 1));
    }

    const auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
    const auto field = builtInProtocol(kFieldProtocol);
    if (!protocol || !field)
        return refuse(protocol ? field.error().text : protocol.error().text, 1);
    if (parser.isSet(dataDir) && parser.value(dataDir).isEmpty())
        return refuse(QStringLiteral("--data-dir is empty; name a folder"), 2);
    const auto paths = dataPaths(parser.value(dataDir));
    if (!paths)
        return refuse(paths.error().text, 1);
    if (const auto made = makeDataDir(*paths); !made)
        return refuse(made.error().text, 1);
    const auto services = Services::open(*paths);
    if (!services)
        return refuse(services.error().text, 1);
    applyTheme(application, wantedTheme);
    Desktop desktop;
    MainWindow window(**services, *protocol, *field);
    QObject::connect(&window, &MainWindow::campaignEnded, &desktop, &Desktop::notify);
    // With no choice of a person's the system's is followed, also while the window is open.
    const auto followSystem = [&] {
        QApplication::setPalette(QPalette()); // the platform's own, not what was set here before
        const auto dark = desktop.prefersDark();
        applyTheme(application, !dark ? QString() : *dark ? QStringLiteral("dark") : QStringLiteral("light"));
    };
    if (wantedTheme.isEmpty()) {
        QObject::connect(&desktop, &Desktop::preferenceChanged, &window, followSystem);
        QObject::connect(&window, &MainWindow::systemThemeChanged, &window, followSystem);
    }
    if (parser.isSet(select))
        window.select(parser.value(select));
    if (parser.isSet(launch))
        window.launch(choice);
    else
        window.resumeInterrupted();
    window.show();
    // The end of a session closes the window as a person does; a campaign's jobs go on on their hosts.
    const StopSignal stopSignal(
        [&window] {
            window.close();
            QApplication::quit();
        },
        [&services] {
            (*services)->note(QStringLiteral("The terminal that the window was started from was closed. The "
                                             "campaign goes on."));
        });
    return QApplication::exec();
}
