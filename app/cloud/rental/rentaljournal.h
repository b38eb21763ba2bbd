// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "app/core/runlock.h"
#include "models/fleet/rental.h"

#include <memory>

namespace slipway {

/// The journal of one rented fleet, in a folder of its own: what was intended is on disk (fsync) before it is
/// asked of the API, so that nothing a killed process has rented is unknown. Only one process holds it; the
/// kernel lets go when that dies. Any thread, one at a time.
class RentalJournal {
public:
    /// A new rental at the API of that address. AlreadyExists when the name is taken by one that has not
    /// ended.
    static Result<std::unique_ptr<RentalJournal>> begin(const Paths &paths, const RentalSpec &spec,
                                                        const QString &ownerTag, const QString &api,
                                                        const QDateTime &now);
    /// Takes one up. NotFound when there is none of the name, AlreadyExists while another process holds it.
    static Result<std::unique_ptr<RentalJournal>> open(const Paths &paths, const QString &name);
    ~RentalJournal();
    RentalJournal(const RentalJournal &) = delete;
    RentalJournal &operator=(const RentalJournal &) = delete;
    RentalJournal(RentalJournal &&) = delete;
    RentalJournal &operator=(RentalJournal &&) = delete;

    /// On disk when it returns; an error means that what was to follow must not.
    Result<void> append(const RentalEvent &event);
    [[nodiscard]] const Rental &rental() const { return m_rental; }
    /// Puts a journal that cannot be read out of the way, once everything of the fleet is gone; the file is
    /// kept.
    static Result<void> setAside(const Paths &paths, const QString &name);
    [[nodiscard]] QString keyFile(const QString &host) const; ///< the private host key that is injected
    void removeKeys() const;                                  ///< the private halves; nobody needs them later

private:
    RentalJournal() = default;
    static Result<std::unique_ptr<RentalJournal>> hold(const QString &dir, const QString &name);
    Result<void> write(const QByteArray &line) const;

    QString m_dir;
    int m_fd = -1;
    RunLock m_lock;
    Rental m_rental;
};

/// A rental according to its journal, and whether a process is at work on it.
struct KnownRental {
    Rental rental;
    bool held = false;
    QString problem; ///< of one that is Broken
};
/// Every rental of a data directory, ended ones too, by name. One whose journal cannot be read is Broken,
/// since it may cost money, and keeps none of the others from being known.
Result<QList<KnownRental>> knownRentals(const Paths &paths);
Result<Rental> knownRental(const Paths &paths, const QString &name);

} // namespace slipway
