// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/themechoice.h"

#include "ui/common/desktop.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QSettings>

namespace slipway {

namespace {

const QString kKey = QStringLiteral("window/theme");
const QString kLight = QStringLiteral("light");
const QString kDark = QStringLiteral("dark");

} // namespace

ThemeChoice::ThemeChoice(QApplication &application, Desktop &desktop, const QString &forced)
    : m_application(application), m_desktop(desktop), m_choice(forced) {
    if (const QString kept = QSettings().value(kKey).toString();
        m_choice.isEmpty() && (kept == kLight || kept == kDark))
        m_choice = kept;
    connect(&m_desktop, &Desktop::preferenceChanged, this, &ThemeChoice::followSystem);
    apply();
}

void ThemeChoice::choose(const QString &choice) {
    m_choice = choice;
    QSettings().setValue(kKey, choice);
    apply();
}

void ThemeChoice::followSystem() {
    if (m_choice.isEmpty())
        apply();
}

void ThemeChoice::apply() {
    QApplication::setPalette(QPalette()); // the platform's own, not what was set here before
    const auto dark = m_desktop.prefersDark();
    applyTheme(m_application, !m_choice.isEmpty() ? m_choice : !dark ? QString() : *dark ? kDark : kLight);
}

} // namespace slipway
