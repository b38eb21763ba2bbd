// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakecloud.h"
#include "tests/ui/rentalwindow.h"

#include <QTemporaryDir>

namespace slipway::test {

/// What every suite of rented fleets does around each of its tests: a cloud, a data directory and a window of
/// its own; at the end nothing is left in the cloud but what the test says, the token is in no file, and no
/// exchange breaks the published contract.
class RentalSuite : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

protected:
    static inline const QString kGate = QStringLiteral("gate");

    void open() { m_opened = std::make_unique<RentalWindow>(m_dir->path()); }
    void close() { m_opened.reset(); }

    RentDialog &openRent() { return m_opened->openRent(kGate, keyFile(), false); } // nobody answers there
    void rent();
    void destroy();

    [[nodiscard]] QString keyFile() const { return m_dir->filePath(QStringLiteral("key.pub")); }
    [[nodiscard]] RentalsPage &page() const { return m_opened->page(); }
    [[nodiscard]] RentalPanel &panel() const { return m_opened->panel(); }
    [[nodiscard]] MainWindow &window() const { return m_opened->window(); }

    std::unique_ptr<FakeCloud> m_cloud;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<RentalWindow> m_opened;
    QStringList m_staying; ///< what this test leaves in the cloud, as it says

private:
    QTemporaryDir m_settings;
    int m_checked = 0;
};

} // namespace slipway::test
