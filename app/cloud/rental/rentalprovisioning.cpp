// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentalprovisioning.h"

#include "app/cloud/rental/preflight.h"
#include "app/cloud/rental/rentalcreation.h"
#include "app/cloud/rental/rentaldestruction.h"
#include "app/core/inputfile.h"
#include "app/fleet/fleetstore.h"
#include "models/fleet/rentalnames.h"

#include <QFile>
#include <QRandomGenerator>

namespace slipway {

namespace {

QString failures(const Preflight &report) {
    QStringList lines;
    for (const PreflightCheck &check : report.checks) {
        if (!check.ok)
            lines << QStringLiteral("%1: %2").arg(check.name, check.text);
    }
    return lines.join(QStringLiteral("; "));
}

constexpr qint64 kLongestKey = 16 * 1024; // bytes

QString once() {
    return QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
}

Result<void> addKeyTo(CloudProvider &provider, const RentalSpec &spec) {
    const auto keys = provider.keys();
    if (!keys)
        return keys.error();
    QFile file(spec.publicKeyFile);
    TRY(openToRead(file));
    const QString line = QString::fromUtf8(file.readLine(kLongestKey)).trimmed();
    // In use already: then it is there, which is enough.
    const auto added = provider.addKey(QStringLiteral("slipway-") + spec.owner, line);
    if (!added && added.error().code != ErrorCode::InvalidInput)
        return added.error();
    return {};
}

} // namespace

RentalProvisioning::RentalProvisioning(RentalAccess access, SshOptions ssh, ReportRental report,
                                       std::function<void()> changed)
    : m_access(std::move(access)), m_ssh(std::move(ssh)), m_report(std::move(report)),
      m_changed(std::move(changed)) {}

Result<RentalNow> RentalProvisioning::create(const RentalSpec &spec, const RentalOptions &options) {
    return withProvider<RentalNow>(*m_access.cloud, m_access.stop, [&](CloudProvider &provider) {
        return createWith(provider, spec, options);
    });
}

Result<std::unique_ptr<RentalJournal>> RentalProvisioning::beginOrContinue(CloudProvider &provider,
                                                                           RentalSpec spec, bool addKey) {
    const auto known = knownRental(m_access.paths, spec.name);
    if (known && known->state == Rental::State::Creating) {
        m_report(
            {QStringLiteral("preflight"),
             QStringLiteral("taking up what was begun at %1").arg(known->begunAt.toString(Qt::ISODate))});
        return RentalJournal::open(m_access.paths, spec.name);
    }
    if (known && known->state != Rental::State::Ended)
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("Fleet %1 exists already (%2). Destroy it, or choose another name.")
                         .arg(spec.name, rentalStateName(known->state))};
    if (!known && known.error().code != ErrorCode::NotFound)
        return known.error();
    if (spec.name == kSandboxFleet || FleetStore(m_access.paths).load(spec.name))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("There is a fleet %1 already. Choose another name.").arg(spec.name)};
    if (addKey) {
        TRY(addKeyTo(provider, spec));
    }
    const auto report = slipway::preflight(provider, spec);
    if (!report)
        return report.error();
    if (!report->ok())
        return Error{ErrorCode::InvalidInput, QStringLiteral("Nothing was rented. ") + failures(*report)};
    m_report({QStringLiteral("preflight"), QStringLiteral("%1 droplets at %2 an hour, about %3 for %4 h")
                                               .arg(spec.members.size())
                                               .arg(report->perHour.text(), report->expected.text())
                                               .arg(spec.hours)});
    const QDateTime now = provider.now();
    spec = report->spec;
    return RentalJournal::begin(m_access.paths, spec,
                                rentalnames::ownerTag(spec.name, rentalnames::legalOwner(spec.owner),
                                                      now.addSecs(qint64(spec.hours) * 3600), once()),
                                provider.address(), now);
}

Result<void> RentalProvisioning::makeReady(CloudProvider &provider, RentalJournal &journal, bool login) {
    TRY(RentalCreation(provider, journal, m_report).run());
    if (login) {
        RentalHosts hosts(m_ssh, provider.stop(), m_report);
        TRY(hosts.awaitReady(journal.rental().hosts()));
    }
    TRY(journal.append({provider.now(), QStringLiteral("ready"), {}, {}, {}, {}, {}}));
    journal.removeKeys();
    return {};
}

Result<RentalNow> RentalProvisioning::createWith(CloudProvider &provider, const RentalSpec &spec,
                                                 const RentalOptions &options) {
    TRY(checkSpec(spec));
    auto journal = beginOrContinue(provider, spec, options.addKey);
    if (!journal)
        return journal.error();
    m_changed();
    const auto ready = makeReady(provider, **journal, options.login);
    m_changed();
    if (ready)
        return RentalNow{(*journal)->rental(), provider.apiTime(), {}};
    // Stopped, nothing can be destroyed either, whatever it was that failed just then.
    if (ready.error().code == ErrorCode::Cancelled || m_access.stop.stop_requested() ||
        (*journal)->rental().spec.keep)
        return Error{ready.error().code,
                     ready.error().text +
                         QStringLiteral(" What was made is kept: \"fleet create %1\" continues it, "
                                        "\"fleet destroy %1\" gives it back.")
                             .arg(spec.name)};
    m_report({kDestroySteps.first(),
              QStringLiteral("%1 Destroying what was provisioned.").arg(ready.error().text)});
    const auto destroyed = RentalDestruction(provider, m_report).run(**journal, std::nullopt);
    m_changed();
    if (destroyed)
        return Error{ready.error().code,
                     ready.error().text + QStringLiteral(" Everything that was created is destroyed.")};
    return Error{ready.error().code,
                 QStringLiteral("%1 Not everything could be destroyed: %2 Run \"fleet destroy %3\".")
                     .arg(ready.error().text, destroyed.error().text, spec.name)};
}

Result<RentalNow> RentalProvisioning::prepare(const QString &name, const Preparation &preparation) {
    const auto journal = RentalJournal::open(m_access.paths, name);
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
    RentalHosts hosts(m_ssh, m_access.stop, m_report);
    TRY(hosts.awaitReady(rental.hosts()));
    TRY(hosts.prepare(rental.hosts(), preparation));
    const TimeAsked time = askApiTime(m_access);
    return RentalNow{rental, time.now, time.problem};
}

} // namespace slipway
