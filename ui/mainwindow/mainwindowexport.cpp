// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the window for a Pages repo.
#include "ui/mainwindow/mainwindow.h"

#include "ui/campaign/campaignpage.h"
#include "ui/exporter/exportsheet.h"
#include "ui/mainwindow/statusline.h"

namespace slipway {

void MainWindow::askExport() {
    const CampaignRecord &record = m_page->record();
    if (m_shown.isEmpty()) {
        m_status->setProblem(tr("There is no campaign to export yet."));
        return;
    }
    if (record.summary.state == RunState::Running) {
        m_status->setProblem(tr("%1 is running; it can be exported when it has ended.").arg(m_shown));
        return;
    }
    auto *sheet = new ExportSheet(m_services, record, this);
    sheet->open();
}

} // namespace slipway
