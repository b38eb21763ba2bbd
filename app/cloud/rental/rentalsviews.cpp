// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Rentals that looks, and the sweep, which destroys what it was shown.
#include "app/cloud/rental/busyhosts.h"
#include "app/cloud/rental/rentalclient.h"
#include "app/cloud/rental/rentaldestruction.h"
#include "app/cloud/rental/rentals.h"

#include <algorithm>

namespace slipway {

namespace {

Result<QDateTime> timeOf(DropletClient &client) {
    const QDateTime time = client.transport().apiTime();
    return time.isValid() ? Result<QDateTime>(time) : client.transport().askTime();
}

bool lives(const KnownRental &known) {
    return known.rental.state != Rental::State::Ended;
}

// The time, and into the rentals what came up late; a journal is written by whoever works at its fleet, not
// here.
Result<void> lookAt(DropletClient &client, KnownRentals &known) {
    const auto now = timeOf(client);
    if (!now)
        return now.error();
    const auto droplets = client.droplets();
    if (!droplets)
        return droplets.error();
    for (KnownRental &one : known.rentals) {
        if (!lives(one) || !checkApi(client, one.rental))
            continue;
        for (const RentalEvent &event : lateOf(*droplets, one.rental, *now))
            one.rental.take(event);
    }
    known.now = *now;
    return {};
}

Result<QStringList> liveNames(const Paths &paths) {
    const auto known = knownRentals(paths);
    if (!known)
        return known.error();
    QStringList names;
    for (const KnownRental &rental : *known) {
        if (lives(rental))
            names << rental.rental.spec.name;
    }
    return names;
}

Result<SweepView> around(DropletClient &client, const Paths &paths,
                         const std::optional<QStringList> &chosen) {
    const auto live = liveNames(paths);
    if (!live)
        return live.error();
    const auto all = everything(client);
    if (!all)
        return all.error();
    const auto now = timeOf(client);
    if (!now)
        return now.error();
    SweepView view;
    view.now = *now;
    view.leftovers = leftovers(*all, *live, busyHosts(paths), view.now);
    QList<Leftover> wanted = view.leftovers;
    if (chosen) {
        for (Leftover &leftover : wanted) {
            if (leftover.claim == Leftover::Claim::Nobody && !chosen->contains(leftover.id))
                leftover.claim = Leftover::Claim::Unclear; // as good as claimed: its fleet's tags stay
        }
        claimForDroplets(*all, wanted);
        for (const Leftover &leftover : std::as_const(wanted)) {
            if (chosen->contains(leftover.id) && leftover.claim != Leftover::Claim::Nobody)
                return Error{
                    ErrorCode::InvalidInput,
                    QStringLiteral("%1 %2 is needed by %3. Nothing was destroyed; look at the list again.")
                        .arg(leftoverKindName(leftover.kind), leftover.name, claimText(leftover))};
        }
    }
    view.swept = sweepable(*all, wanted);
    return view;
}

} // namespace

TimeAsked askApiTime(const Paths &paths, const std::stop_token &stop) {
    const auto time = withClient<QDateTime>(
        paths, stop, [](DropletClient &client) { return client.transport().askTime(); });
    return time ? TimeAsked{*time, {}} : TimeAsked{{}, time.error().text};
}

void Rentals::preflight(const RentalSpec &spec, Done<Preflight> done) {
    start<Preflight>(
        {},
        [paths = m_paths, spec](const std::stop_token &stop) {
            return withClient<Preflight>(
                paths, stop, [&](DropletClient &client) { return slipway::preflight(client, spec); });
        },
        std::move(done));
}

void Rentals::list(Done<KnownRentals> done) {
    start<KnownRentals>(
        {},
        [paths = m_paths](const std::stop_token &stop) -> Result<KnownRentals> {
            auto known = knownRentals(paths);
            if (!known)
                return known.error();
            KnownRentals view{std::move(*known), {}, {}};
            if (std::none_of(view.rentals.begin(), view.rentals.end(), lives))
                return view;
            const auto looked =
                withClient<void>(paths, stop, [&](DropletClient &client) { return lookAt(client, view); });
            if (!looked)
                view.nowProblem = looked.error().text;
            return view;
        },
        std::move(done));
}

void Rentals::show(const QString &name, Done<RentalView> done) {
    start<RentalView>(
        {},
        [paths = m_paths, name](const std::stop_token &stop) -> Result<RentalView> {
            const auto known = knownRentals(paths);
            if (!known)
                return known.error();
            RentalView view;
            for (const KnownRental &rental : *known) {
                if (rental.rental.spec.name != name)
                    continue;
                view.held = rental.held;
                if (rental.problem.isEmpty())
                    view.rental = rental.rental;
            }
            return withClient<RentalView>(paths, stop, [&](DropletClient &client) -> Result<RentalView> {
                const auto all = everything(client);
                if (!all)
                    return all.error();
                auto there = belongingsOf(client, *all, name, view.rental ? &*view.rental : nullptr);
                if (!there)
                    return there.error();
                view.there = std::move(*there);
                view.campaign = view.rental ? view.rental->liveCampaign() : QString();
                if (view.campaign.isEmpty())
                    view.campaign = campaignOn(view.there.droplets, busyHosts(paths));
                const auto now = timeOf(client);
                if (!now)
                    return now.error();
                view.now = *now;
                if (!view.rental && !view.there.costsOrBlocks())
                    return Error{ErrorCode::NotFound,
                                 QStringLiteral(
                                     "Neither is a fleet %1 known here, nor has the account anything of it.")
                                     .arg(name)};
                return view;
            });
        },
        std::move(done));
}

void Rentals::lookAround(Done<SweepView> done) {
    start<SweepView>(
        {},
        [paths = m_paths](const std::stop_token &stop) {
            return withClient<SweepView>(
                paths, stop, [&](DropletClient &client) { return around(client, paths, std::nullopt); });
        },
        std::move(done));
}

void Rentals::sweep(const QStringList &chosen, Done<SweepView> done) {
    start<SweepView>(
        kSweepName,
        [this, paths = m_paths, chosen](const std::stop_token &stop) {
            return withClient<SweepView>(paths, stop, [&](DropletClient &client) -> Result<SweepView> {
                auto view = around(client, paths, chosen);
                if (!view)
                    return view;
                RentalDestruction destruction(client, teller(kSweepName));
                TRY(destruction.run(view->swept));
                return view;
            });
        },
        std::move(done));
}

void Rentals::cost(Done<CostView> done) {
    start<CostView>(
        {},
        [paths = m_paths](const std::stop_token &stop) -> Result<CostView> {
            auto known = knownRentals(paths);
            if (!known)
                return known.error();
            CostView view{{std::move(*known), {}, {}}, {}, {}};
            return withClient<CostView>(paths, stop, [&](DropletClient &client) -> Result<CostView> {
                const auto balance = client.balance();
                if (balance)
                    view.balance = *balance;
                else if (balance.error().code == ErrorCode::AuthRefused)
                    view.balanceProblem = balance.error().text; // a scope that nothing else needs
                else
                    return balance.error();
                if (const auto looked = lookAt(client, view.known); !looked)
                    view.known.nowProblem = looked.error().text;
                return view;
            });
        },
        std::move(done));
}

void Rentals::offers(Done<Offers> done) {
    start<Offers>(
        {},
        [paths = m_paths](const std::stop_token &stop) {
            return withClient<Offers>(paths, stop, [](DropletClient &client) -> Result<Offers> {
                const auto regions = client.regions();
                if (!regions)
                    return regions.error();
                const auto sizes = client.sizes();
                if (!sizes)
                    return sizes.error();
                return Offers{*regions, *sizes};
            });
        },
        std::move(done));
}

} // namespace slipway
