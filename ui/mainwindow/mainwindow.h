// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchchoice.h"
#include "models/campaign/campaignentry.h"
#include "ui/launch/launchdialog.h"

#include <QMainWindow>

#include <optional>

class QLabel;
class QScrollArea;
class QSplitter;
class QStackedWidget;

namespace slipway {

class CampaignListPane;
class CampaignPage;
class CheckPanel;
class CommandTable;
class HelpSheet;
class Palette;
class RentalsPage;
class Session;
class StatusLine;
class TrendsPage;
class TriagePanel;
class WindowBar;

/// The window: a bar with the pages, one page, hosts below. The page of campaigns has them on the left, one
/// in the middle, its failing check on the right. Wires a session to the pages and holds no data of its own
/// but the selection.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(const Session &session, Protocol protocol, Protocol fieldProtocol, QWidget *parent = nullptr);

    /// Launches as the dialog would; problems are shown in the window.
    void launch(const LaunchChoice &choice); ///< offers to take over what nobody leads
    /// Takes up the campaign that was running when the last process died, if there is one.
    void resumeInterrupted();
    void select(const QString &id);

    /// Asks before host keys are pinned and campaigns stopped; tests answer for a person.
    using Ask = std::function<bool(const QString &title, const QString &text, const QString &yes)>;
    void setAsk(Ask ask) { m_ask = std::move(ask); }
    /// Asks for a passphrase; nothing when the person cancels.
    using AskSecret = std::function<std::optional<QByteArray>(const QString &title, const QString &text)>;
    void setAskSecret(AskSecret ask) { m_askSecret = std::move(ask); }

Q_SIGNALS:
    /// For who looks elsewhere.
    void campaignEnded(const QString &title, const QString &text);
    void systemThemeChanged();

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeCampaigns();
    void addPage(const QString &title, QWidget *page);
    void showPage(int index);
    void foldPanel(); ///< there is no room for it, or nothing to show in it
    void addCommands();
    void addLogCommands();
    void addRentalCommands();
    RentalsPage &showRented();
    void wire();
    void wireQuestions();
    template <typename Asking>
    void wireQuestions(Asking &asking);
    void wireTriage();
    void wirePalette();
    void showStanding();
    void showProgress();
    void compareWithGreen();
    void copyIssue();
    void chooseClass(FailureClass failureClass);
    void changed(const Result<void> &stored); ///< a triage was stored, or was not
    void refreshList();
    void load(const QString &id);
    void showCampaign(const CampaignRecord &record);
    void tellEnd(const CampaignSummary &summary);
    void askLaunch(const QString &fleet = {}); ///< empty: the usual one
    void refuseLaunch(const Error &error);
    void resumeCutOff();
    void askStop();
    void askExport();
    void wireNarrative();
    void saveNarrative(const QString &id, const QByteArray &base, const QByteArray &entry);
    void undo(); ///< what is looked at: a narrative, or a triage
    [[nodiscard]] bool mayLoseDrafts();

    const Session &m_session;
    Protocol m_protocol;
    Protocol m_fieldProtocol;
    Ask m_ask;
    AskSecret m_askSecret;
    QString m_wanted; ///< the campaign to select once the list has it
    QString m_shown;
    bool m_chosen = false; ///< a person chose a campaign
    bool m_opened = false; ///< the list was there once
    CommandTable *m_commands;
    WindowBar *m_bar;
    QStackedWidget *m_pages;
    CampaignListPane *m_list;
    CheckPanel *m_panel;
    TriagePanel *m_triage;
    QScrollArea *m_panelArea;
    CampaignPage *m_page;
    TrendsPage *m_trends;
    RentalsPage *m_rented;
    Palette *m_palette;
    HelpSheet *m_help;
    QSplitter *m_split;
    QLabel *m_empty;
    StatusLine *m_status;
};

} // namespace slipway
