// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowmemory.h"

#include "ui/campaign/campaignpage.h"
#include "ui/common/sidecolumns.h"
#include "ui/mainwindow/campaignspage.h"

#include <QMainWindow>
#include <QScreen>
#include <QSettings>

namespace slipway {

namespace {

constexpr QSize kFirst(1440, 900);
constexpr QSize kFrame(8, 40); // what a window manager puts around it, about
const QString kGeometry = QStringLiteral("window/geometry");
const QString kColumns = QStringLiteral("window/column-widths");
const QString kRows = QStringLiteral("window/rows");
const QString kCampaign = QStringLiteral("window/campaign");

} // namespace

WindowMemory::WindowMemory(QMainWindow &window, CampaignsPage &campaigns)
    : m_window(window), m_campaigns(campaigns) {}

void WindowMemory::restore() {
    const QSettings settings;
    m_window.resize(kFirst.boundedTo(m_window.screen()->availableSize() - kFrame));
    m_window.restoreGeometry(settings.value(kGeometry).toByteArray());
    QList<int> widths;
    for (const QVariant &width : settings.value(kColumns).toList())
        widths << width.toInt();
    m_campaigns.columns().setWidths(widths);
    m_campaigns.campaign().restoreLayout(settings.value(kRows).toByteArray());
    m_campaigns.setFirst(settings.value(kCampaign).toString());
}

void WindowMemory::save() const {
    QSettings settings;
    settings.setValue(kGeometry, m_window.saveGeometry());
    QVariantList widths;
    for (const int width : m_campaigns.columns().widths())
        widths << width;
    settings.setValue(kColumns, widths);
    settings.setValue(kRows, m_campaigns.campaign().saveLayout());
    settings.setValue(kCampaign, m_campaigns.shownId());
}

} // namespace slipway
