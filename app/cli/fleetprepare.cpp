// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace slipway::cli {

namespace {

constexpr int kMaxHours = 24 * 7;

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] fleet prepare NAME [OPTIONS]\n\n"
    "Waits until every host of a rented fleet can be used, installs packages that are missing and the server "
    "under\n"
    "test, and has the hosts power themselves off after a time. Can be repeated.\n\n"
    "  --server FILE    a program of this machine; its hash is checked on every host\n"
    "  --version TEXT   recorded in /etc/ai-memory/version; without it, what the server says of itself\n"
    "  --off-after N    8 hours; 0: never. A droplet that is off COSTS AS MUCH as before; only destroy ends "
    "that\n"
    "  --quiet, --json\n\n"
    "Exit code: 0 done, 1 failed, 2 wrong usage, 4 there is no such fleet.\n";

} // namespace

int fleetPrepare(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    for (const auto &name : {"server", "version", "off-after"})
        parser.addOption({QLatin1String(name), {}, QStringLiteral("value")});
    for (const auto &name : {"quiet", "json"})
        parser.addOption({QLatin1String(name), {}});
    if (const auto code = parse(parser, QStringLiteral("fleet"), arguments, kHelp, 1, 1))
        return *code;
    Preparation preparation{parser.value(QStringLiteral("server")), parser.value(QStringLiteral("version"))};
    if (parser.isSet(QStringLiteral("off-after"))) {
        bool isNumber = false;
        preparation.offHours = parser.value(QStringLiteral("off-after")).toInt(&isNumber);
        if (!isNumber || preparation.offHours < 0 || preparation.offHours > kMaxHours)
            return failUsage(QStringLiteral("fleet prepare"),
                             QStringLiteral("--off-after wants 0 to %1 hours").arg(kMaxHours));
    }
    const bool json = parser.isSet(QStringLiteral("json"));
    return withRentals(context, parser.isSet(QStringLiteral("quiet")), [&](Rentals &rentals) {
        rentals.prepare(parser.positionalArguments().constFirst(), preparation,
                        [json](const Result<RentalNow> &rental) {
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
