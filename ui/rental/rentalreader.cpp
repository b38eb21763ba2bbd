// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentalreader.h"

#include <QPointer>

#include <algorithm>

namespace slipway {

RentalReader::RentalReader(Rentals &rentals, QObject *parent) : QObject(parent), m_source(rentals) {}

void RentalReader::read(bool withAccount) {
    if (m_reading) {
        m_again = true;
        return;
    }
    m_reading = true;
    if (!withAccount) {
        readJournals();
        return;
    }
    m_source.cost([self = QPointer<RentalReader>(this)](const Result<CostView> &view) {
        if (!self)
            return;
        Q_EMIT self->accountRead(view);
        if (view)
            self->take(view->known);
        else
            self->readJournals(); // the fleets are known all the same
    });
}

void RentalReader::readJournals() {
    m_source.list([self = QPointer<RentalReader>(this)](const Result<KnownRentals> &known) {
        if (!self)
            return;
        if (known) {
            self->take(*known);
            return;
        }
        self->m_reading = false;
        Q_EMIT self->failed(known.error());
    });
}

void RentalReader::take(const KnownRentals &known) {
    m_reading = false;
    m_rentals = known.rentals;
    std::stable_sort(m_rentals.begin(), m_rentals.end(), [](const KnownRental &a, const KnownRental &b) {
        const auto ended = [](const KnownRental &one) { return one.rental.state == Rental::State::Ended; };
        return std::pair(ended(a), b.rental.begunAt) < std::pair(ended(b), a.rental.begunAt);
    });
    if (known.now.isValid() || !known.nowProblem.isEmpty()) {
        m_now = known.now;
        m_since.start();
    }
    Q_EMIT changed();
    if (std::exchange(m_again, false))
        Q_EMIT readRequested();
}

QDateTime RentalReader::now() const {
    return m_now.isValid() ? m_now.addMSecs(m_since.elapsed()) : QDateTime();
}

const KnownRental *RentalReader::find(const QString &name) const {
    const auto it = std::find_if(m_rentals.begin(), m_rentals.end(),
                                 [&](const KnownRental &known) { return known.rental.spec.name == name; });
    return it == m_rentals.end() ? nullptr : &*it;
}

} // namespace slipway
