// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"
#include "app/session/session.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/rental/destroydialog.h"
#include "ui/rental/rentalpanel.h"
#include "ui/rental/rentalspage.h"
#include "ui/rental/rentdialog.h"

#include <QPushButton>
#include <QTreeWidget>

#include <memory>

namespace slipway::test {

inline constexpr int kTimeout = 60'000; ///< ms that a cloud may take, which knows no other time than its own

/// Some visible label of a widget has this text.
[[nodiscard]] bool said(const QWidget &widget, const QString &text);
/// The visible button whose text has this; null: there is none.
[[nodiscard]] QPushButton *button(const QWidget &widget, const QString &text);
/// Presses a button as a person can: it is there and enabled, or comes to be. False: it never was.
bool press(const QWidget &widget, const QString &text);
[[nodiscard]] QStringList column(const QTreeWidget &tree, int number);

/// The real window on its page of rented fleets, over a data directory.
class RentalWindow {
public:
    explicit RentalWindow(const QString &dataDir, const Protocol &protocol = {});

    [[nodiscard]] MainWindow &window() const { return *m_window; }
    [[nodiscard]] RentalsPage &page() const { return *m_window->findChild<RentalsPage *>(); }
    [[nodiscard]] RentalPanel &panel() const { return *m_window->findChild<RentalPanel *>(); }

    /// With name and key filled in, and prices known. qFatal when that cannot be.
    [[nodiscard]] RentDialog &openRent(const QString &fleet, const QString &keyFile, bool login) const;
    /// Checks and rents; false when it cannot be.
    [[nodiscard]] static bool rent(const RentDialog &dialog);
    [[nodiscard]] bool destroy() const; ///< four droplets, after they were shown

private:
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace slipway::test
