// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"
#include "ui/rental/rentalpanel.h"

#include <QMap>
#include <QObject>

namespace slipway {

/// What is being done to rented fleets in this window, and how far it is: renting, preparing, destroying.
/// Goes on whatever page is shown. GUI thread.
class RentalWorks : public QObject {
    Q_OBJECT
public:
    RentalWorks(Rentals &rentals, QObject *parent);

    void create(const RentalSpec &spec, const RentalOptions &options);
    void goOnCreating(const RentalSpec &spec); ///< with the options that it was begun with
    void prepare(const QString &name, const Preparation &preparation);
    /// `shown`: what a person said yes to; nothing when that was earlier.
    void destroy(const QString &name, const std::optional<QList<qint64>> &shown, const QString &abandoned);

    [[nodiscard]] RentalWork work(const QString &name) const { return m_works.value(name); }
    [[nodiscard]] bool isRunning(const QString &name) const { return m_works.value(name).running; }

Q_SIGNALS:
    void begun(const QString &name);
    void progressed(const QString &name); ///< also of what is destroyed without being asked
    void ended(const QString &name);
    void problemOccurred(const QString &text); ///< empty: the last one is over

private:
    void begin(const QString &name, RentalWork::Kind kind);
    void end(const QString &name, const std::optional<Error> &error);
    void take(const QString &name, const RentalProgress &progress);

    Rentals &m_rentals;
    QMap<QString, RentalWork> m_works;
    QMap<QString, RentalOptions> m_options; ///< of those that were rented in this window
};

} // namespace slipway
