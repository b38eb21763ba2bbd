// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentals.h"

#include "app/cloud/rental/busyhosts.h"
#include "app/cloud/rental/rentalclient.h"
#include "app/cloud/rental/rentaldestruction.h"

#include <algorithm>

namespace slipway {

namespace {

// Another fleet may have the same name.
bool isSameFleet(const Rental &rental, const Fleet &fleet) {
    const QList<Host> own = rental.hosts();
    return !own.isEmpty() && std::all_of(own.begin(), own.end(), [&](const Host &host) {
        const Host *other = fleet.find(host.name);
        return other && other->id == host.id;
    });
}

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
                       "be lost. Nothing was destroyed. Stop it or wait for its end, or give it up by "
                       "name (--abandon %1).")
            .arg(campaign, fleet)};
}

} // namespace

Rentals::Rentals(Paths paths, SshOptions ssh, QObject *parent)
    : QObject(parent), m_paths(std::move(paths)), m_ssh(std::move(ssh)),
      m_mailbox(std::make_unique<Mailbox>()) {}

Rentals::~Rentals() {
    cancel();
    m_operations.clear();
}

QString rentingUser() {
    return qEnvironmentVariable("USER", QStringLiteral("unknown"));
}

void Rentals::cancel() {
    for (Operation &operation : m_operations)
        operation.thread.request_stop();
}

void Rentals::cancel(const QString &name) {
    for (Operation &operation : m_operations) {
        if (operation.name == name)
            operation.thread.request_stop();
    }
}

TellRental Rentals::teller(const QString &name) {
    return [this, name](const RentalProgress &progress) {
        m_mailbox->post([this, name, progress] { Q_EMIT progressed(name, progress); });
    };
}

void Rentals::tellChanged(const QString &name) {
    m_mailbox->post([this, name] { Q_EMIT changed(name); });
}

void Rentals::create(const RentalSpec &spec, const RentalOptions &options, Done<RentalNow> done) {
    start<RentalNow>(
        spec.name,
        [this, spec, options](const std::stop_token &stop) {
            return withClient<RentalNow>(
                m_paths, stop, [&](DropletClient &client) { return createNow(client, spec, options, stop); });
        },
        std::move(done));
}

void Rentals::prepare(const QString &name, const Preparation &preparation, Done<RentalNow> done) {
    start<RentalNow>(
        name,
        [this, name, preparation](const std::stop_token &stop) {
            return prepareNow(name, preparation, stop);
        },
        std::move(done));
}

Result<RentalNow> Rentals::prepareNow(const QString &name, const Preparation &preparation,
                                      const std::stop_token &stop) {
    const auto journal = RentalJournal::open(m_paths, name);
    if (!journal)
        return journal.error();
    const Rental &rental = (*journal)->rental();
    if (rental.state != Rental::State::Ready && rental.state != Rental::State::Creating)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("Fleet %1 is %2.").arg(name, rentalStateName(rental.state))};
    if (rental.hosts().size() != rental.members.size())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("Not every droplet of %1 is there. Run \"fleet create %1\" again.").arg(name)};
    RentalHosts hosts(m_ssh, stop, teller(name));
    TRY(hosts.awaitReady(rental.hosts()));
    TRY(hosts.prepare(rental.hosts(), preparation));
    const TimeAsked time = askApiTime(m_paths, stop);
    return RentalNow{rental, time.now, time.problem};
}

void Rentals::destroy(const QString &name, const std::optional<QList<qint64>> &shown,
                      const QString &abandoned, Done<void> done) {
    start<void>(
        name,
        [this, name, shown, abandoned](const std::stop_token &stop) {
            return destroyNow(name, shown, abandoned, stop);
        },
        std::move(done));
}

Result<void> Rentals::destroyNow(const QString &name, const std::optional<QList<qint64>> &shown,
                                 const QString &abandoned, const std::stop_token &stop) {
    auto journal = RentalJournal::open(m_paths, name);
    const bool broken = !journal && journal.error().code == ErrorCode::Corrupt;
    if (!journal && !broken && journal.error().code != ErrorCode::NotFound)
        return journal.error();
    if (journal) {
        TRY(checkFree(name, (*journal)->rental().liveCampaign(), abandoned));
    }
    auto destroyed = withClient<void>(m_paths, stop, [&](DropletClient &client) -> Result<void> {
        RentalDestruction destruction(client, teller(name));
        if (journal)
            return destruction.run(**journal, shown);
        const auto all = everything(client);
        if (!all)
            return all.error();
        const auto there = belongingsOf(client, *all, name, nullptr);
        if (!there)
            return there.error();
        if (broken && !there->costsOrBlocks()) // perhaps rented elsewhere: a person must know better
            return Error{
                ErrorCode::NotFound,
                QStringLiteral("%1 The account at %2 has nothing of it; if it was rented there, delete "
                               "that file.")
                    .arg(journal.error().text, apiText(client.transport().base()))};
        if (!there->costsOrBlocks())
            return Error{
                ErrorCode::NotFound,
                QStringLiteral("Neither is a fleet %1 known here, nor has the account anything of it.")
                    .arg(name)};
        TRY(checkFree(name, campaignOn(there->droplets, busyHosts(m_paths)), abandoned));
        if (shown && there->dropletIds() != *shown)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("Fleet %1 has other droplets than were shown. Nothing was destroyed.")
                             .arg(name)};
        const auto gone = destruction.run(*there);
        return gone && broken ? RentalJournal::setAside(m_paths, name) : gone;
    });
    tellChanged(name);
    return destroyed;
}

void Rentals::campaignBegan(const Fleet &fleet, const QString &campaign, bool keep) {
    start<void>(
        fleet.name,
        [paths = m_paths, fleet, campaign, keep](const std::stop_token &) -> Result<void> {
            const auto rental = knownRental(paths, fleet.name);
            if (!rental || !isSameFleet(*rental, fleet))
                return {};
            const auto journal = RentalJournal::open(paths, fleet.name);
            if (!journal)
                return journal.error();
            return (*journal)->append({QDateTime::currentDateTimeUtc(),
                                       QStringLiteral("used"),
                                       {},
                                       {},
                                       campaign,
                                       {},
                                       keep ? QJsonObject{{QStringLiteral("keep"), true}} : QJsonObject()});
        },
        [this, name = fleet.name](const Result<void> &noted) {
            if (!noted)
                Q_EMIT failed(name, noted.error());
        });
}

void Rentals::campaignEnded(const QString &campaign) {
    giveBackOverdue({campaign}, [this](const Result<QStringList> &names) {
        if (!names)
            Q_EMIT failed({}, names.error());
    });
}

void Rentals::giveBackOverdue(const QStringList &ended, Done<QStringList> done) {
    start<QStringList>(
        {},
        [this, ended](const std::stop_token &stop) -> Result<QStringList> {
            const auto known = knownRentals(m_paths);
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
                    noteUnused(m_paths, rental);
                    continue;
                }
                if (one.held || (!ordered && !used))
                    continue;
                const auto destroyed = destroyNow(rental.spec.name, std::nullopt, rental.campaign, stop);
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
        },
        std::move(done));
}

} // namespace slipway
