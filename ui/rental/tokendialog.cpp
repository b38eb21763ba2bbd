// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/tokendialog.h"

#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

namespace slipway {

TokenDialog::TokenDialog(Rentals &rentals, QWidget *parent)
    : QDialog(parent), m_rentals(rentals), m_state(makeLabel(nullptr, font(), Tone::Text)),
      m_secret(new QLineEdit), m_problem(makeLabel(nullptr, font(), Tone::Fail)) {
    setWindowTitle(tr("DigitalOcean token"));
    setMinimumWidth(560);
    m_state->setWordWrap(true);
    m_state->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_state->setMinimumHeight(3 * fontMetrics().lineSpacing()); // of the longest that it says
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setObjectName(QStringLiteral("secret"));
    m_secret->setAccessibleName(tr("New token"));
    m_secret->setPlaceholderText(tr("dop_v1_…, not shown"));
    auto *form = new QFormLayout;
    form->addRow(tr("New token"), m_secret);
    auto *buttons = new QDialogButtonBox;
    m_keep = buttons->addButton(tr("Keep in keyring"), QDialogButtonBox::ActionRole);
    m_keep->setObjectName(QStringLiteral("primary"));
    m_forget = buttons->addButton(tr("Remove from keyring"), QDialogButtonBox::ActionRole);
    m_forget->setAutoDefault(false);
    m_keep->setDefault(true);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    connect(m_keep, &QPushButton::clicked, this, &TokenDialog::keep);
    connect(m_forget, &QPushButton::clicked, this, &TokenDialog::forget);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_secret, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_keep->setEnabled(!text.isEmpty()); });
    m_keep->setEnabled(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_state);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    m_secret->setFocus();
    look();
}

void TokenDialog::look() {
    m_state->setText(tr("Asking the system keyring …"));
    m_rentals.token([self = QPointer<TokenDialog>(this)](const Result<TokenView> &token) {
        if (!self)
            return;
        if (!token) {
            self->m_state->setText(token.error().text);
            return;
        }
        self->m_state->setText(
            token->masked.isEmpty() ? token->problem
            : token->fromEnvironment
                ? tr("%1 from DIGITALOCEAN_TOKEN is used; it comes before the keyring. It is sent to %2.")
                      .arg(token->masked, token->base)
                : tr("%1 from the system keyring is used. It is sent to %2.")
                      .arg(token->masked, token->base));
    });
}

void TokenDialog::keep() {
    m_keep->setEnabled(false);
    m_rentals.keepToken(m_secret->text().toUtf8(),
                        [self = QPointer<TokenDialog>(this)](const Result<void> &kept) {
                            if (self)
                                self->took(kept);
                        });
    m_secret->clear();
}

void TokenDialog::forget() {
    m_rentals.forgetToken([self = QPointer<TokenDialog>(this)](const Result<void> &forgotten) {
        if (self)
            self->took(forgotten);
    });
}

void TokenDialog::took(const Result<void> &done) {
    m_problem->setText(done ? QString() : done.error().text);
    look();
    if (done)
        Q_EMIT changed();
}

} // namespace slipway
