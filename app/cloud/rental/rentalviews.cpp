// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentalviews.h"

#include "app/cloud/rental/busyhosts.h"

#include <algorithm>

namespace slipway {

namespace {

Result<QDateTime> timeOf(CloudProvider &provider) {
    const QDateTime time = provider.apiTime();
    return time.isValid() ? Result<QDateTime>(time) : provider.askTime();
}

bool lives(const KnownRental &known) {
    return known.rental.state != Rental::State::Ended;
}

// The time, and into the rentals what came up late; a journal is written by whoever works at its fleet, not
// here.
Result<void> lookAt(CloudProvider &provider, KnownRentals &known) {
    const auto now = timeOf(provider);
    if (!now)
        return now.error();
    const auto servers = provider.servers();
    if (!servers)
        return servers.error();
    for (KnownRental &one : known.rentals) {
        if (!lives(one) || !checkApi(provider, one.rental))
            continue;
        for (const RentalEvent &event : lateOf(*servers, one.rental, *now))
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

} // namespace

TimeAsked askApiTime(const RentalAccess &access) {
    const auto time = withProvider<QDateTime>(*access.cloud, access.stop,
                                              [](CloudProvider &provider) { return provider.askTime(); });
    return time ? TimeAsked{*time, {}} : TimeAsked{{}, time.error().text};
}

Result<KnownRentals> listRentals(const RentalAccess &access) {
    auto known = knownRentals(access.paths);
    if (!known)
        return known.error();
    KnownRentals view{std::move(*known), {}, {}};
    if (std::none_of(view.rentals.begin(), view.rentals.end(), lives))
        return view;
    const auto looked = withProvider<void>(*access.cloud, access.stop,
                                           [&](CloudProvider &provider) { return lookAt(provider, view); });
    if (!looked)
        view.nowProblem = looked.error().text;
    return view;
}

Result<RentalView> viewRental(const RentalAccess &access, const QString &name) {
    const auto known = knownRentals(access.paths);
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
    return withProvider<RentalView>(
        *access.cloud, access.stop, [&](CloudProvider &provider) -> Result<RentalView> {
            const auto all = everything(provider);
            if (!all)
                return all.error();
            auto there = belongingsOf(provider, *all, name, view.rental ? &*view.rental : nullptr);
            if (!there)
                return there.error();
            view.there = std::move(*there);
            view.campaign = view.rental ? view.rental->liveCampaign() : QString();
            if (view.campaign.isEmpty())
                view.campaign = campaignOn(view.there.servers, busyHosts(access.paths));
            const auto now = timeOf(provider);
            if (!now)
                return now.error();
            view.now = *now;
            if (!view.rental && !view.there.costsOrBlocks())
                return nothingOf(name);
            return view;
        });
}

Result<OrphanView> viewOrphans(const RentalAccess &access, CloudProvider &provider,
                               const std::optional<QStringList> &chosen) {
    const auto live = liveNames(access.paths);
    if (!live)
        return live.error();
    const auto all = everything(provider);
    if (!all)
        return all.error();
    const auto now = timeOf(provider);
    if (!now)
        return now.error();
    OrphanView view;
    view.now = *now;
    view.candidates = candidates(*all, *live, busyHosts(access.paths), view.now);
    QList<OrphanCandidate> requested = view.candidates;
    if (chosen) {
        for (OrphanCandidate &candidate : requested) {
            if (candidate.claim == OrphanCandidate::Claim::Nobody && !chosen->contains(candidate.id))
                candidate.claim =
                    OrphanCandidate::Claim::Unclear; // as good as claimed: its fleet's tags stay
        }
        claimForServers(*all, requested);
        for (const OrphanCandidate &candidate : std::as_const(requested)) {
            if (chosen->contains(candidate.id) && candidate.claim != OrphanCandidate::Claim::Nobody)
                return Error{
                    ErrorCode::InvalidInput,
                    QStringLiteral("%1 %2 is needed by %3. Nothing was destroyed; look at the list again.")
                        .arg(candidateKindName(candidate.kind), candidate.name, claimText(candidate))};
        }
    }
    view.orphans = orphansOf(*all, requested);
    return view;
}

Result<CostView> viewCost(const RentalAccess &access) {
    auto known = knownRentals(access.paths);
    if (!known)
        return known.error();
    CostView view{{std::move(*known), {}, {}}, {}, {}};
    return withProvider<CostView>(
        *access.cloud, access.stop, [&](CloudProvider &provider) -> Result<CostView> {
            const auto balance = provider.balance();
            if (balance)
                view.balance = *balance;
            else if (balance.error().code == ErrorCode::AuthRefused)
                view.balanceProblem = balance.error().text; // a scope that nothing else needs
            else
                return balance.error();
            if (const auto looked = lookAt(provider, view.known); !looked)
                view.known.nowProblem = looked.error().text;
            return view;
        });
}

Result<Offers> viewOffers(const RentalAccess &access) {
    return withProvider<Offers>(*access.cloud, access.stop, [](CloudProvider &provider) -> Result<Offers> {
        const auto regions = provider.regions();
        if (!regions)
            return regions.error();
        const auto sizes = provider.sizes();
        if (!sizes)
            return sizes.error();
        return Offers{*regions, *sizes};
    });
}

} // namespace slipway
