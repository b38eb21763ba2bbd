// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace slipway::cli {

namespace {

constexpr int kMaxHours = 24 * 7;

} // namespace

ExitCode fleetPrepare(const Context &context, const QCommandLineParser &parser) {
    Preparation preparation{parser.value(QStringLiteral("server")), parser.value(QStringLiteral("version"))};
    if (parser.isSet(QStringLiteral("off-after"))) {
        bool isNumber = false;
        preparation.offHours = parser.value(QStringLiteral("off-after")).toInt(&isNumber);
        if (!isNumber || preparation.offHours < 0 || preparation.offHours > kMaxHours)
            return failUsage(context, QStringLiteral("--off-after must be 0 to %1 hours").arg(kMaxHours));
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
                            exitWith(ExitCode::Done);
                        });
    });
}

} // namespace slipway::cli
