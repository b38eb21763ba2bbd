// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/tokendialog.h"

#include "app/cloud/provider.h"
#include "models/core/whilealive.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace slipway {

TokenDialog::TokenDialog(Rentals &rentals, QWidget *parent)
    : QDialog(parent), m_rentals(rentals), m_state(makeLabel(nullptr, font(), Tone::Text)),
      m_address(new QLineEdit), m_use(new QPushButton(tr("Use address"))), m_secret(new QLineEdit),
      m_problem(makeLabel(nullptr, font(), Tone::Fail)) {
    setWindowTitle(tr("DigitalOcean token"));
    setMinimumWidth(600);
    m_state->setWordWrap(true);
    m_state->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_state->setMinimumHeight(3 * fontMetrics().lineSpacing()); // of the longest that it says
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_address->setObjectName(QStringLiteral("address"));
    m_address->setPlaceholderText(addressText(rentals.cloud().defaultAddress()));
    m_use->setAutoDefault(false);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setObjectName(QStringLiteral("secret"));
    m_secret->setPlaceholderText(tr("dop_v1_…, not shown"));
    auto *address = new QHBoxLayout;
    address->setSpacing(8);
    address->addWidget(m_address, 1);
    address->addWidget(m_use);
    auto *form = new QFormLayout;
    form->addRow(tr("Address"), address);
    form->addRow(tr("New token"), m_secret);
    m_address->setAccessibleName(tr("Address of the API"));
    m_secret->setAccessibleName(tr("New token"));
    auto *buttons = new QDialogButtonBox;
    m_keep = buttons->addButton(tr("Keep in keyring"), QDialogButtonBox::ActionRole);
    m_keep->setObjectName(QStringLiteral("primary"));
    m_forget = buttons->addButton(tr("Remove from keyring"), QDialogButtonBox::ActionRole);
    m_forget->setAutoDefault(false);
    m_keep->setDefault(true);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    connect(m_keep, &QPushButton::clicked, this, &TokenDialog::keep);
    connect(m_forget, &QPushButton::clicked, this, &TokenDialog::forget);
    connect(m_use, &QPushButton::clicked, this, &TokenDialog::useAddress);
    connect(m_address, &QLineEdit::returnPressed, this, &TokenDialog::useAddress);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_secret, &QLineEdit::textChanged, this, &TokenDialog::showActions);
    connect(m_address, &QLineEdit::textChanged, this, &TokenDialog::showActions);
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
    m_base.reset();
    showActions();
    m_rentals.token(whileAlive(this, [this](const Result<TokenView> &token) {
        if (token)
            show(*token);
        else
            m_state->setText(token.error().text); // another address helps
        showActions();
    }));
}

void TokenDialog::show(const TokenView &token) {
    m_base = token.address;
    m_address->setText(addressText(token.address.url));
    const bool fixed = token.address.from == CloudAddress::From::Environment;
    m_address->setReadOnly(fixed);
    m_address->setToolTip(fixed ? tr("DIGITALOCEAN_API_URL names it, which comes before what is kept here.")
                                : QString());
    m_state->setText(token.masked.isEmpty() ? token.problem
                     : !token.variable.isEmpty()
                         ? tr("%1 from %2 is used; it comes before the keyring. It is sent to %3.")
                               .arg(token.masked, token.variable, addressText(token.address.url))
                         : tr("%1 from the system keyring is used. It is sent to %2.")
                               .arg(token.masked, addressText(token.address.url)));
}

// A token is kept for the address that is used, not for one that is being typed.
void TokenDialog::showActions() {
    const bool asIs = m_base && m_address->text() == addressText(m_base->url);
    m_use->setEnabled(!asIs && !m_address->isReadOnly());
    m_keep->setEnabled(asIs && !m_secret->text().isEmpty());
    m_forget->setEnabled(asIs);
}

void TokenDialog::keep() {
    m_keep->setEnabled(false);
    m_rentals.keepToken(m_secret->text().toUtf8(), m_base->url,
                        whileAlive(this, [this](const Result<void> &kept) { took(kept); }));
    m_secret->clear();
}

void TokenDialog::forget() {
    m_rentals.forgetToken(m_base->url,
                          whileAlive(this, [this](const Result<void> &forgotten) { took(forgotten); }));
}

void TokenDialog::useAddress() {
    if (!m_use->isEnabled())
        return;
    m_rentals.rememberApi(m_address->text(), whileAlive(this, [this](const Result<void> &kept) {
                              m_problem->setText(kept ? QString() : kept.error().text);
                              if (!kept)
                                  return; // what was typed stays, to be put right
                              look();
                              Q_EMIT changed();
                          }));
}

void TokenDialog::took(const Result<void> &done) {
    m_problem->setText(done ? QString() : done.error().text);
    look();
    if (done)
        Q_EMIT changed();
}

} // namespace slipway
