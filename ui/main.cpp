// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignplan.h"
#include "app/commandline/commandparser.h"
#include "app/commandline/helptext.h"
#include "app/commandline/windowcommand.h"
#include "app/core/builtinprotocols.h"
#include "app/core/resourceroom.h"
#include "app/core/stopsignal.h"
#include "app/core/version.h"
#include "app/diagnostics/messages.h"
#include "app/session/campaigncontroller.h"
#include "app/session/campaignlink.h"
#include "app/session/session.h"
#include "models/core/plaintext.h"
#include "ui/common/desktop.h"
#include "ui/common/themechoice.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/windowcall.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

int answer(const QStringList &lines) {
    for (const QString &line : lines)
        std::fprintf(stdout, "%s\n", slipway::plainText(line).toUtf8().constData());
    return std::fflush(stdout) == 0 ? 0 : 1;
}

void say(const QString &text) {
    std::fprintf(stderr, "slipway: %s\n", slipway::plainText(text).toUtf8().constData());
}

int refuse(const QString &text, int code) {
    say(text);
    return code;
}

// What is answered on the terminal, which may have no display.
bool asksOnly(const char *argument) {
    constexpr std::array questions{"-h", "--help", "-V", "--version"};
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
    handleMessages(say);
    if (const auto room = roomToBegin(); !room)
        return refuse(room.error().text, 1);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("slipway"));
    QApplication::setOrganizationName(QStringLiteral("slipway"));
    QApplication::setApplicationVersion(QStringLiteral(SLIPWAY_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.slipway.Slipway"));
    QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("org.slipway.Slipway"),
                                                 QIcon(QStringLiteral(":/slipway/org.slipway.Slipway.svg"))));
    QCommandLineParser parser;
    if (const auto parsed = parseArguments(parser, kWindowCommand, QApplication::arguments().mid(1)); !parsed)
        return refuse(parsed.error().text + QStringLiteral("; see slipway --help"), 2);
    if (parser.isSet(QStringLiteral("help")))
        return answer(helpLines(QStringLiteral("slipway"), kWindowCommand));
    if (parser.isSet(QStringLiteral("version")))
        return answer({QStringLiteral("slipway ") + versionText()});
    const QString launch = QStringLiteral("launch");
    const QString id = QStringLiteral("id");
    const QString select = QStringLiteral("select");
    if (parser.isSet(launch) != parser.isSet(id))
        return refuse(QStringLiteral("--launch and --id go together; see --help"), 2);
    const QString requestedTheme = parser.value(QStringLiteral("theme"));
    if (!requestedTheme.isEmpty() && requestedTheme != QLatin1String("light") &&
        requestedTheme != QLatin1String("dark"))
        return refuse(QStringLiteral("--theme is light or dark, not %1").arg(requestedTheme), 2);
    LaunchChoice choice;
    choice.fleet = parser.value(launch);
    choice.id = parser.value(id);
    choice.ref = parser.value(QStringLiteral("ref"));
    const auto settings = parseSettings(parser.values(QStringLiteral("set")));
    if (!settings)
        return refuse(settings.error().text, 2);
    choice.settings = *settings;
    const QString link = parser.positionalArguments().value(0);
    const auto linked = link.isEmpty() ? Result<QString>(QString()) : linkedCampaign(link);
    if (!linked)
        return refuse(linked.error().text, 2);
    const auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
    const auto field = builtInProtocol(kFieldProtocol);
    if (!protocol || !field)
        return refuse(protocol ? field.error().text : protocol.error().text, 1);
    const auto paths = dataPaths(parser.value(QStringLiteral("data-dir")));
    if (!paths)
        return refuse(paths.error().text, 1);
    if (const auto made = makeDataDir(*paths); !made)
        return refuse(made.error().text, 1);
    if (!linked->isEmpty() && WindowCall::reach(paths->dataDir, *linked))
        return 0;
    keepEvents(*paths);
    if (parser.isSet(QStringLiteral("verbose")))
        showEvents();
    const auto session = Session::open(*paths);
    if (!session)
        return refuse(session.error().text, 1);
    Desktop desktop;
    ThemeChoice look(application, desktop, requestedTheme);
    MainWindow window(**session, *protocol, *field);
    QObject::connect(&window, &MainWindow::campaignEnded, &desktop, &Desktop::notify);
    QObject::connect(&window, &MainWindow::alarmOpened, &desktop, &Desktop::notify);
    QObject::connect(&window, &MainWindow::systemThemeChanged, &look, &ThemeChoice::followSystem);
    QObject::connect(&window, &MainWindow::themeChosen, &look, &ThemeChoice::choose);
    WindowCall calls;
    QObject::connect(&calls, &WindowCall::called, &window, &MainWindow::comeForward);
    calls.listen(paths->dataDir);
    if (parser.isSet(select))
        window.select(parser.value(select));
    if (!linked->isEmpty())
        window.select(*linked);
    if (parser.isSet(launch))
        window.launch(choice);
    else
        window.resumeInterrupted();
    window.show();
    // The end of a session closes the window as a person does; a campaign's jobs go on on their hosts.
    const StopSignal stopSignal(
        [&window] {
            window.endSession();
            QApplication::quit();
        },
        [&session] {
            (*session)->campaigns().note(
                QStringLiteral("The terminal that the window was started from was closed. The "
                               "campaign goes on."));
        });
    return QApplication::exec();
}
