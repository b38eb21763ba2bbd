// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/questions.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

namespace slipway {

namespace {

// Cancel is what Enter and Esc do.
std::optional<int> askPerson(QWidget *parent, const QString &title, const QString &text,
                             const QStringList &ways) {
    QMessageBox box(QMessageBox::NoIcon, title, text, QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    QList<QAbstractButton *> buttons;
    for (const QString &way : ways)
        buttons << box.addButton(way, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    const qsizetype chosen = buttons.indexOf(box.clickedButton());
    return chosen < 0 ? std::nullopt : std::optional(static_cast<int>(chosen));
}

} // namespace

Questions::Questions(QWidget &window) : QObject(&window) {
    m_choose = [&window](const QString &title, const QString &text, const QStringList &ways) {
        return askPerson(&window, title, text, ways);
    };
    m_ask = [&window](const QString &title, const QString &text, const QString &yes) {
        return askPerson(&window, title, text, {yes}).has_value();
    };
    m_askSecret = [&window](const QString &title, const QString &text) -> std::optional<QByteArray> {
        bool given = false;
        const QString answer = QInputDialog::getText(&window, title, text, QLineEdit::Password, {}, &given);
        return given ? std::optional(answer.toUtf8()) : std::nullopt;
    };
}

} // namespace slipway
