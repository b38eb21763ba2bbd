// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"
#include "models/core/result.h"
#include "models/protocol/protocol.h"

#include <QWidget>

namespace slipway {

class CampaignListPane;
class CampaignPage;
class CheckPanel;
class ComparisonControl;
class Session;
class SideColumns;
class StartPanel;
class TriagePanel;

/// The page of campaigns: all of them on the left, one in the middle, what failed and whose fault it is on
/// the right. Holds which one is shown and follows it while it runs. GUI thread.
class CampaignsPage : public QWidget {
    Q_OBJECT
public:
    CampaignsPage(const Session &session, const Protocol &protocol, QWidget *parent = nullptr);

    void refresh();                 ///< reads the archive's list anew
    void choose(const QString &id); ///< as a person does
    /// The campaign to show once the list has it; one that needs a look comes before it.
    void setFirst(const QString &id) { m_next = id; }
    void followLaunch() { m_chosen = false; } ///< what starts next is shown
    void moveInList(int by);
    void focusFilter();
    void chooseClass(FailureClass failureClass); ///< whose fault the failure is
    void undo();                                 ///< what is looked at: a narrative, or a triage
    void copyIssue();
    void copyId();
    void openFolder();   ///< of the logs of the campaign that is shown
    void requestAgain(); ///< a launch with the same parameters

    [[nodiscard]] const QString &shownId() const { return m_shown; }
    [[nodiscard]] QString chosen() const { return m_next; }
    [[nodiscard]] CampaignPage &campaign() const { return *m_page; }
    [[nodiscard]] CampaignListPane &list() const { return *m_list; }
    [[nodiscard]] SideColumns &columns() const { return *m_columns; }
    [[nodiscard]] StartPanel &start() const { return *m_start; } ///< shown while there is no campaign

Q_SIGNALS:
    void entriesChanged(const QList<slipway::CampaignEntry> &entries);
    void campaignEnded(const QString &title, const QString &text);
    void problemOccurred(const QString &text); ///< empty: the last one is over
    void launchRequested(const slipway::CampaignRecord &like);
    void anotherChosen();            ///< a person turned to another campaign
    void noted(const QString &text); ///< something was done that undo() takes back

private:
    void wire();
    void wireTriage();
    void showStanding();
    void showProgress();
    void changed(const Result<void> &stored); ///< a triage was stored, or was not
    void load(const QString &id);
    void showCampaign(const CampaignRecord &record);
    void showEnd(const CampaignSummary &summary);

    const Session &m_session;
    Protocol m_protocol;
    QString m_next; ///< the campaign to show once the list has it
    QString m_shown;
    bool m_chosen = false; ///< a person chose a campaign
    bool m_opened = false; ///< the list was there once
    CampaignListPane *m_list;
    CheckPanel *m_panel;
    TriagePanel *m_triage;
    CampaignPage *m_page;
    StartPanel *m_start;
    ComparisonControl *m_comparison;
    SideColumns *m_columns;
};

} // namespace slipway
