// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentdialog.h"

#include "models/core/whilealive.h"
#include "ui/common/plaintable.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/rental/rentform.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QScreen>

namespace slipway {

RentDialog::RentDialog(Rentals &rentals, QStringList takenNames, QWidget *parent)
    : QDialog(parent), m_rentals(rentals), m_taken(std::move(takenNames)), m_form(new RentForm),
      m_checks(makePlainTree({tr("Preflight"), tr("Found")}, tr("Preflight"))),
      m_price(makeLabel(nullptr, strongFont(), Tone::Text)),
      m_problem(makeLabel(nullptr, font(), Tone::Fail)), m_preflight(new QPushButton(tr("Check"))) {
    setWindowTitle(tr("Rent a fleet"));
    resize(QSize(1080, 640).boundedTo(screen()->availableSize() - QSize(40, 40)));
    m_checks->setWordWrap(true);
    m_checks->setColumnWidth(0, 160);
    auto *note = makeLabel(nullptr, font(), Tone::Muted);
    note->setText(tr("After the time expected the droplets power themselves off. That does not stop their "
                     "cost: only Destroy does."));
    for (QLabel *label : {m_price, m_problem, note})
        label->setWordWrap(true);
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
    auto *columns = new QHBoxLayout;
    columns->setSpacing(16);
    columns->addWidget(m_form, 5);
    columns->addWidget(makePane(m_checks), 6);
    auto *buttons = new QDialogButtonBox;
    m_rent = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_rent->setObjectName(QStringLiteral("primary"));
    m_preflight->setObjectName(QStringLiteral("preflight"));
    buttons->addButton(m_preflight, QDialogButtonBox::ActionRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(m_preflight, &QPushButton::clicked, this, &RentDialog::preflight);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addLayout(columns, 1);
    layout->addWidget(m_price);
    layout->addWidget(note);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(m_form, &RentForm::changed, this, &RentDialog::check);
    m_form->setFocus();
    check();
    m_rentals.offers(whileAlive(this, [this](const Result<Offers> &offers) { takeOffers(offers); }));
}

void RentDialog::takeOffers(const Result<Offers> &offers) {
    if (offers) {
        m_form->setOffers(*offers);
        return;
    }
    m_offersProblem = offers.error().text;
    check();
}

void RentDialog::check() {
    ++m_asked;
    m_passed = false;
    m_checks->clear();
    auto *item = new QTreeWidgetItem(m_checks, {tr("Check asks whether just this can be rented.")});
    item->setFirstColumnSpanned(true);
    item->setForeground(0, theme().muted);
    const QString price = m_form->priceText();
    m_price->setText(!price.isEmpty()            ? price
                     : m_offersProblem.isEmpty() ? tr("Reading prices …")
                                                 : tr("Prices are not known."));
    QString wrong = m_form->problem(m_taken);
    const bool legal = wrong.isEmpty();
    if (legal || m_form->spec().name.isEmpty()) // a name is not missed before it was typed
        wrong = m_offersProblem;
    m_problem->setText(wrong);
    m_preflight->setEnabled(legal);
    m_preflight->setText(tr("Check"));
    m_rent->setText(tr("Rent %1 droplets").arg(m_form->spec().members.size()));
    m_rent->setEnabled(false);
}

void RentDialog::preflight() {
    RentalSpec spec = m_form->spec();
    m_preflight->setEnabled(false);
    m_preflight->setText(tr("Checking …"));
    m_rentals.preflight(spec, whileAlive(this, [this, number = ++m_asked](const Result<Preflight> &report) {
                            if (m_asked == number)
                                showReport(report);
                        }));
}

void RentDialog::showReport(const Result<Preflight> &report) {
    m_preflight->setEnabled(true);
    m_preflight->setText(tr("Check again"));
    m_checks->clear();
    if (!report) {
        m_problem->setText(report.error().text);
        return;
    }
    const bool addsKey = m_form->options().addKey;
    bool passed = true;
    for (const PreflightCheck &check : report->checks) {
        const bool added = !check.ok && addsKey && check.name == QLatin1String("SSH key");
        passed = passed && (check.ok || added);
        auto *item = new QTreeWidgetItem(
            m_checks, {(check.ok || added ? QStringLiteral("✓  ") : QStringLiteral("✗  ")) + check.name,
                       added                  ? tr("will be added to the account")
                       : check.text.isEmpty() ? tr("allowed")
                                              : check.text});
        item->setToolTip(1, item->text(1).toHtmlEscaped());
        if (!check.ok && !added) {
            item->setForeground(0, theme().fail);
            item->setForeground(1, theme().fail);
            m_checks->scrollToItem(item);
        }
    }
    m_passed = passed;
    m_rent->setEnabled(passed);
    m_problem->setText(passed ? QString() : tr("This cannot be rented; see the marked fields."));
    if (passed)
        m_rent->setFocus();
}

void RentDialog::accept() {
    if (!m_passed)
        return;
    m_passed = false; // said once
    m_form->remember();
    Q_EMIT requested(m_form->spec(), m_form->options());
    QDialog::accept();
}

} // namespace slipway
