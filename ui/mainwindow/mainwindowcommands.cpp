// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do in the window, and what the window asks a person.
#include "ui/mainwindow/mainwindow.h"

#include "ui/campaign/campaignpage.h"
#include "ui/logview/logview.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/commandtable.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

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
    const QString log = tr("Log");
    const auto shift = [](Qt::Key key) { return QKeySequence(Qt::SHIFT | key); };
    m_commands->add(
        {campaign, tr("launch a campaign"), {QKeySequence(Qt::CTRL | Qt::Key_L)}, [this] { askLaunch(); }});
    m_commands->add({campaign, tr("stop the campaign"), {QKeySequence(Qt::CTRL | Qt::Key_Period)}, [this] {
                         askStop();
                     }});
    m_commands->add({campaign, tr("next campaign"), {Qt::Key_J}, [this] { m_list->move(1); }});
    m_commands->add({campaign, tr("previous campaign"), {Qt::Key_K}, [this] { m_list->move(-1); }});
    for (int phase = 1; phase <= 4; ++phase)
        m_commands->add(
            {campaign, tr("phase %1").arg(phase), {QKeySequence(Qt::Key_0 + phase)}, [this, phase] {
                 m_page->selectPhase(phase);
             }});
    m_commands->add(
        {campaign, tr("next failing cycle"), {Qt::Key_N}, [this] { m_page->selectFailingCycle(true); }});
    m_commands->add({campaign, tr("previous failing cycle"), {shift(Qt::Key_N)}, [this] {
                         m_page->selectFailingCycle(false);
                     }});
    m_commands->add({log, tr("next error"), {Qt::Key_E}, [this] { m_page->log().goToError(true); }});
    m_commands->add(
        {log, tr("previous error"), {shift(Qt::Key_E)}, [this] { m_page->log().goToError(false); }});
    m_commands->add({log, tr("follow the log"), {Qt::Key_F}, [this] {
                         m_page->log().setFollowing(!m_page->log().isFollowing());
                     }});
    m_commands->add({tr("Window"), tr("this list"), {Qt::Key_Question}, [this] { showHelp(); }});
}

void MainWindow::showHelp() {
    QMessageBox box(QMessageBox::NoIcon, tr("Keys"), m_commands->helpText(), QMessageBox::Ok, this);
    box.setTextFormat(Qt::PlainText);
    box.exec();
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
    connect(&m_services, &Services::hostKeyUnknown, this,
            [this](const QString &host, const QString &type, const QString &fingerprint) {
                const bool yes = m_ask(tr("Host key of %1").arg(host),
                                       tr("%1 is not known yet. It shows the %2 key\n\n%3\n\nCompare it with "
                                          "the host's own. Pinned, every other key will be refused.")
                                           .arg(host, type, fingerprint),
                                       tr("Pin this key"));
                m_services.answerHostKey(host, yes);
            });
    connect(&m_services, &Services::passphraseWanted, this,
            [this](const QString &host, const QString &file, bool again) {
                const QString text = tr("%1 wants the key %2, which needs a passphrase. It is not stored.");
                m_services.answerPassphrase(
                    host, m_askSecret(again ? tr("That was not the passphrase") : tr("Passphrase"),
                                      text.arg(host, file)));
            });
}

} // namespace slipway
