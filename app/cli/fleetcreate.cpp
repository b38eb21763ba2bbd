// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/tables.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace slipway::cli {

namespace {

Result<int> numberOf(const QCommandLineParser &parser, const QString &name, int fallback) {
    if (!parser.isSet(name))
        return fallback;
    bool isNumber = false;
    const int number = parser.value(name).toInt(&isNumber);
    if (!isNumber)
        return Error{ErrorCode::InvalidInput, QStringLiteral("--%1 must be a number").arg(name)};
    return number;
}

Result<RentalSpec> specOf(const QCommandLineParser &parser) {
    const auto text = [&](const char *name, const QString &fallback) {
        return parser.isSet(QLatin1String(name)) ? parser.value(QLatin1String(name)) : fallback;
    };
    RentalSpec spec;
    spec.name = parser.positionalArguments().constFirst();
    spec.region = text("region", spec.region);
    spec.image = text("image", spec.image);
    spec.range = text("range", spec.range);
    spec.publicKeyFile =
        QDir().absoluteFilePath(text("key", QDir::homePath() + QStringLiteral("/.ssh/id_ed25519.pub")));
    if (parser.isSet(QStringLiteral("ssh-from")))
        spec.sshFrom = parser.value(QStringLiteral("ssh-from")).split(QLatin1Char(','));
    if (parser.isSet(QStringLiteral("ssh-config")))
        spec.sshConfig = QDir().absoluteFilePath(parser.value(QStringLiteral("ssh-config")));
    spec.serverPath = text("server-path", spec.serverPath);
    spec.owner = rentingUser();
    spec.keep = parser.isSet(QStringLiteral("keep"));
    const auto hours = numberOf(parser, QStringLiteral("hours"), spec.hours);
    if (!hours)
        return hours.error();
    spec.hours = *hours;
    const auto peers = numberOf(parser, QStringLiteral("peers"), 3);
    if (!peers)
        return peers.error();
    spec.members =
        defaultMembers(*peers, text("size", kDefaultPeerSize), text("chaos-size", kDefaultChaosSize));
    TRY(checkSpec(spec));
    return spec;
}

void showPreflight(const Preflight &report, bool json) {
    QJsonArray checks;
    QList<QStringList> rows;
    for (const PreflightCheck &check : report.checks) {
        checks.append(QJsonObject{{QStringLiteral("name"), check.name},
                                  {QStringLiteral("ok"), check.ok},
                                  {QStringLiteral("text"), check.text}});
        rows << QStringList{check.ok ? QStringLiteral("ok") : QStringLiteral("NO"), check.name, check.text};
    }
    const bool open = report.spec.sshFrom.contains(QStringLiteral("0.0.0.0/0"));
    if (json)
        print(jsonText(QJsonDocument(
            QJsonObject{{QStringLiteral("schema"), schemaText(QStringLiteral("rental-preflight/1"))},
                        {QStringLiteral("ok"), report.ok()},
                        {QStringLiteral("checks"), checks},
                        {QStringLiteral("range"), report.spec.range},
                        {QStringLiteral("ssh_open_to_all"), open},
                        {QStringLiteral("usd_per_hour"), report.perHour.dollars()},
                        {QStringLiteral("usd_expected"), report.expected.dollars()}})));
    else
        print(tableText(rows) +
              (open ? TerminalText("\nSSH will be open to everyone; --ssh-from narrows that.\n")
                    : TerminalText()));
}

// Cancelled: what was provisioned is destroyed, unless that is cancelled too.
void destroyProvisioned(Rentals &rentals, const Error &error, const QString &name) {
    printNote(QStringLiteral("Stopped. Destroying what was provisioned; once more to leave it."));
    rentals.destroy(name, std::nullopt, {}, [error, name](const Result<void> &destroyed) {
        if (destroyed || destroyed.error().code == ErrorCode::NotFound)
            exitWith(fail(QStringLiteral("Fleet %1 was not rented.").arg(name), ExitCode::Stopped));
        else
            endWith(destroyed.error());
    });
}

} // namespace

ExitCode fleetCreate(const Context &context, const QCommandLineParser &parser) {
    const auto spec = specOf(parser);
    if (!spec)
        return failUsage(context, spec.error().text);
    const bool json = parser.isSet(QStringLiteral("json"));
    const RentalOptions options{parser.isSet(QStringLiteral("add-key")),
                                !parser.isSet(QStringLiteral("no-login"))};
    return withRentals(context, parser.isSet(QStringLiteral("quiet")), [&](Rentals &rentals) {
        if (parser.isSet(QStringLiteral("dry-run"))) {
            rentals.preflight(*spec, [json](const Result<Preflight> &report) {
                if (!report) {
                    endWith(report.error());
                    return;
                }
                showPreflight(*report, json);
                exitWith(report->ok() ? ExitCode::Done : ExitCode::Usage);
            });
            return;
        }
        rentals.create(
            *spec, options,
            [&rentals, json, keep = spec->keep, name = spec->name](const Result<RentalNow> &rental) {
                if (!rental && rental.error().code == ErrorCode::Cancelled && !keep) {
                    destroyProvisioned(rentals, rental.error(), name);
                    return;
                }
                if (!rental) {
                    endWith(rental.error());
                    return;
                }
                printRental(*rental, json);
                exitWith(ExitCode::Done);
            });
    });
}

} // namespace slipway::cli
