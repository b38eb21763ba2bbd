// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentalworks.h"

#include "models/core/plaintext.h"
#include "models/core/whilealive.h"

namespace slipway {

namespace {

constexpr qsizetype kMaxLines = 500;

} // namespace

RentalWorks::RentalWorks(Rentals &rentals, QObject *parent) : QObject(parent), m_rentals(rentals) {
    connect(&m_rentals, &Rentals::progressed, this, &RentalWorks::take);
}

void RentalWorks::create(const RentalSpec &spec, const RentalOptions &options) {
    m_options.insert(spec.name, options);
    begin(spec.name, RentalWork::Kind::Create);
    m_rentals.create(spec, options, whileAlive(this, [this, name = spec.name](const Result<RentalNow> &made) {
                         end(name, made ? std::nullopt : std::optional(made.error()));
                     }));
}

void RentalWorks::goOnCreating(const RentalSpec &spec) {
    create(spec, m_options.value(spec.name));
}

void RentalWorks::prepare(const QString &name, const Preparation &preparation) {
    begin(name, RentalWork::Kind::Prepare);
    m_rentals.prepare(name, preparation, whileAlive(this, [this, name](const Result<RentalNow> &prepared) {
                          end(name, prepared ? std::nullopt : std::optional(prepared.error()));
                      }));
}

void RentalWorks::destroy(const QString &name, const std::optional<QList<qint64>> &shown,
                          const QString &abandoned) {
    begin(name, RentalWork::Kind::Destroy);
    m_rentals.destroy(name, shown, abandoned, whileAlive(this, [this, name](const Result<void> &destroyed) {
                          end(name, destroyed ? std::nullopt : std::optional(destroyed.error()));
                      }));
}

void RentalWorks::begin(const QString &name, RentalWork::Kind kind) {
    m_works.insert(name, {kind, true, {}, {}, {}});
    Q_EMIT problemOccurred(QString());
    Q_EMIT begun(name);
}

void RentalWorks::end(const QString &name, const std::optional<Error> &error) {
    RentalWork &work = m_works[name];
    work.running = false;
    work.problem = error ? error->text : QString();
    if (error) // also where its fleet is not there to be shown with it
        Q_EMIT problemOccurred(tr("%1: %2").arg(name, error->text));
    Q_EMIT ended(name);
}

void RentalWorks::take(const QString &name, const RentalProgress &progress) {
    if (name == kOrphansName)
        return;
    RentalWork &work = m_works[name];
    const bool destroys = kDestroySteps.contains(progress.step);
    if (!work.running && work.kind != RentalWork::Kind::None)
        work = {}; // what was done here is over; this is destroyed without being asked
    // What fails to be rented is destroyed: that is shown, the step it failed at stays.
    if (work.kind != RentalWork::Kind::Create || !destroys)
        work.step = progress.step;
    work.lines << plainText(progress.text);
    if (work.lines.size() > kMaxLines)
        work.lines.removeFirst();
    Q_EMIT progressed(name);
}

} // namespace slipway
