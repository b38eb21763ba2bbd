// SPDX-License-Identifier: GPL-3.0-or-later
// What a person has done to rented fleets on their page, and how it goes on.
#include "ui/rental/rentalspage.h"

#include "models/core/plaintext.h"
#include "ui/rental/destroydialog.h"
#include "ui/rental/preparedialog.h"
#include "ui/rental/rentdialog.h"
#include "ui/rental/sweepdialog.h"
#include "ui/rental/tokendialog.h"

#include <QPointer>

namespace slipway {

namespace {

constexpr qsizetype kMaxLines = 500;

} // namespace

void RentalsPage::askRent() {
    QStringList taken;
    for (const KnownRental &known : std::as_const(m_known)) {
        if (known.rental.state != Rental::State::Ended)
            taken << known.rental.spec.name;
    }
    auto *dialog = new RentDialog(m_rentals, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RentDialog::wanted, this, &RentalsPage::create);
    dialog->open();
}

void RentalsPage::askPrepare() {
    const KnownRental *known = find(currentRental());
    if (!known || known->rental.state != Rental::State::Ready || m_works.value(currentRental()).running)
        return;
    auto *dialog = new PrepareDialog(known->rental, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PrepareDialog::wanted, this,
            [this, name = known->rental.spec.name](const Preparation &preparation) {
                prepare(name, preparation);
            });
    dialog->open();
}

void RentalsPage::askDestroy() {
    const QString name = currentRental();
    const KnownRental *known = find(name);
    if (!known || known->rental.state == Rental::State::Ended || m_works.value(name).running)
        return;
    auto *dialog = new DestroyDialog(m_rentals, name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DestroyDialog::wanted, this,
            [this, name](const QList<qint64> &shown, const QString &abandoned) {
                destroy(name, shown, abandoned);
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

void RentalsPage::create(const RentalSpec &spec, const RentalOptions &options) {
    m_options.insert(spec.name, options);
    m_wanted = spec.name;
    begin(spec.name, RentalWork::Kind::Create);
    m_rentals.create(spec, options,
                     [self = QPointer<RentalsPage>(this), name = spec.name](const Result<RentalNow> &made) {
                         if (self)
                             self->end(name, made ? std::nullopt : std::optional(made.error()));
                     });
}

void RentalsPage::prepare(const QString &name, const Preparation &preparation) {
    begin(name, RentalWork::Kind::Prepare);
    m_rentals.prepare(name, preparation,
                      [self = QPointer<RentalsPage>(this), name](const Result<RentalNow> &prepared) {
                          if (self)
                              self->end(name, prepared ? std::nullopt : std::optional(prepared.error()));
                      });
}

void RentalsPage::destroy(const QString &name, const std::optional<QList<qint64>> &shown,
                          const QString &abandoned) {
    begin(name, RentalWork::Kind::Destroy);
    m_rentals.destroy(name, shown, abandoned,
                      [self = QPointer<RentalsPage>(this), name](const Result<void> &destroyed) {
                          if (self)
                              self->end(name, destroyed ? std::nullopt : std::optional(destroyed.error()));
                      });
}

void RentalsPage::begin(const QString &name, RentalWork::Kind kind) {
    m_works.insert(name, {kind, true, {}, {}, {}});
    Q_EMIT problemOccurred(QString());
    showRental();
}

void RentalsPage::end(const QString &name, const std::optional<Error> &error) {
    RentalWork &work = m_works[name];
    work.running = false;
    work.problem = error ? error->text : QString();
    if (error) // also where its fleet is not there to be shown with it
        Q_EMIT problemOccurred(tr("%1: %2").arg(name, error->text));
    showRental();
    refresh();
}

// Of what this window was asked for, and of what is destroyed without being asked.
void RentalsPage::takeProgress(const QString &name, const RentalProgress &progress) {
    if (name == kSweepName)
        return;
    RentalWork &work = m_works[name];
    const bool destroys = kDestroySteps.contains(progress.step);
    if (!work.running && work.kind != RentalWork::Kind::None)
        work = {}; // what was done here is over; this is destroyed without being asked
    const KnownRental *known = find(name);
    if (!work.running && known && !known->held)
        refresh();
    // What fails to be rented is destroyed: that is told, the step it failed at stays.
    if (work.kind != RentalWork::Kind::Create || !destroys)
        work.step = progress.step;
    work.lines << plainText(progress.text);
    if (work.lines.size() > kMaxLines)
        work.lines.removeFirst();
    if (name == currentRental())
        m_panel->setWork(work);
}

} // namespace slipway
