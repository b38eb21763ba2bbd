// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/questions.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <utility>

namespace slipway {

namespace {

constexpr int kLookMs = 200;

} // namespace

Questions::Questions(QWidget &window) : QObject(&window) {
    // Cancel is what Enter and Esc do.
    m_choose = [this, &window](const QString &title, const QString &text, const QStringList &ways) {
        QMessageBox box(QMessageBox::NoIcon, title, text, QMessageBox::Cancel, &window);
        box.setTextFormat(Qt::PlainText);
        QList<QAbstractButton *> buttons;
        for (const QString &way : ways)
            buttons << box.addButton(way, QMessageBox::AcceptRole);
        box.setDefaultButton(QMessageBox::Cancel);
        exec(box);
        const qsizetype chosen = buttons.indexOf(box.clickedButton());
        return chosen < 0 ? std::nullopt : std::optional(static_cast<int>(chosen));
    };
    m_ask = [choose = m_choose](const QString &title, const QString &text, const QString &yes) {
        return choose(title, text, {yes}).has_value();
    };
    m_askSecret = [this, &window](const QString &title, const QString &text) -> std::optional<QByteArray> {
        QInputDialog dialog(&window);
        dialog.setWindowTitle(title);
        dialog.setLabelText(text);
        dialog.setTextEchoMode(QLineEdit::Password);
        return exec(dialog) == QDialog::Accepted ? std::optional(dialog.textValue().toUtf8()) : std::nullopt;
    };
}

Questions::~Questions() = default;

int Questions::exec(QDialog &dialog) const {
    QTimer look; // the connection that waits ends on another thread
    if (m_shown) {
        connect(&look, &QTimer::timeout, &dialog, [&dialog, question = m_shown] {
            if (!question->isOpen())
                dialog.reject();
        });
        look.start(kLookMs);
    }
    return dialog.exec();
}

void Questions::answer(std::shared_ptr<LoginPrompt> prompt) {
    m_logins = std::make_unique<LoginHandler>(
        std::move(prompt), [this](const std::shared_ptr<LoginQuestion> &question) { answerLogin(question); });
}

void Questions::answerLogin(const std::shared_ptr<LoginQuestion> &question) {
    m_shown = question;
    std::optional<QByteArray> answer;
    if (question->hostKey()) {
        if (askToPin(*question))
            answer = QByteArray();
    } else {
        const QString text =
            tr("%1 requires the key %2, which has a passphrase. The passphrase is not stored.");
        answer = m_askSecret(question->isAgain() ? tr("That was not the passphrase") : tr("Passphrase"),
                             text.arg(question->host(), question->keyFile()));
    }
    m_shown.reset();
    if (answer)
        question->accept(*std::move(answer));
    else
        question->refuse();
}

bool Questions::askToPin(const LoginQuestion &question) const {
    return m_ask(tr("Host key of %1").arg(question.host()),
                 tr("%1 is not known yet. It shows the %2 key\n\n%3\n\nCompare it with the host's own. "
                    "Pinned, every other key will be refused.")
                     .arg(question.host(), question.hostKey()->type, question.hostKey()->fingerprint),
                 tr("Pin this key"));
}

} // namespace slipway
