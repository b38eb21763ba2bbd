// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QApplication;

namespace slipway {

class Desktop;

/// Which look is used: what the command line says, else what a person chose in the window (kept in
/// QSettings), else what the desktop prefers, followed while the window is open. GUI thread.
class ThemeChoice : public QObject {
    Q_OBJECT
public:
    /// `forced`: "light", "dark", or empty.
    ThemeChoice(QApplication &application, Desktop &desktop, const QString &forced);

    void choose(const QString &choice); ///< "light", "dark", or empty for the desktop's; from now on
    void followSystem();                ///< anew, when nothing else was chosen

private:
    void apply();

    QApplication &m_application;
    Desktop &m_desktop;
    QString m_choice;
};

} // namespace slipway
