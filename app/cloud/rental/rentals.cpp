// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentals.h"

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

// Nothing when the hosts are not the servers of a rental of the fleet's name.
Result<void> noteUsed(const Paths &paths, const Fleet &fleet, const QString &campaign, bool keep) {
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
}

Result<TokenView> viewToken(const RentalAccess &access) {
    const auto address = access.cloud->address();
    if (!address)
        return address.error();
    TokenView view;
    view.address = *address;
    view.variable = access.cloud->tokenVariable();
    const auto masked = access.cloud->maskedToken(address->url, access.stop);
    if (masked)
        view.masked = *masked;
    else
        view.problem = masked.error().text;
    return view;
}

} // namespace

Rentals::Rentals(Paths paths, SshOptions ssh, std::shared_ptr<const Cloud> cloud, QObject *parent)
    : QObject(parent), m_paths(std::move(paths)), m_ssh(std::move(ssh)), m_cloud(std::move(cloud)),
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

ReportRental Rentals::reporter(const QString &name) {
    return [this, name](const RentalProgress &progress) {
        m_mailbox->post([this, name, progress] { Q_EMIT progressed(name, progress); });
    };
}

void Rentals::reportChanged(const QString &name) {
    m_mailbox->post([this, name] { Q_EMIT changed(name); });
}

RentalProvisioning Rentals::provisioning(const QString &name, const std::stop_token &stop) {
    return {access(stop), m_ssh, reporter(name), [this, name] { reportChanged(name); }};
}

RentalRemoval Rentals::removal(const std::stop_token &stop) {
    return {access(stop), [this](const QString &name) { return reporter(name); },
            [this](const QString &name) { reportChanged(name); }};
}

void Rentals::preflight(const RentalSpec &spec, Done<Preflight> done) {
    start<Preflight>(
        {},
        [this, spec](const std::stop_token &stop) {
            return withProvider<Preflight>(
                *m_cloud, stop, [&](CloudProvider &provider) { return slipway::preflight(provider, spec); });
        },
        std::move(done));
}

void Rentals::create(const RentalSpec &spec, const RentalOptions &options, Done<RentalNow> done) {
    start<RentalNow>(
        spec.name,
        [this, spec, options](const std::stop_token &stop) {
            return provisioning(spec.name, stop).create(spec, options);
        },
        std::move(done));
}

void Rentals::prepare(const QString &name, const Preparation &preparation, Done<RentalNow> done) {
    start<RentalNow>(
        name,
        [this, name, preparation](const std::stop_token &stop) {
            return provisioning(name, stop).prepare(name, preparation);
        },
        std::move(done));
}

void Rentals::list(Done<KnownRentals> done) {
    start<KnownRentals>(
        {}, [this](const std::stop_token &stop) { return listRentals(access(stop)); }, std::move(done));
}

void Rentals::show(const QString &name, Done<RentalView> done) {
    start<RentalView>(
        {}, [this, name](const std::stop_token &stop) { return viewRental(access(stop), name); },
        std::move(done));
}

void Rentals::destroy(const QString &name, const std::optional<QList<qint64>> &shown,
                      const QString &abandoned, Done<void> done) {
    start<void>(
        name,
        [this, name, shown, abandoned](const std::stop_token &stop) {
            return removal(stop).destroy(name, shown, abandoned);
        },
        std::move(done));
}

void Rentals::campaignBegan(const Fleet &fleet, const QString &campaign, bool keep) {
    start<void>(
        fleet.name,
        [paths = m_paths, fleet, campaign, keep](const std::stop_token &) {
            return noteUsed(paths, fleet, campaign, keep);
        },
        [this, name = fleet.name](const Result<void> &noted) {
            if (!noted)
                Q_EMIT failed(name, noted.error());
        });
}

void Rentals::campaignEnded(const QString &campaign) {
    destroyOverdue({campaign}, [this](const Result<QStringList> &names) {
        if (!names)
            Q_EMIT failed({}, names.error());
    });
}

void Rentals::destroyOverdue(const QStringList &ended, Done<QStringList> done) {
    start<QStringList>(
        {}, [this, ended](const std::stop_token &stop) { return removal(stop).destroyOverdue(ended); },
        std::move(done));
}

void Rentals::lookAround(Done<OrphanView> done) {
    start<OrphanView>(
        {},
        [this](const std::stop_token &stop) {
            return withProvider<OrphanView>(*m_cloud, stop, [&](CloudProvider &provider) {
                return viewOrphans(access(stop), provider, std::nullopt);
            });
        },
        std::move(done));
}

void Rentals::destroyOrphans(const QStringList &chosen, Done<OrphanView> done) {
    start<OrphanView>(
        kOrphansName,
        [this, chosen](const std::stop_token &stop) { return removal(stop).destroyOrphans(chosen); },
        std::move(done));
}

void Rentals::cost(Done<CostView> done) {
    start<CostView>(
        {}, [this](const std::stop_token &stop) { return viewCost(access(stop)); }, std::move(done));
}

void Rentals::offers(Done<Offers> done) {
    start<Offers>(
        {}, [this](const std::stop_token &stop) { return viewOffers(access(stop)); }, std::move(done));
}

void Rentals::token(Done<TokenView> done) {
    start<TokenView>(
        {}, [this](const std::stop_token &stop) { return viewToken(access(stop)); }, std::move(done));
}

void Rentals::keepToken(const QByteArray &secret, const QUrl &address, Done<void> done) {
    start<void>(
        {}, [this, secret, address](const std::stop_token &) { return m_cloud->keepToken(secret, address); },
        std::move(done));
}

void Rentals::forgetToken(const QUrl &address, Done<void> done) {
    start<void>(
        {}, [this, address](const std::stop_token &) { return m_cloud->forgetToken(address); },
        std::move(done));
}

void Rentals::rememberApi(const QString &address, Done<void> done) {
    start<void>(
        {}, [this, address](const std::stop_token &) { return m_cloud->rememberAddress(address); },
        std::move(done));
}

} // namespace slipway
