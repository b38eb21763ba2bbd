// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/windowsetup.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTest>
#include <QWidget>

namespace slipway::test {

void useSettings(const QString &dir, const QString &test) {
    QCoreApplication::setOrganizationName(QStringLiteral("slipway"));
    QCoreApplication::setApplicationName(test);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, dir);
}

bool showActive(QWidget &window) {
    window.resize(1440, 900);
    window.show();
    window.activateWindow();
    return QTest::qWaitForWindowActive(&window);
}

} // namespace slipway::test
