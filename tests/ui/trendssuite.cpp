// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/trendssuite.h"

#include "app/archive/archive.h"
#include "app/session/inventory.h"
#include "app/session/session.h"
#include "tests/support/testpaths.h"
#include "tests/ui/windowsetup.h"

#include <QFile>
#include <QLabel>
#include <QStandardPaths>
#include <QTest>

namespace slipway::test {

TrendsSuite::TrendsSuite() = default;
TrendsSuite::~TrendsSuite() = default;

void TrendsSuite::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    useSettings(m_settings.path(), QLatin1String(metaObject()->className()));
}

void TrendsSuite::init() {
    m_dir = std::make_unique<QTemporaryDir>();
    m_paths = Paths{m_dir->path()};
}

void TrendsSuite::cleanup() {
    m_page.reset();
    m_session.reset();
}

void TrendsSuite::keepField() {
    QFile file(testPaths::source("tests/models/series/soak-v0.6.0.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto store = Archive::open(m_paths);
    QVERIFY(store.ok());
    QVERIFY(SeriesArchive(**store).importTable(kField, file.readAll()).ok());
}

void TrendsSuite::makePage() {
    auto opened = Session::open(m_paths);
    QVERIFY2(opened.ok(), opened ? "" : qPrintable(opened.error().text));
    m_session = std::move(*opened);
    m_page = std::make_unique<TrendsPage>(m_session->series(), m_session->inventory());
    m_page->resize(1440, 900);
}

bool TrendsSuite::says(const QWidget &widget, const QString &text) {
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}

} // namespace slipway::test
