// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/aboutbox.h"

#include "app/core/version.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace slipway {

void showAbout(QWidget &window) {
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, QCoreApplication::translate("slipway::MainWindow", "About Slipway"),
        QCoreApplication::translate(
            "slipway::MainWindow",
            "Slipway %1\n\nA dashboard for release ship-gates.\n\nQt %2. Free software under "
            "the GNU General Public License, version 3 or later.")
            .arg(versionText(), QString::fromLatin1(qVersion())),
        QMessageBox::Close, &window);
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace slipway
