// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchchoice.h"
#include "models/protocol/protocol.h"
#include "ui/mainwindow/windowmemory.h"

#include <QMainWindow>
#include <QPointer>

class QStackedWidget;

namespace slipway {

class CampaignsPage;
class CloseQuestion;
class CommandTable;
class FleetsPage;
class GuideDialog;
class HelpSheet;
class ImportControl;
class LaunchControl;
class Notice;
class Palette;
class Questions;
class RentalsPage;
class Session;
class StatusLine;
class TrendsPage;
class WindowBar;
class WindowMenus;

/// The window: menus and a bar with the pages, one page, hosts below. Makes the pages and what works on all
/// of them, and connects them; holds no data of its own.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(const Session &session, Protocol protocol, Protocol fieldProtocol, QWidget *parent = nullptr);

    /// Launches as the dialog would; problems are shown in the window.
    void launch(const LaunchChoice &choice);
    /// Resumes the campaign that was running when the last process died, if there is one.
    void resumeInterrupted();
    void select(const QString &id);
    /// Shows the campaign, and the window before others, as far as the desktop lets it.
    void comeForward(const QString &id);
    /// Closes without asking about what runs: it goes on, on its hosts. For the end of a session.
    void endSession();

    [[nodiscard]] Questions &questions() const { return *m_questions; } ///< tests answer for a person

Q_SIGNALS:
    /// For who looks elsewhere.
    void campaignEnded(const QString &title, const QString &text);
    void alarmOpened(const QString &title, const QString &text); ///< of a series; likewise
    void systemThemeChanged();
    void themeChosen(const QString &choice); ///< "light", "dark", or empty for the system's

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void addPage(const QString &title, QWidget *page);
    void showPage(QWidget *page);
    void focusPage(QWidget *page);
    void wirePages();
    void wireControls();
    void addCommands();
    void addViewCommands();
    void addRentalCommands();
    void showGuide();                          ///< at the topic of the page
    void askLaunch(const QString &fleet = {}); ///< empty: the usual one
    void askExport();

    const Session &m_session;
    Questions *m_questions;
    CommandTable *m_commands;
    WindowBar *m_bar;
    QStackedWidget *m_pages;
    CampaignsPage *m_campaigns;
    TrendsPage *m_trends;
    FleetsPage *m_fleets;
    RentalsPage *m_rented;
    StatusLine *m_status;
    Notice *m_notice;
    LaunchControl *m_launch;
    ImportControl *m_import;
    Palette *m_palette;
    HelpSheet *m_help;
    GuideDialog *m_guide;
    WindowMemory m_memory;
    CloseQuestion *m_close;
    WindowMenus *m_menus = nullptr;
    QMap<QWidget *, QPointer<QWidget>> m_focus; ///< by page: what had the focus last
};

} // namespace slipway
