// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentalreader.h"

#include "models/core/whilealive.h"

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
    m_source.cost(whileAlive(this, [this](const Result<CostView> &view) {
        Q_EMIT accountRead(view);
        if (view)
            take(view->known);
        else
            readJournals(); // the fleets are known all the same
    }));
}

void RentalReader::readJournals() {
    m_source.list(whileAlive(this, [this](const Result<KnownRentals> &known) {
        if (known) {
            take(*known);
            return;
        }
        m_reading = false;
        Q_EMIT failed(known.error());
    }));
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
