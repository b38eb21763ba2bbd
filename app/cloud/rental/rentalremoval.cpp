// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentalremoval.h"

#include "app/cloud/rental/busyhosts.h"
#include "app/cloud/rental/rentaldestruction.h"

namespace slipway {

namespace {

// Of a fleet that stays. One that somebody is at work on is noted the next time.
void noteUnused(const Paths &paths, const Rental &rental) {
    const auto journal = rental.campaignOver ? Result<std::unique_ptr<RentalJournal>>(nullptr)
                                             : RentalJournal::open(paths, rental.spec.name);
    if (journal && *journal)
        (void)(*journal)->append(
            {QDateTime::currentDateTimeUtc(), QStringLiteral("unused"), {}, {}, rental.campaign, {}, {}});
}

Result<void> checkFree(const QString &fleet, const QString &campaign, const QString &abandoned) {
    if (campaign.isEmpty() || campaign == abandoned)
        return {};
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("Campaign %1 has not ended on fleet %2; what its hosts have not handed over would "
                       "be lost. Nothing was destroyed. Stop it or wait for its end, or abandon it by "
                       "name (--abandon %1).")
            .arg(campaign, fleet)};
}

} // namespace

RentalRemoval::RentalRemoval(RentalAccess access, std::function<ReportRental(const QString &name)> reporter,
                             std::function<void(const QString &name)> changed)
    : m_access(std::move(access)), m_reporter(std::move(reporter)), m_changed(std::move(changed)) {}

Result<void> RentalRemoval::destroy(const QString &name, const std::optional<QList<qint64>> &shown,
                                    const QString &abandoned) {
    auto journal = RentalJournal::open(m_access.paths, name);
    const bool broken = !journal && journal.error().code == ErrorCode::Corrupt;
    if (!journal && !broken && journal.error().code != ErrorCode::NotFound)
        return journal.error();
    if (journal) {
        TRY(checkFree(name, (*journal)->rental().liveCampaign(), abandoned));
    }
    auto destroyed =
        withProvider<void>(*m_access.cloud, m_access.stop, [&](CloudProvider &provider) -> Result<void> {
            RentalDestruction destruction(provider, m_reporter(name));
            if (journal)
                return destruction.run(**journal, shown);
            const auto all = everything(provider);
            if (!all)
                return all.error();
            const auto there = belongingsOf(provider, *all, name, nullptr);
            if (!there)
                return there.error();
            if (broken && !there->costsOrBlocks()) // perhaps rented elsewhere: a person must know better
                return Error{
                    ErrorCode::NotFound,
                    QStringLiteral("%1 The account at %2 has nothing of it; if it was rented there, delete "
                                   "that file.")
                        .arg(journal.error().text, provider.address())};
            if (!there->costsOrBlocks())
                return nothingOf(name);
            TRY(checkFree(name, campaignOn(there->servers, busyHosts(m_access.paths)), abandoned));
            if (shown && there->serverIds() != *shown)
                return Error{
                    ErrorCode::InvalidInput,
                    QStringLiteral("Fleet %1 has other droplets than were shown. Nothing was destroyed.")
                        .arg(name)};
            const auto gone = destruction.run(*there);
            return gone && broken ? RentalJournal::setAside(m_access.paths, name) : gone;
        });
    m_changed(name);
    return destroyed;
}

Result<QStringList> RentalRemoval::destroyOverdue(const QStringList &ended) {
    const auto known = knownRentals(m_access.paths);
    if (!known)
        return known.error();
    QStringList names;
    QStringList problems;
    ErrorCode code{};
    for (const KnownRental &one : *known) {
        const Rental &rental = one.rental;
        const bool ordered = rental.state == Rental::State::Destroying;
        const bool used = rental.state == Rental::State::Ready && ended.contains(rental.campaign);
        if (used && rental.spec.keep) {
            noteUnused(m_access.paths, rental);
            continue;
        }
        if (one.held || (!ordered && !used))
            continue;
        const auto destroyed = destroy(rental.spec.name, std::nullopt, rental.campaign);
        if (destroyed) {
            names << rental.spec.name;
            continue;
        }
        code = destroyed.error().code;
        problems << QStringLiteral("%1: %2").arg(rental.spec.name, destroyed.error().text);
        if (code == ErrorCode::Cancelled)
            break;
    }
    if (!problems.isEmpty()) // one that cannot go keeps none of the others
        return Error{code, problems.join(QLatin1Char('\n'))};
    return names;
}

Result<OrphanView> RentalRemoval::destroyOrphans(const QStringList &chosen) {
    return withProvider<OrphanView>(*m_access.cloud, m_access.stop,
                                    [&](CloudProvider &provider) -> Result<OrphanView> {
                                        auto view = viewOrphans(m_access, provider, chosen);
                                        if (!view)
                                            return view;
                                        RentalDestruction destruction(provider, m_reporter(kOrphansName));
                                        TRY(destruction.run(view->orphans));
                                        return view;
                                    });
}

} // namespace slipway
