// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/rentalwindow.h"

#include "app/session/session.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include <algorithm>

namespace slipway::test {

bool said(const QWidget &widget, const QString &text) {
    const auto labels = widget.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

QPushButton *button(const QWidget &widget, const QString &text) {
    for (QPushButton *one : widget.findChildren<QPushButton *>()) {
        if (one->isVisible() && one->text().contains(text))
            return one;
    }
    return nullptr;
}

bool press(const QWidget &widget, const QString &text) {
    QPushButton *one = nullptr;
    if (!QTest::qWaitFor(
            [&] {
                one = button(widget, text);
                return one && one->isEnabled();
            },
            kTimeout))
        return false;
    QTest::mouseClick(one, Qt::LeftButton);
    return true;
}

QStringList column(const QTreeWidget &tree, int number) {
    QStringList texts;
    for (int row = 0; row < tree.topLevelItemCount(); ++row)
        texts << tree.topLevelItem(row)->text(number);
    return texts;
}

RentalWindow::RentalWindow(const QString &dataDir, const Protocol &protocol) {
    auto session = Session::open(Paths{dataDir});
    if (!session)
        qFatal("%s", qPrintable(session.error().text));
    m_session = std::move(*session);
    m_window = std::make_unique<MainWindow>(*m_session, protocol, Protocol{});
    m_window->resize(1440, 900);
    m_window->QWidget::show();
    if (!QTest::qWaitForWindowExposed(m_window.get()) || !press(*m_window, QStringLiteral("Rented")) ||
        !page().isVisible())
        qFatal("the page of rented fleets is not shown");
}

RentDialog &RentalWindow::openRent(const QString &fleet, const QString &keyFile, bool login) const {
    if (!press(page(), QStringLiteral("Rent a fleet…")))
        qFatal("there is no way to rent");
    auto *dialog = m_window->findChild<RentDialog *>();
    dialog->findChild<QLineEdit *>(QStringLiteral("name"))->setText(fleet);
    dialog->findChild<QLineEdit *>(QStringLiteral("key"))->setText(keyFile);
    dialog->findChild<QCheckBox *>(QStringLiteral("login"))->setChecked(login);
    auto *size = dialog->findChild<QComboBox *>(QStringLiteral("peerSize"));
    if (!QTest::qWaitFor([&] { return size->count() == 2; }, kTimeout))
        qFatal("no sizes are on offer");
    return *dialog;
}

bool RentalWindow::rent(const RentDialog &dialog) {
    return press(dialog, QStringLiteral("Check")) && press(dialog, QStringLiteral("Rent 4 droplets"));
}

bool RentalWindow::destroy() const {
    if (!press(panel(), QStringLiteral("Destroy…")))
        return false;
    const auto *dialog = m_window->findChild<DestroyDialog *>();
    return dialog && press(*dialog, QStringLiteral("Destroy 4 droplets"));
}

} // namespace slipway::test
