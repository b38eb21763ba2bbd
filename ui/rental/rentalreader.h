// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QElapsedTimer>
#include <QObject>

namespace slipway {

/// What is known of the rented fleets, from their journals and, when that is asked for, the account's month.
/// One reading at a time; what changes meanwhile is read after it. GUI thread.
class RentalReader : public QObject {
    Q_OBJECT
public:
    RentalReader(Rentals &rentals, QObject *parent);

    void read(bool withAccount); ///< without: no token is needed

    [[nodiscard]] const QList<KnownRental> &rentals() const { return m_rentals; } ///< those that ended last
    [[nodiscard]] const KnownRental *find(const QString &name) const;
    [[nodiscard]] QDateTime now() const; ///< by the API's clock, carried on; invalid: not known

Q_SIGNALS:
    void changed();
    void readRequested(); ///< something changed while it was read
    void accountRead(const slipway::Result<slipway::CostView> &view);
    void failed(const slipway::Error &error);

private:
    void readJournals();
    void take(const KnownRentals &known);

    Rentals &m_source;
    QList<KnownRental> m_rentals;
    QDateTime m_now; ///< of the API, when it was last asked
    QElapsedTimer m_since;
    bool m_reading = false;
    bool m_again = false;
};

} // namespace slipway
