// SPDX-License-Identifier: GPL-3.0-or-later
// What is written about a campaign, and what leaves the window for a Pages repo.
#include "app/session/insights.h"
#include "app/session/publishrunner.h"
#include "app/session/session.h"
#include "ui/campaign/campaignpage.h"
#include "ui/exporter/exportsheet.h"
#include "ui/insight/narrativetab.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/statusline.h"
#include "ui/triage/triagepanel.h"

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
    auto *sheet = new ExportSheet(m_session.publications(), record, this);
    sheet->open();
}

void MainWindow::wireNarrative() {
    NarrativeTab &tab = m_page->narrative();
    connect(&tab, &NarrativeTab::wanted, this, [this, &tab](const QString &id) {
        m_session.insights().load(id, [this, &tab, id](const Result<QByteArray> &entry) {
            if (entry)
                tab.setEntry(id, *entry);
            else
                m_status->setProblem(entry.error().text);
        });
    });
    connect(&tab, &NarrativeTab::evidenceRequested, this, [this, &tab](const QString &id) {
        m_session.insights().loadNumbers(
            id, [this, &tab, id](const Result<std::shared_ptr<const EvidenceNumbers>> &numbers) {
                if (numbers)
                    tab.setEvidence(id, *numbers);
                else
                    m_status->setProblem(numbers.error().text);
            });
    });
    connect(&tab, &NarrativeTab::lintRequested, this,
            [this, &tab](int asked, const Insight &insight,
                         const std::shared_ptr<const EvidenceNumbers> &numbers, bool isOver) {
                m_session.insights().lint(insight, numbers, isOver,
                                          [&tab, asked](const QList<InsightFinding> &findings) {
                                              tab.setFindings(asked, findings);
                                          });
            });
    connect(&tab, &NarrativeTab::saveRequested, this, &MainWindow::saveNarrative);
}

void MainWindow::saveNarrative(const QString &id, const QByteArray &base, const QByteArray &entry) {
    m_session.insights().save(id, base, entry, [this, id, entry](const Result<QByteArray> &saved) {
        NarrativeTab &tab = m_page->narrative();
        if (saved) {
            tab.setSaved(id, entry, *saved);
            return;
        }
        if (id != m_wanted || !tab.isVisible()) // else the tab says so
            m_status->setProblem(
                tr("What is written about %1 was not saved: %2").arg(id, saved.error().text));
        if (saved.error().code != ErrorCode::AlreadyExists) {
            tab.setRefused(id, saved.error(), {});
            return;
        }
        m_session.insights().load(id, [this, id, error = saved.error()](const Result<QByteArray> &theirs) {
            m_page->narrative().setRefused(id, error, theirs ? *theirs : QByteArray());
        });
    });
}

void MainWindow::undo() {
    if (m_page->narrative().canUndo())
        m_page->narrative().undo();
    else
        m_triage->undo();
}

bool MainWindow::mayLoseDrafts() {
    const QStringList unsaved = m_page->narrative().unsaved();
    return unsaved.isEmpty() ||
           m_ask(tr("Close Slipway"),
                 tr("What is written about %1 is not saved.").arg(unsaved.join(QStringLiteral(", "))),
                 tr("Close without saving"));
}

} // namespace slipway
