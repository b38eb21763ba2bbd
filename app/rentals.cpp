// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rentals.h"

#include "app/core/mailbox.h"
#include "app/fleet/rental/rentaldestruction.h"
#include "models/fleet/rentalnames.h"

#include <algorithm>

namespace slipway {

namespace {

template <typename T>
using Work = std::function<Result<T>(DropletClient &)>;

// The client lives as long as one call does: a token that was changed counts from the next one on.
template <typename T>
Result<T> withClient(const std::stop_token &stop, const Work<T> &work) {
    const auto base = apiBase();
    if (!base)
        return base.error();
    const auto token = findToken(stop);
    if (!token)
        return token.error();
    ApiTransport transport(*base, *token, stop);
    DropletClient client(transport);
    return work(client);
}

// Another fleet may have the same name.
bool isSameFleet(const Rental &rental, const Fleet &fleet) {
    const QList<Host> own = rental.hosts();
    return !own.isEmpty() && std::all_of(own.begin(), own.end(), [&](const Host &host) {
        const Host *other = fleet.find(host.name);
        return other && other->id == host.id;
    });
}

Result<QStringList> liveNames(const Paths &paths) {
    const auto known = knownRentals(paths);
    if (!known)
        return known.error();
    QStringList names;
    for (const KnownRental &rental : *known) {
        if (rental.rental.state != Rental::State::Ended)
            names << rental.rental.spec.name;
    }
    return names;
}

Result<SweepView> around(DropletClient &client, const Paths &paths) {
    const auto live = liveNames(paths);
    if (!live)
        return live.error();
    const auto all = everything(client);
    if (!all)
        return all.error();
    SweepView view;
    view.now = client.transport().now();
    view.leftovers = leftovers(*all, *live, view.now);
    view.swept = sweepable(*all, view.leftovers);
    return view;
}

} // namespace

Rentals::Rentals(Paths paths, SshOptions ssh, QObject *parent)
    : QObject(parent), m_paths(std::move(paths)), m_ssh(std::move(ssh)),
      m_mailbox(std::make_unique<Mailbox>()) {}

Rentals::~Rentals() {
    cancel();
    m_operations.clear();
}

void Rentals::cancel() {
    for (Operation &operation : m_operations)
        operation.thread.request_stop();
}

template <typename T>
void Rentals::start(std::function<Result<T>(std::stop_token)> work, Done<T> done) {
    const auto operation = m_operations.emplace(m_operations.end());
    operation->thread = std::jthread(
        [this, operation, work = std::move(work), done = std::move(done)](const std::stop_token &stop) {
            const Result<T> result = work(stop);
            m_mailbox->post([this, operation, done, result] {
                m_operations.erase(operation);
                done(result);
                if (m_operations.empty())
                    Q_EMIT idle();
            });
        });
}

TellRental Rentals::teller(const QString &name) {
    return [this, name](const RentalProgress &progress) {
        m_mailbox->post([this, name, progress] { Q_EMIT progressed(name, progress); });
    };
}

void Rentals::tellChanged(const QString &name) {
    m_mailbox->post([this, name] { Q_EMIT changed(name); });
}

void Rentals::preflight(const RentalSpec &spec, Done<Preflight> done) {
    start<Preflight>(
        [spec](const std::stop_token &stop) {
            return withClient<Preflight>(
                stop, [&](DropletClient &client) { return slipway::preflight(client, spec); });
        },
        std::move(done));
}

void Rentals::create(const RentalSpec &spec, const RentalOptions &options, Done<Rental> done) {
    start<Rental>(
        [this, spec, options](const std::stop_token &stop) { return createNow(spec, options, stop); },
        std::move(done));
}

void Rentals::prepare(const QString &name, const Preparation &preparation, Done<Rental> done) {
    start<Rental>(
        [this, name, preparation](const std::stop_token &stop) -> Result<Rental> {
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
                    QStringLiteral("Not every droplet of %1 is there. Run \"fleet create %1\" again.")
                        .arg(name)};
            RentalHosts hosts(m_ssh, stop, teller(name));
            if (const auto ready = hosts.awaitReady(rental.hosts()); !ready)
                return ready.error();
            if (const auto prepared = hosts.prepare(rental.hosts(), preparation); !prepared)
                return prepared.error();
            return rental;
        },
        std::move(done));
}

void Rentals::list(Done<QList<KnownRental>> done) {
    start<QList<KnownRental>>([paths = m_paths](const std::stop_token &) { return knownRentals(paths); },
                              std::move(done));
}

void Rentals::show(const QString &name, Done<RentalView> done) {
    start<RentalView>(
        [paths = m_paths, name](const std::stop_token &stop) -> Result<RentalView> {
            const auto known = knownRentals(paths);
            if (!known)
                return known.error();
            RentalView view;
            for (const KnownRental &rental : *known) {
                if (rental.rental.spec.name == name) {
                    view.rental = rental.rental;
                    view.held = rental.held;
                }
            }
            return withClient<RentalView>(stop, [&](DropletClient &client) -> Result<RentalView> {
                const auto all = everything(client);
                if (!all)
                    return all.error();
                auto there = belongingsOf(client, *all, name, view.rental ? &*view.rental : nullptr);
                if (!there)
                    return there.error();
                view.there = std::move(*there);
                view.now = client.transport().now();
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

void Rentals::destroy(const QString &name, const std::optional<QList<qint64>> &shown, Done<void> done) {
    start<void>([this, name, shown](const std::stop_token &stop) { return destroyNow(name, shown, stop); },
                std::move(done));
}

Result<void> Rentals::destroyNow(const QString &name, const std::optional<QList<qint64>> &shown,
                                 const std::stop_token &stop) {
    auto journal = RentalJournal::open(m_paths, name);
    if (!journal && journal.error().code != ErrorCode::NotFound)
        return journal.error();
    const auto destroyed = withClient<void>(stop, [&](DropletClient &client) -> Result<void> {
        RentalDestruction destruction(client, teller(name));
        if (journal)
            return destruction.run(**journal, shown);
        const auto all = everything(client);
        if (!all)
            return all.error();
        const auto there = belongingsOf(client, *all, name, nullptr);
        if (!there)
            return there.error();
        if (!there->costsOrBlocks())
            return Error{
                ErrorCode::NotFound,
                QStringLiteral("Neither is a fleet %1 known here, nor has the account anything of it.")
                    .arg(name)};
        if (shown && there->dropletIds() != *shown)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("Fleet %1 has other droplets than were shown. Nothing was destroyed.")
                             .arg(name)};
        return destruction.run(*there);
    });
    tellChanged(name);
    return destroyed;
}

void Rentals::campaignBegan(const Fleet &fleet, const QString &campaign) {
    start<void>(
        [paths = m_paths, fleet, campaign](const std::stop_token &) -> Result<void> {
            const auto rental = knownRental(paths, fleet.name);
            if (!rental || !isSameFleet(*rental, fleet))
                return {};
            const auto journal = RentalJournal::open(paths, fleet.name);
            if (!journal)
                return journal.error();
            return (*journal)->append(
                {QDateTime::currentDateTimeUtc(), QStringLiteral("used"), {}, {}, campaign, {}, {}});
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
        [this, ended](const std::stop_token &stop) -> Result<QStringList> {
            const auto known = knownRentals(m_paths);
            if (!known)
                return known.error();
            QStringList names;
            for (const auto &[rental, held] : *known) {
                const bool ordered = rental.state == Rental::State::Destroying;
                const bool used = rental.state == Rental::State::Ready && !rental.spec.keep &&
                                  ended.contains(rental.campaign);
                if (held || (!ordered && !used))
                    continue;
                if (const auto destroyed = destroyNow(rental.spec.name, std::nullopt, stop); !destroyed)
                    return destroyed.error();
                names << rental.spec.name;
            }
            return names;
        },
        std::move(done));
}

void Rentals::lookAround(Done<SweepView> done) {
    start<SweepView>(
        [paths = m_paths](const std::stop_token &stop) {
            return withClient<SweepView>(stop, [&](DropletClient &client) { return around(client, paths); });
        },
        std::move(done));
}

void Rentals::sweep(const QList<qint64> &shown, Done<SweepView> done) {
    start<SweepView>(
        [this, shown](const std::stop_token &stop) {
            return withClient<SweepView>(stop, [&](DropletClient &client) -> Result<SweepView> {
                auto view = around(client, m_paths);
                if (!view)
                    return view;
                if (view->swept.dropletIds() != shown)
                    return Error{ErrorCode::InvalidInput,
                                 QStringLiteral("Other droplets are left over than were shown. Nothing was "
                                                "destroyed; look at the list again.")};
                RentalDestruction destruction(client, teller({}));
                if (const auto swept = destruction.run(view->swept); !swept)
                    return swept.error();
                return view;
            });
        },
        std::move(done));
}

void Rentals::cost(Done<CostView> done) {
    start<CostView>(
        [paths = m_paths](const std::stop_token &stop) -> Result<CostView> {
            auto known = knownRentals(paths);
            if (!known)
                return known.error();
            CostView view{std::move(*known), QDateTime::currentDateTimeUtc(), {}, {}};
            return withClient<CostView>(stop, [&](DropletClient &client) -> Result<CostView> {
                const auto balance = client.balance();
                if (balance)
                    view.balance = *balance;
                else if (balance.error().code == ErrorCode::AuthRefused)
                    view.balanceProblem = balance.error().text; // a scope that nothing else needs
                else
                    return balance.error();
                view.now = client.transport().now();
                return view;
            });
        },
        std::move(done));
}

} // namespace slipway
