// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/orphans.h"
#include "app/cloud/rental/rentalcontext.h"

#include <optional>

namespace slipway {

/// Times of the API's clock, invalid when it had none or what there is cannot be read, as `nowProblem` says:
/// this machine's own clock is used for neither ages nor costs.
struct RentalNow {
    Rental rental;
    QDateTime now;
    QString nowProblem;
};

struct KnownRentals {
    QList<KnownRental> rentals;
    QDateTime now;
    QString nowProblem;
};

/// A rental and what the account has of it right now.
struct RentalView {
    std::optional<Rental> rental; ///< nothing: not rented from here, or its journal cannot be read
    bool held = false;            ///< some process is at work on it
    QString campaign;             ///< that was launched on it here and has not ended; empty: none
    Belongings there;
    QDateTime now;
};

struct OrphanView {
    QList<OrphanCandidate> candidates;
    Belongings orphans; ///< those that nobody claims: what can be destroyed
    QDateTime now;
};

struct CostView {
    KnownRentals known;
    std::optional<Balance> balance; ///< of the account; needs the scope billing:read
    QString balanceProblem;
};

struct Offers {
    QList<Region> regions;
    QList<Size> sizes;
};

/// The API's time, without which the rest is still worth showing.
struct TimeAsked {
    QDateTime now;
    QString problem;
};
[[nodiscard]] TimeAsked askApiTime(const RentalAccess &access);

/// From the journals; when some rental lives, the API is asked for its time and for what came up late.
Result<KnownRentals> listRentals(const RentalAccess &access);
/// NotFound when neither the journals nor the account know the name.
Result<RentalView> viewRental(const RentalAccess &access, const QString &name);
/// With `chosen` (ids of any kind) what would be destroyed of them; refused when one of them is claimed, or
/// is the firewall or network of a server that is not chosen.
Result<OrphanView> viewOrphans(const RentalAccess &access, CloudProvider &provider,
                               const std::optional<QStringList> &chosen);
Result<CostView> viewCost(const RentalAccess &access);
Result<Offers> viewOffers(const RentalAccess &access); ///< regions and sizes with their prices

} // namespace slipway
