// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-bench-startup DATA_DIR: milliseconds from the start of the process until the window has its list,
// shows a campaign and has painted it, so that a key does something.
#include "app/campaign/campaignplan.h"
#include "app/core/builtinprotocols.h"
#include "app/core/paths.h"
#include "app/session/session.h"
#include "ui/campaign/campaignpage.h"
#include "ui/common/theme.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTimer>

#include <cstdio>

using namespace slipway;

int main(int argc, char *argv[]) {
    QElapsedTimer since;
    since.start();
    if (argc != 2) {
        std::fputs("slipway-bench-startup DATA_DIR\n", stderr);
        return 2;
    }
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("slipway-bench-startup"));
    const auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
    const auto paths = dataPaths(QString::fromLocal8Bit(argv[1]));
    if (!protocol || !paths)
        return 1;
    const auto session = Session::open(*paths);
    if (!session) {
        std::fprintf(stderr, "%s\n", qPrintable(session.error().text));
        return 1;
    }
    applyTheme(application, QStringLiteral("light"));
    MainWindow window(**session, *protocol, *protocol);
    window.show();
    const auto *page = window.findChild<CampaignPage *>();
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &window, [&] {
        if (page->campaignId().isEmpty() || !page->isVisible())
            return;
        window.repaint();
        QApplication::processEvents();
        std::printf("%lld\n", static_cast<long long>(since.elapsed()));
        QApplication::quit();
    });
    look.start(1);
    return QApplication::exec();
}
