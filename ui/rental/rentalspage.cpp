// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentalspage.h"

#include "models/fleet/rentaltext.h"
#include "ui/common/flowlayout.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/rental/destroydialog.h"
#include "ui/rental/preparedialog.h"
#include "ui/rental/rentalworks.h"
#include "ui/rental/rentdialog.h"
#include "ui/rental/sweepdialog.h"
#include "ui/rental/tokendialog.h"

#include <QBoxLayout>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kTickMs = 1000;
constexpr int kTicksToAsk = 60;

} // namespace

RentalsPage::RentalsPage(Rentals &rentals, QWidget *parent)
    : QWidget(parent), m_rentals(rentals), m_works(new RentalWorks(rentals, this)), m_list(new QListWidget),
      m_panel(new RentalPanel), m_stack(new QStackedWidget), m_month(makeLabel(nullptr, font(), Tone::Muted)),
      m_problem(makeLabel(nullptr, font(), Tone::Fail)) {
    auto *empty = new QLabel(
        tr("No fleet is rented from here.\n\nRent a fleet of droplets at DigitalOcean, launch a campaign on "
           "it, and it is destroyed at the end.\nSweep finds orphans, whoever created them."));
    empty->setTextFormat(Qt::PlainText);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_panel);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *centre = new QWidget;
    auto *centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(16, 16, 16, 16);
    centreLayout->setSpacing(12);
    centreLayout->addWidget(makeTop());
    centreLayout->addWidget(m_problem);
    centreLayout->addWidget(m_stack, 1);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(makeSide());
    split->addWidget(centre);
    split->setStretchFactor(1, 1);
    split->setSizes({260, 1180});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);
    connect(m_panel, &RentalPanel::continueRequested, this, [this] {
        if (const KnownRental *known = find(currentRental()))
            m_works->goOnCreating(known->rental.spec);
    });
    connect(m_panel, &RentalPanel::prepareRequested, this, &RentalsPage::askPrepare);
    connect(m_panel, &RentalPanel::launchRequested, this,
            [this] { Q_EMIT launchRequested(currentRental()); });
    connect(m_panel, &RentalPanel::destroyRequested, this, &RentalsPage::askDestroy);
    connect(m_panel, &RentalPanel::resumeRequested, this,
            [this] { m_works->destroy(currentRental(), std::nullopt, {}); }); // its yes was given
    connect(m_panel, &RentalPanel::cancelRequested, this, [this] { m_rentals.cancel(currentRental()); });
    connect(m_works, &RentalWorks::problemOccurred, this, &RentalsPage::problemOccurred);
    connect(m_works, &RentalWorks::begun, this, &RentalsPage::showRental);
    connect(m_works, &RentalWorks::ended, this, [this] {
        showRental();
        refresh();
    });
    connect(m_works, &RentalWorks::progressed, this, [this](const QString &name) {
        const KnownRental *known = find(name);
        if (!m_works->isRunning(name) && known && !known->held)
            refresh();
        if (name == currentRental())
            m_panel->setWork(m_works->work(name));
    });
    connect(&m_rentals, &Rentals::changed, this, &RentalsPage::refresh);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (++m_ticks % kTicksToAsk == 0)
            refresh();
        showCosts();
    });
    m_reading = true;
    readJournals(); // without a token as long as nothing is rented
}

QWidget *RentalsPage::makeSide() {
    auto *side = new QWidget;
    side->setObjectName(QStringLiteral("sideLeft"));
    side->setAttribute(Qt::WA_StyledBackground);
    side->setMinimumWidth(200);
    m_list->setAccessibleName(tr("Rented fleets"));
    m_list->setObjectName(QStringLiteral("rentals"));
    setFocusProxy(m_list);
    m_list->setSpacing(2);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            m_wanted = item->data(Qt::UserRole).toString();
        showRental();
    });
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(8, 12, 9, 12);
    layout->addWidget(m_list, 1);
    return side;
}

QWidget *RentalsPage::makeTop() {
    auto *row = new QWidget;
    auto *layout = new FlowLayout(8, row);
    const auto add = [&](const QString &text, void (RentalsPage::*run)()) {
        auto *button = new QPushButton(text);
        connect(button, &QPushButton::clicked, this, run);
        layout->addWidget(button);
    };
    add(tr("Rent a fleet…"), &RentalsPage::askRent);
    add(tr("Sweep…"), &RentalsPage::askSweep);
    add(tr("Token…"), &RentalsPage::askToken);
    layout->addWidget(m_month);
    return row;
}

void RentalsPage::askRent() {
    QStringList taken;
    for (const KnownRental &known : std::as_const(m_known)) {
        if (known.rental.state != Rental::State::Ended)
            taken << known.rental.spec.name;
    }
    auto *dialog = new RentDialog(m_rentals, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RentDialog::wanted, this, [this](const RentalSpec &spec, const RentalOptions &options) {
        m_wanted = spec.name;
        m_works->create(spec, options);
    });
    dialog->open();
}

void RentalsPage::askPrepare() {
    const KnownRental *known = find(currentRental());
    if (!known || known->rental.state != Rental::State::Ready || m_works->isRunning(currentRental()))
        return;
    auto *dialog = new PrepareDialog(known->rental, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PrepareDialog::wanted, this,
            [this, name = known->rental.spec.name](const Preparation &preparation) {
                m_works->prepare(name, preparation);
            });
    dialog->open();
}

void RentalsPage::askDestroy() {
    const QString name = currentRental();
    const KnownRental *known = find(name);
    if (!known || known->rental.state == Rental::State::Ended || m_works->isRunning(name))
        return;
    auto *dialog = new DestroyDialog(m_rentals, name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DestroyDialog::wanted, this,
            [this, name](const QList<qint64> &shown, const QString &abandoned) {
                m_works->destroy(name, shown, abandoned);
            });
    dialog->open();
}

void RentalsPage::askSweep() {
    auto *dialog = new SweepDialog(m_rentals, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SweepDialog::swept, this, &RentalsPage::refresh);
    dialog->open();
}

void RentalsPage::askToken() {
    auto *dialog = new TokenDialog(m_rentals, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TokenDialog::changed, this, &RentalsPage::refresh);
    dialog->open();
}

void RentalsPage::refresh() {
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    if (!isVisible()) { // the account's month is nothing that a page in the dark needs
        readJournals();
        return;
    }
    m_rentals.cost([self = QPointer<RentalsPage>(this)](const Result<CostView> &view) {
        if (!self)
            return;
        if (!view) { // the fleets are known all the same
            self->m_month->clear();
            self->m_problem->setText(view.error().text);
            self->m_problem->setVisible(view.error().code != ErrorCode::Cancelled);
            self->readJournals();
            return;
        }
        self->m_problem->hide();
        self->m_month->setText(
            view->balance ? tr("The account's month as of %1: %2")
                                .arg(view->balance->generatedAt.toString(QStringLiteral("yyyy-MM-dd HH:mm")),
                                     view->balance->monthToDate.text())
                          : tr("The account's month is not known"));
        self->m_month->setToolTip(view->balanceProblem.toHtmlEscaped());
        self->take(view->known);
    });
}

void RentalsPage::readJournals() {
    m_rentals.list([self = QPointer<RentalsPage>(this)](const Result<KnownRentals> &known) {
        if (!self)
            return;
        if (known) {
            self->take(*known);
            return;
        }
        self->m_reading = false;
        Q_EMIT self->problemOccurred(known.error().text);
    });
}

void RentalsPage::take(const KnownRentals &known) {
    m_reading = false;
    m_known = known.rentals;
    std::stable_sort(m_known.begin(), m_known.end(), [](const KnownRental &a, const KnownRental &b) {
        const auto ended = [](const KnownRental &one) { return one.rental.state == Rental::State::Ended; };
        return std::pair(ended(a), b.rental.begunAt) < std::pair(ended(b), a.rental.begunAt);
    });
    if (known.now.isValid() || !known.nowProblem.isEmpty()) {
        m_now = known.now;
        m_since.start();
    }
    showList();
    if (std::exchange(m_again, false))
        refresh();
}

QDateTime RentalsPage::now() const {
    return m_now.isValid() ? m_now.addMSecs(m_since.elapsed()) : QDateTime();
}

const KnownRental *RentalsPage::find(const QString &name) const {
    const auto it = std::find_if(m_known.begin(), m_known.end(),
                                 [&](const KnownRental &known) { return known.rental.spec.name == name; });
    return it == m_known.end() ? nullptr : &*it;
}

QString RentalsPage::currentRental() const {
    const QListWidgetItem *item = m_list->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void RentalsPage::select(const QString &name) {
    m_wanted = name;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == name)
            m_list->setCurrentRow(row);
    }
}

// Begun, not at an end, and nobody is at it.
bool RentalsPage::isCutOff(const KnownRental &known) const {
    const Rental::State state = known.rental.state;
    return (state == Rental::State::Creating || state == Rental::State::Destroying) && !known.held &&
           !m_works->isRunning(known.rental.spec.name);
}

QString RentalsPage::itemText(const KnownRental &known) const {
    const Rental &rental = known.rental;
    const bool running = m_works->isRunning(rental.spec.name);
    return QStringLiteral("%1\n%2  ·  %3")
        .arg(rental.spec.name, rentalStateText(rental.state, known.held || running),
             costText(rental.cost(now())));
}

void RentalsPage::showList() {
    const QString wanted = m_wanted;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const KnownRental &known : std::as_const(m_known)) {
            auto *item = new QListWidgetItem(itemText(known), m_list);
            item->setData(Qt::UserRole, known.rental.spec.name);
            item->setSizeHint({0, 44});
            if (known.rental.state == Rental::State::Ended)
                item->setForeground(theme().muted);
            if (known.rental.spec.name == wanted || m_list->count() == 1)
                m_list->setCurrentItem(item);
        }
    }
    showRental();
    showCosts();
}

void RentalsPage::showRental() {
    const KnownRental *known = find(currentRental());
    m_stack->setCurrentIndex(known ? 1 : 0);
    if (!known)
        return;
    m_panel->setWork(m_works->work(known->rental.spec.name));
    m_panel->setRental(*known, now());
}

void RentalsPage::showCosts() {
    Money perHour;
    int count = 0;
    int cutOff = 0;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const KnownRental *known = find(item->data(Qt::UserRole).toString());
        if (!known)
            continue;
        item->setText(itemText(*known));
        if (known->rental.state != Rental::State::Ended) {
            ++count;
            cutOff += isCutOff(*known) ? 1 : 0;
            perHour += known->rental.perHour();
        }
    }
    if (find(currentRental()))
        m_panel->setNow(now());
    QString standing = count == 0   ? QString()
                       : count == 1 ? tr("1 fleet rented: %1 an hour").arg(perHour.text())
                                    : tr("%1 fleets rented: %2 an hour").arg(count).arg(perHour.text());
    if (cutOff > 0)
        standing += tr(", %1 cut off").arg(cutOff);
    Q_EMIT standingChanged(standing);
}

void RentalsPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_tick.start();
    refresh();
}

void RentalsPage::hideEvent(QHideEvent *event) {
    QWidget::hideEvent(event);
    m_tick.stop();
}

} // namespace slipway
