// SPDX-License-Identifier: GPL-3.0-or-later
// Triage, what it compares with and copies, and the palette.
#include "app/session/campaignchanges.h"
#include "app/session/campaignqueries.h"
#include "app/session/comparisonrunner.h"
#include "app/session/session.h"
#include "models/campaign/expectedend.h"
#include "models/campaign/issuetext.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/difftab.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/windowbar.h"
#include "ui/palette/palette.h"
#include "ui/trends/trendspage.h"
#include "ui/triage/triagepanel.h"

#include <QApplication>
#include <QClipboard>
#include <QSplitter>
#include <QStackedWidget>

namespace slipway {

void MainWindow::wireTriage() {
    connect(m_triage, &TriagePanel::saveRequested, this, [this](const QMap<QString, Triage> &triages) {
        m_session.changes().saveTriage(triages, [this](const Result<void> &stored) { changed(stored); });
    });
    connect(m_triage, &TriagePanel::undoRequested, this, [this](const QString &change) {
        m_session.changes().undoTriage(change, {}, [this](const Result<TriageUndo> &undone) {
            changed(undone ? Result<void>() : undone.error());
            if (undone && !undone->left.isEmpty())
                m_status->setProblem(tr("Changed by somebody else meanwhile, and left as it is: %1")
                                         .arg(undone->left.join(QStringLiteral(", "))));
        });
    });
    connect(m_triage, &TriagePanel::campaignRequested, this, &MainWindow::select);
    connect(m_triage, &TriagePanel::diffRequested, this, [this] { m_page->showTab(m_page->diff()); });
    connect(m_triage, &TriagePanel::issueRequested, this, &MainWindow::copyIssue);
    connect(&m_page->diff(), &DiffTab::wanted, this, &MainWindow::compareWithGreen);
    connect(m_trends, &TrendsPage::campaignRequested, this, &MainWindow::select);
}

void MainWindow::changed(const Result<void> &stored) {
    m_status->setProblem(stored ? QString() : stored.error().text);
    if (!stored)
        refreshList(); // what is shown is what is stored
}

void MainWindow::chooseClass(FailureClass failureClass) {
    if (m_pages->currentWidget() == m_split)
        m_triage->choose(failureClass);
}

void MainWindow::showStanding() {
    m_triage->setCampaign(m_shown, m_list->entries());
    if (const CampaignEntry *entry = m_list->entry(m_shown))
        m_page->setStanding(*entry);
}

void MainWindow::showProgress() {
    const CampaignRecord &record = m_page->record();
    if (record.summary.state != RunState::Running)
        return;
    const QString text = progressText(record, m_protocol);
    const auto left = remainingMs(record, m_protocol, QDateTime::currentDateTimeUtc());
    m_list->setProgress(record.summary.id, text, left ? tr("%1 left").arg(clockText(*left)) : QString());
}

void MainWindow::compareWithGreen() {
    const QString id = m_shown;
    const QString green = lastGreen(m_list->entries(), id);
    if (green.isEmpty() || green == id) {
        m_page->diff().say(tr("No campaign has passed yet that this one could be compared with."));
        return;
    }
    m_page->diff().say(tr("Comparing with %1 …").arg(green));
    m_session.comparisons().compare(id, green, [this, id](const Result<Comparison> &comparison) {
        if (id != m_shown)
            return;
        if (comparison)
            m_page->diff().setComparison(*comparison);
        else
            m_page->diff().say(comparison.error().text);
    });
}

void MainWindow::copyIssue() {
    const CampaignEntry *entry = m_list->entry(m_shown);
    if (!entry || m_page->campaignId() != m_shown)
        return;
    QApplication::clipboard()->setText(issueText(m_page->record(), *entry));
    m_status->setProblem(tr("The text for an issue about %1 is in the clipboard.").arg(m_shown));
}

void MainWindow::wirePalette() {
    connect(m_bar, &WindowBar::paletteRequested, this, [this] { m_palette->ask(); });
    connect(m_palette, &Palette::campaignChosen, this, &MainWindow::select);
    connect(m_palette, &Palette::searchRequested, this, [this](const QString &words) {
        m_session.queries().search(words, [this, words](const Result<QList<SearchHit>> &hits) {
            if (hits)
                m_palette->setHits(words, *hits);
            else
                m_status->setProblem(hits.error().text);
        });
    });
    connect(m_palette, &Palette::hitChosen, this, [this](const SearchHit &hit) { select(hit.campaign); });
}

} // namespace slipway
