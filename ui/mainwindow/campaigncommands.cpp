// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/campaigncommands.h"

#include "ui/campaign/campaignpage.h"
#include "ui/campaign/comparetab.h"
#include "ui/common/sidecolumns.h"
#include "ui/insight/narrativetab.h"
#include "ui/logview/logbar.h"
#include "ui/logview/logpane.h"
#include "ui/logview/logview.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/campaignspage.h"
#include "ui/palette/commandtable.h"

#include <QAction>
#include <QCoreApplication>

namespace slipway {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("slipway::CampaignsPage", text);
}

QKeySequence ctrl(Qt::Key key) {
    return {Qt::CTRL | key};
}

QKeySequence ctrlShift(Qt::Key key) {
    return {Qt::CTRL | Qt::SHIFT | key};
}

QKeySequence shift(Qt::Key key) {
    return {Qt::SHIFT | key};
}

/// Adds to one section of the page.
struct Section {
    CommandTable &commands;
    CampaignsPage &page;
    QString name;

    QAction *add(const char *text, const QList<QKeySequence> &keys, const std::function<void()> &run) const {
        return commands.add(page, name, tr(text), keys, run);
    }
};

void addListCommands(CommandTable &commands, CampaignsPage &page) {
    const Section campaign{commands, page, tr("Campaign")};
    NarrativeTab &narrative = page.campaign().narrative();
    campaign.add("Next", {Qt::Key_J}, [&page] { page.moveInList(1); });
    campaign.add("Previous", {Qt::Key_K}, [&page] { page.moveInList(-1); });
    campaign.add("Filter the list", {ctrl(Qt::Key_F)}, [&page] { page.focusFilter(); });
    QList<QAction *> menu;
    menu << campaign.add("Diff with the last pass", {Qt::Key_D},
                         [&page] { page.campaign().showTab(page.campaign().compare()); });
    menu << campaign.add("Compare with another", {shift(Qt::Key_D)}, [&page] {
        page.campaign().showTab(page.campaign().compare());
        page.campaign().compare().chooseOther();
    });
    menu << campaign.add("Run again with the same parameters", {}, [&page] { page.requestAgain(); });
    menu << campaign.add("Write about it", {Qt::Key_R},
                         [&page, &narrative] { page.campaign().showTab(narrative); });
    menu << campaign.add("Export to a Pages repository", {ctrl(Qt::Key_E)},
                         [&page] { Q_EMIT page.campaign().exportRequested(); });
    menu << campaign.add("Open the campaign's folder", {}, [&page] { page.openFolder(); });
    menu << campaign.add("Copy the campaign's id", {ctrlShift(Qt::Key_I)}, [&page] { page.copyId(); });
    campaign.add("Save what is written", {ctrl(Qt::Key_S)}, [&narrative] { narrative.save(); });
    campaign.add("Redo what is written", {ctrlShift(Qt::Key_Z)}, [&narrative] { narrative.redo(); });
    campaign.add("List of campaigns", {Qt::Key_F9},
                 [&page] { page.columns().toggle(SideColumns::Side::Left); });
    campaign.add("Check and triage", {shift(Qt::Key_F9)},
                 [&page] { page.columns().toggle(SideColumns::Side::Right); });
    page.list().setMenuActions(menu);
    page.campaign().setMenuActions(menu);
}

void addEvidenceCommands(CommandTable &commands, CampaignsPage &page) {
    const Section evidence{commands, page, tr("Evidence")};
    for (int phase = 1; phase <= 4; ++phase)
        commands.add(page, evidence.name, tr("Phase %1").arg(phase), {QKeySequence(Qt::Key_0 + phase)},
                     [&page, phase] { page.campaign().selectPhase(phase); });
    evidence.add("Next failing cycle", {Qt::Key_N}, [&page] { page.campaign().selectFailing(true); });
    evidence.add("Previous failing cycle", {shift(Qt::Key_N)},
                 [&page] { page.campaign().selectFailing(false); });
}

void addTriageCommands(CommandTable &commands, CampaignsPage &page) {
    const Section triage{commands, page, tr("Triage")};
    triage.add("Product's fault", {Qt::Key_P}, [&page] { page.chooseClass(FailureClass::Product); });
    triage.add("Harness's fault", {Qt::Key_H}, [&page] { page.chooseClass(FailureClass::Harness); });
    triage.add("Infrastructure's fault", {Qt::Key_I},
               [&page] { page.chooseClass(FailureClass::Infrastructure); });
    triage.add("Undo", {ctrl(Qt::Key_Z)}, [&page] { page.undo(); });
    triage.add("Copy an issue's text", {ctrl(Qt::Key_Return), ctrl(Qt::Key_Enter)},
               [&page] { page.copyIssue(); });
}

void addLogCommands(CommandTable &commands, CampaignsPage &page) {
    const Section log{commands, page, tr("Log")};
    LogPane &pane = page.campaign().logPane();
    log.add("Next error", {Qt::Key_E}, [&pane] { pane.nextError(true); });
    log.add("Previous error", {shift(Qt::Key_E)}, [&pane] { pane.nextError(false); });
    log.add("Follow", {Qt::Key_F}, [&pane] { pane.view().setFollowing(!pane.view().isFollowing()); });
    log.add("Filter", {Qt::Key_Slash}, [&pane] { pane.bar().focusPattern(true); });
    log.add("Find", {ctrlShift(Qt::Key_F)}, [&pane] { pane.bar().focusPattern(false); });
    log.add("Next match", {Qt::Key_F3}, [&pane] { pane.nextMatch(true); });
    log.add("Previous match", {shift(Qt::Key_F3)}, [&pane] { pane.nextMatch(false); });
    log.add("Wrap long lines", {Qt::Key_W}, [&pane] { pane.bar().toggleWrap(); });
    log.add("Go to a line, byte or time", {ctrl(Qt::Key_G)}, [&pane] { pane.bar().askPlace(); });
    log.add("All hosts, by time", {Qt::Key_A}, [&pane] { pane.showMerged(); });
    log.add("Highlight the pattern", {ctrl(Qt::Key_H)}, [&pane] { pane.highlightPattern(); });
}

} // namespace

void addCampaignCommands(CommandTable &commands, CampaignsPage &page) {
    addListCommands(commands, page);
    addEvidenceCommands(commands, page);
    addTriageCommands(commands, page);
    addLogCommands(commands, page);
}

} // namespace slipway
