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

constexpr int kFailed = 1;

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] fleet create NAME [OPTIONS]\n\n"
    "Rents droplets at DigitalOcean: a tag, a VPC, a firewall, then the droplets, and waits until SSH "
    "answers with\n"
    "the key that was injected and cloud-init has ended well. When something fails, what was made is given "
    "back.\n"
    "Cut off, the same command takes it up again. Ctrl-C gives back what was made; twice leaves it.\n\n"
    "  --region SLUG       nyc3\n"
    "  --image SLUG|ID     ubuntu-24-04-x64\n"
    "  --peers N           3, named node-a, node-b, ...; and one host \"chaos\"\n"
    "  --size SLUG         of the peers: s-2vcpu-4gb\n"
    "  --chaos-size SLUG   s-1vcpu-2gb\n"
    "  --range NETWORK     of the VPC; without it a free one is chosen\n"
    "  --key FILE.pub      who may log in: ~/.ssh/id_ed25519.pub\n"
    "  --add-key           put that key into the account when it is not there\n"
    "  --ssh-from A,B      networks that may reach SSH; without it: everyone\n"
    "  --ssh-config FILE   for connections to the droplets; without it: none\n"
    "  --server-path PATH  where the server under test shall lie: /usr/local/bin/ai-memory\n"
    "  --hours N           8; then the droplets power themselves off, WHICH DOES NOT STOP THEIR COST\n"
    "  --keep              do not destroy it at the end of a campaign, nor when this fails\n"
    "  --no-login          done when the droplets are active; \"fleet prepare\" logs in\n"
    "  --dry-run           only the preflight: scopes, limit, key, slugs, names, range, price\n"
    "  --quiet, --json\n\n"
    "The token is DIGITALOCEAN_TOKEN, or the one that \"fleet token\" put into the system keyring.\n"
    "Exit code: 0 done, 1 failed, 2 wrong usage or refused by the preflight, 4 no token.\n";

Result<int> numberOf(const QCommandLineParser &parser, const QString &name, int fallback) {
    if (!parser.isSet(name))
        return fallback;
    bool isNumber = false;
    const int number = parser.value(name).toInt(&isNumber);
    if (!isNumber)
        return Error{ErrorCode::InvalidInput, QStringLiteral("--%1 wants a number").arg(name)};
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
    if (const auto checked = checkSpec(spec); !checked)
        return checked.error();
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
        print(jsonText(
            QJsonDocument(QJsonObject{{QStringLiteral("ok"), report.ok()},
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

// Cancelled: what was made is given back, unless that is cancelled too.
void giveBack(Rentals &rentals, const Error &error, const QString &name) {
    fail(QStringLiteral("Stopped. Giving back what was made; once more to leave it."), 0);
    rentals.destroy(name, std::nullopt, {}, [error, name](const Result<void> &destroyed) {
        if (destroyed || destroyed.error().code == ErrorCode::NotFound)
            QCoreApplication::exit(fail(QStringLiteral("Fleet %1 was not rented.").arg(name), kFailed));
        else
            endWith(destroyed.error());
    });
}

} // namespace

int fleetCreate(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    for (const auto &name : {"region", "image", "peers", "size", "chaos-size", "range", "key", "ssh-from",
                             "ssh-config", "server-path", "hours"})
        parser.addOption({QLatin1String(name), {}, QStringLiteral("value")});
    for (const auto &name : {"add-key", "keep", "no-login", "dry-run", "quiet", "json"})
        parser.addOption({QLatin1String(name), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet"), arguments, kHelp, 1, 1))
        return *code;
    const auto spec = specOf(parser);
    if (!spec)
        return failUsage(QStringLiteral("fleet create"), spec.error().text);
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
                QCoreApplication::exit(report->ok() ? 0 : 2);
            });
            return;
        }
        rentals.create(
            *spec, options,
            [&rentals, json, keep = spec->keep, name = spec->name](const Result<RentalNow> &rental) {
                if (!rental && rental.error().code == ErrorCode::Cancelled && !keep) {
                    giveBack(rentals, rental.error(), name);
                    return;
                }
                if (!rental) {
                    endWith(rental.error());
                    return;
                }
                printRental(*rental, json);
                QCoreApplication::exit(0);
            });
    });
}

} // namespace slipway::cli
