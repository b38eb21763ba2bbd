// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Rentals that rents. All of it runs on the thread of one call.
#include "app/cloud/rental/rentalcreation.h"
#include "app/cloud/rental/rentaldestruction.h"
#include "app/cloud/rental/rentals.h"
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

Result<void> addKeyTo(DropletClient &client, const RentalSpec &spec) {
    const auto keys = client.keys();
    if (!keys)
        return keys.error();
    QFile file(spec.publicKeyFile);
    TRY(openToRead(file));
    const QString line = QString::fromUtf8(file.readLine(kLongestKey)).trimmed();
    // In use already: then it is there, which is all that is wanted.
    const auto added = client.addKey(QStringLiteral("slipway-") + spec.owner, line);
    if (!added && added.error().code != ErrorCode::InvalidInput)
        return added.error();
    return {};
}

} // namespace

Result<std::unique_ptr<RentalJournal>> Rentals::beginOrTakeUp(DropletClient &client, RentalSpec spec,
                                                              bool addKey) {
    const TellRental tell = teller(spec.name);
    const auto known = knownRental(m_paths, spec.name);
    if (known && known->state == Rental::State::Creating) {
        tell({QStringLiteral("preflight"),
              QStringLiteral("taking up what was begun at %1").arg(known->begunAt.toString(Qt::ISODate))});
        return RentalJournal::open(m_paths, spec.name);
    }
    if (known && known->state != Rental::State::Ended)
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("Fleet %1 exists already (%2). Destroy it, or choose another name.")
                         .arg(spec.name, rentalStateName(known->state))};
    if (!known && known.error().code != ErrorCode::NotFound)
        return known.error();
    if (spec.name == kSandboxFleet || FleetStore(m_paths).load(spec.name))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("There is a fleet %1 already. Choose another name.").arg(spec.name)};
    if (addKey) {
        TRY(addKeyTo(client, spec));
    }
    const auto report = slipway::preflight(client, spec);
    if (!report)
        return report.error();
    if (!report->ok())
        return Error{ErrorCode::InvalidInput, QStringLiteral("Nothing was rented. ") + failures(*report)};
    tell({QStringLiteral("preflight"), QStringLiteral("%1 droplets at %2 an hour, about %3 for %4 h")
                                           .arg(spec.members.size())
                                           .arg(report->perHour.text(), report->expected.text())
                                           .arg(spec.hours)});
    const QDateTime now = client.transport().now();
    spec = report->spec;
    return RentalJournal::begin(m_paths, spec,
                                rentalnames::ownerTag(spec.name, rentalnames::legalOwner(spec.owner),
                                                      now.addSecs(qint64(spec.hours) * 3600), once()),
                                apiText(client.transport().base()), now);
}

Result<void> Rentals::makeReady(DropletClient &client, RentalJournal &journal, bool login,
                                const TellRental &tell) {
    TRY(RentalCreation(client, journal, tell).run());
    if (login) {
        RentalHosts hosts(m_ssh, client.transport().stop(), tell);
        TRY(hosts.awaitReady(journal.rental().hosts()));
    }
    if (const auto noted =
            journal.append({client.transport().now(), QStringLiteral("ready"), {}, {}, {}, {}, {}});
        !noted)
        return noted.error();
    journal.removeKeys();
    return {};
}

Result<RentalNow> Rentals::createNow(DropletClient &client, const RentalSpec &spec,
                                     const RentalOptions &options, const std::stop_token &stop) {
    TRY(checkSpec(spec));
    const TellRental tell = teller(spec.name);
    auto journal = beginOrTakeUp(client, spec, options.addKey);
    if (!journal)
        return journal.error();
    tellChanged(spec.name);
    const auto ready = makeReady(client, **journal, options.login, tell);
    tellChanged(spec.name);
    if (ready)
        return RentalNow{(*journal)->rental(), client.transport().apiTime(), {}};
    // Stopped, nothing can be destroyed either, whatever it was that failed just then.
    if (ready.error().code == ErrorCode::Cancelled || stop.stop_requested() || (*journal)->rental().spec.keep)
        return Error{ready.error().code,
                     ready.error().text +
                         QStringLiteral(" What was made is kept: \"fleet create %1\" takes it up, "
                                        "\"fleet destroy %1\" gives it back.")
                             .arg(spec.name)};
    tell({kDestroySteps.first(), QStringLiteral("%1 Giving back what was made.").arg(ready.error().text)});
    const auto destroyed = RentalDestruction(client, tell).run(**journal, std::nullopt);
    tellChanged(spec.name);
    if (destroyed)
        return Error{ready.error().code,
                     ready.error().text + QStringLiteral(" Everything that was created is destroyed.")};
    return Error{ready.error().code,
                 QStringLiteral("%1 Not everything could be destroyed: %2 Run \"fleet destroy %3\".")
                     .arg(ready.error().text, destroyed.error().text, spec.name)};
}

} // namespace slipway
