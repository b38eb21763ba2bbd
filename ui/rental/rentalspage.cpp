// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentalspage.h"

#include "models/fleet/rentaltext.h"
#include "ui/common/flowlayout.h"
#include "ui/common/namedlist.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/rental/destroydialog.h"
#include "ui/rental/orphansdialog.h"
#include "ui/rental/preparedialog.h"
#include "ui/rental/rentalreader.h"
#include "ui/rental/rentalworks.h"
#include "ui/rental/rentdialog.h"
#include "ui/rental/tokendialog.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

namespace slipway {

namespace {

constexpr int kTickMs = 1000;
constexpr int kTicksToAsk = 60;

} // namespace

RentalsPage::RentalsPage(Rentals &rentals, QWidget *parent)
    : QWidget(parent), m_rentals(rentals), m_works(new RentalWorks(rentals, this)),
      m_reader(new RentalReader(rentals, this)), m_list(new NamedList(tr("Rented fleets"), 44)),
      m_panel(new RentalPanel), m_stack(new QStackedWidget), m_month(makeLabel(nullptr, font(), Tone::Muted)),
      m_problem(makeLabel(nullptr, font(), Tone::Fail)) {
    auto *empty = new QLabel(
        tr("No fleet is rented from here.\n\nRent a fleet of droplets at DigitalOcean, launch a campaign on "
           "it, and it is destroyed at the end.\nCleaning up orphans finds them, whoever created them."));
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
        if (const KnownRental *known = m_reader->find(currentRental()))
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
        const KnownRental *known = m_reader->find(name);
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
    connect(m_reader, &RentalReader::changed, this, &RentalsPage::showList);
    connect(m_reader, &RentalReader::readRequested, this, &RentalsPage::refresh);
    connect(m_reader, &RentalReader::accountRead, this, &RentalsPage::showAccount);
    connect(m_reader, &RentalReader::failed, this,
            [this](const Error &error) { Q_EMIT problemOccurred(error.text); });
    m_reader->read(false); // without a token as long as nothing is rented
}

QWidget *RentalsPage::makeSide() {
    auto *side = new QWidget;
    side->setObjectName(QStringLiteral("sideLeft"));
    side->setAttribute(Qt::WA_StyledBackground);
    side->setMinimumWidth(200);
    m_list->setObjectName(QStringLiteral("rentals"));
    setFocusProxy(m_list);
    connect(m_list, &NamedList::currentNameChanged, this, &RentalsPage::showRental);
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
    add(tr("Clean up orphans…"), &RentalsPage::askOrphans);
    add(tr("Token…"), &RentalsPage::askToken);
    layout->addWidget(m_month);
    return row;
}

void RentalsPage::askRent() {
    QStringList taken;
    for (const KnownRental &known : m_reader->rentals()) {
        if (known.rental.state != Rental::State::Ended)
            taken << known.rental.spec.name;
    }
    auto *dialog = new RentDialog(m_rentals, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RentDialog::requested, this,
            [this](const RentalSpec &spec, const RentalOptions &options) {
                m_list->request(spec.name);
                m_works->create(spec, options);
            });
    dialog->open();
}

void RentalsPage::askPrepare() {
    const KnownRental *known = m_reader->find(currentRental());
    if (!known || known->rental.state != Rental::State::Ready || m_works->isRunning(currentRental()))
        return;
    auto *dialog = new PrepareDialog(known->rental, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PrepareDialog::requested, this,
            [this, name = known->rental.spec.name](const Preparation &preparation) {
                m_works->prepare(name, preparation);
            });
    dialog->open();
}

void RentalsPage::askDestroy() {
    const QString name = currentRental();
    const KnownRental *known = m_reader->find(name);
    if (!known || known->rental.state == Rental::State::Ended || m_works->isRunning(name))
        return;
    auto *dialog = new DestroyDialog(m_rentals, name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DestroyDialog::requested, this,
            [this, name](const QList<qint64> &shown, const QString &abandoned) {
                m_works->destroy(name, shown, abandoned);
            });
    dialog->open();
}

void RentalsPage::askOrphans() {
    auto *dialog = new OrphansDialog(m_rentals, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OrphansDialog::orphansDestroyed, this, &RentalsPage::refresh);
    dialog->open();
}

void RentalsPage::askToken() {
    auto *dialog = new TokenDialog(m_rentals, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TokenDialog::changed, this, &RentalsPage::refresh);
    dialog->open();
}

void RentalsPage::refresh() {
    m_reader->read(isVisible()); // the account's month is nothing that a page in the dark needs
}

void RentalsPage::showAccount(const Result<CostView> &view) {
    if (!view) {
        m_month->clear();
        m_problem->setText(view.error().text);
        m_problem->setVisible(view.error().code != ErrorCode::Cancelled);
        return;
    }
    m_problem->hide();
    m_month->setText(view->balance
                         ? tr("The account's month as of %1: %2")
                               .arg(view->balance->generatedAt.toString(QStringLiteral("yyyy-MM-dd HH:mm")),
                                    view->balance->monthToDate.text())
                         : tr("The account's month is not known"));
    m_month->setToolTip(view->balanceProblem.toHtmlEscaped());
}

QString RentalsPage::currentRental() const {
    return m_list->currentName();
}

void RentalsPage::select(const QString &name) {
    m_list->select(name);
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
             costText(rental.cost(m_reader->now())));
}

void RentalsPage::showList() {
    QList<NamedList::Entry> entries;
    for (const KnownRental &known : m_reader->rentals())
        entries << NamedList::Entry{known.rental.spec.name,
                                    itemText(known),
                                    known.rental.state == Rental::State::Ended ? theme().muted : QColor(),
                                    {}};
    m_list->setEntries(entries);
    showRental();
    showCosts();
}

void RentalsPage::showRental() {
    const KnownRental *known = m_reader->find(currentRental());
    m_stack->setCurrentIndex(known ? 1 : 0);
    if (!known)
        return;
    m_panel->setWork(m_works->work(known->rental.spec.name));
    m_panel->setRental(*known, m_reader->now());
}

void RentalsPage::showCosts() {
    Money perHour;
    int count = 0;
    int cutOff = 0;
    for (const KnownRental &known : m_reader->rentals()) {
        m_list->setEntryText(known.rental.spec.name, itemText(known));
        if (known.rental.state != Rental::State::Ended) {
            ++count;
            cutOff += isCutOff(known) ? 1 : 0;
            perHour += known.rental.perHour();
        }
    }
    if (m_reader->find(currentRental()))
        m_panel->setNow(m_reader->now());
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
