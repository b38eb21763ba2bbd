// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do in the window, and what the window asks a person.
#include "app/session/hostquestions.h"
#include "app/session/inventory.h"
#include "app/session/session.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/difftab.h"
#include "ui/insight/narrativetab.h"
#include "ui/logview/logbar.h"
#include "ui/logview/logpane.h"
#include "ui/logview/logview.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/windowbar.h"
#include "ui/palette/commandtable.h"
#include "ui/palette/helpsheet.h"
#include "ui/palette/palette.h"
#include "ui/rental/rentalspage.h"
#include "ui/triage/triagepanel.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>

namespace slipway {

namespace {

bool askPerson(QWidget *parent, const QString &title, const QString &text, const QString &yes) {
    QMessageBox box(QMessageBox::NoIcon, title, text, QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    const QPushButton *accept = box.addButton(yes, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == accept;
}

} // namespace

void MainWindow::addCommands() {
    const QString campaign = tr("Campaign");
    const QString evidence = tr("Evidence");
    const QString triage = tr("Triage");
    const QString log = tr("Log");
    const QString window = tr("Window");
    const auto shift = [](Qt::Key key) { return QKeySequence(Qt::SHIFT | key); };
    const auto ctrl = [](Qt::Key key) { return QKeySequence(Qt::CTRL | key); };
    const auto add = [this](const QString &section, const QString &text, const QList<QKeySequence> &keys,
                            const std::function<void()> &run) {
        m_commands->add({section, text, keys, run});
    };
    add(campaign, tr("launch"), {ctrl(Qt::Key_L)}, [this] { askLaunch(); });
    add(campaign, tr("stop"), {ctrl(Qt::Key_Period)}, [this] { askStop(); });
    add(campaign, tr("resume what was cut off"), {}, [this] { resumeCutOff(); });
    add(campaign, tr("export to the Pages repo"), {ctrl(Qt::Key_E)}, [this] { askExport(); });
    NarrativeTab &narrative = m_page->narrative();
    add(campaign, tr("write about it"), {Qt::Key_R}, [this, &narrative] { m_page->showTab(narrative); });
    add(campaign, tr("save what is written"), {ctrl(Qt::Key_S)}, [&narrative] { narrative.save(); });
    add(campaign, tr("redo what is written"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)},
        [&narrative] { narrative.redo(); });
    add(campaign, tr("next"), {Qt::Key_J}, [this] { m_list->move(1); });
    add(campaign, tr("previous"), {Qt::Key_K}, [this] { m_list->move(-1); });
    add(campaign, tr("filter the list"), {ctrl(Qt::Key_F)}, [this] { m_list->focusFilter(); });
    for (int phase = 1; phase <= 4; ++phase)
        add(evidence, tr("phase %1").arg(phase), {QKeySequence(Qt::Key_0 + phase)},
            [this, phase] { m_page->selectPhase(phase); });
    add(evidence, tr("next failing cycle"), {Qt::Key_N}, [this] { m_page->selectFailing(true); });
    add(evidence, tr("previous failing cycle"), {shift(Qt::Key_N)}, [this] { m_page->selectFailing(false); });
    add(evidence, tr("diff with the last pass"), {Qt::Key_D}, [this] { m_page->showTab(m_page->diff()); });
    add(triage, tr("product's fault"), {Qt::Key_P}, [this] { chooseClass(FailureClass::Product); });
    add(triage, tr("harness's fault"), {Qt::Key_H}, [this] { chooseClass(FailureClass::Harness); });
    add(triage, tr("infrastructure's fault"), {Qt::Key_I},
        [this] { chooseClass(FailureClass::Infrastructure); });
    add(triage, tr("undo"), {ctrl(Qt::Key_Z)}, [this] { undo(); });
    add(triage, tr("copy an issue's text"), {ctrl(Qt::Key_Return), ctrl(Qt::Key_Enter)},
        [this] { copyIssue(); });
    add(log, tr("next error"), {Qt::Key_E}, [this] { m_page->logPane().nextError(true); });
    add(log, tr("previous error"), {shift(Qt::Key_E)}, [this] { m_page->logPane().nextError(false); });
    add(log, tr("follow"), {Qt::Key_F}, [this] { m_page->log().setFollowing(!m_page->log().isFollowing()); });
    addLogCommands();
    addRentalCommands();
    add(window, tr("search or run a command"), {ctrl(Qt::Key_K)}, [this] { m_palette->ask(); });
    for (int page = 0; page < m_pages->count(); ++page)
        add(window, m_bar->pageTitle(page), {QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + page))},
            [this, page] { showPage(page); });
    add(window, tr("these keys"), {Qt::Key_Question}, [this] { m_help->toggle(); });
}

void MainWindow::addLogCommands() {
    const QString log = tr("Log");
    const auto add = [&](const QString &text, const QKeySequence &keys, auto run) {
        m_commands->add({log, text, {keys}, run});
    };
    LogPane &pane = m_page->logPane();
    add(tr("filter"), Qt::Key_Slash, [&pane] { pane.bar().focusPattern(true); });
    add(tr("find"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
        [&pane] { pane.bar().focusPattern(false); });
    add(tr("next match"), Qt::Key_F3, [&pane] { pane.nextMatch(true); });
    add(tr("previous match"), QKeySequence(Qt::SHIFT | Qt::Key_F3), [&pane] { pane.nextMatch(false); });
    add(tr("wrap long lines"), Qt::Key_W, [&pane] { pane.bar().toggleWrap(); });
    add(tr("go to a line, byte or time"), QKeySequence(Qt::CTRL | Qt::Key_G),
        [&pane] { pane.bar().askPlace(); });
    add(tr("all hosts, by time"), Qt::Key_A, [&pane] { pane.showMerged(); });
    add(tr("highlight the pattern"), QKeySequence(Qt::CTRL | Qt::Key_H),
        [&pane] { pane.highlightPattern(); });
}

RentalsPage &MainWindow::showRented() {
    showPage(m_pages->indexOf(m_rented));
    return *m_rented;
}

void MainWindow::addRentalCommands() {
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys,
                            const std::function<void()> &run) {
        m_commands->add({tr("Rented"), text, keys, run});
    };
    add(tr("rent a fleet"), {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] { showRented().askRent(); });
    add(tr("prepare the fleet"), {}, [this] { showRented().askPrepare(); });
    add(tr("destroy the fleet"), {}, [this] { showRented().askDestroy(); });
    add(tr("sweep what was forgotten"), {}, [this] { showRented().askSweep(); });
    add(tr("token"), {}, [this] { showRented().askToken(); });
}

void MainWindow::wireQuestions() {
    m_ask = [this](const QString &title, const QString &text, const QString &yes) {
        return askPerson(this, title, text, yes);
    };
    m_askSecret = [this](const QString &title, const QString &text) -> std::optional<QByteArray> {
        bool given = false;
        const QString answer = QInputDialog::getText(this, title, text, QLineEdit::Password, {}, &given);
        return given ? std::optional(answer.toUtf8()) : std::nullopt;
    };
    wireQuestions(m_session.questions());
    wireQuestions(m_session.inventory());
}

// The same questions come from a campaign and from a test of a fleet's hosts.
template <typename Asking>
void MainWindow::wireQuestions(Asking &asking) {
    connect(&asking, &Asking::hostKeyUnknown, this,
            [this, &asking](const QString &host, const QString &type, const QString &fingerprint) {
                const bool yes = m_ask(tr("Host key of %1").arg(host),
                                       tr("%1 is not known yet. It shows the %2 key\n\n%3\n\nCompare it with "
                                          "the host's own. Pinned, every other key will be refused.")
                                           .arg(host, type, fingerprint),
                                       tr("Pin this key"));
                asking.answerHostKey(host, yes);
            });
    connect(&asking, &Asking::passphraseRequested, this,
            [this, &asking](const QString &host, const QString &file, bool again) {
                const QString text =
                    tr("%1 requires the key %2, which has a passphrase. The passphrase is not stored.");
                asking.answerPassphrase(
                    host, m_askSecret(again ? tr("That was not the passphrase") : tr("Passphrase"),
                                      text.arg(host, file)));
            });
}

} // namespace slipway
