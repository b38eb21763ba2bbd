// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

namespace slipway::cli {

namespace {

constexpr int kUsage = 2;

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] fleet destroy NAME [--abandon CAMPAIGN] [--yes] [--dry-run] [--quiet] "
    "[--json]\n\n"
    "Shows the exact list, asks, and gives the droplets back by their ids, then the firewall, the VPC and "
    "the tags.\n"
    "Done only when DigitalOcean says that each is gone. Cut off, the same command goes on. Works for a "
    "fleet that\n"
    "was rented from another machine too.\n\n"
    "  --abandon CAMPAIGN   also when this campaign has not ended on it: what its hosts have not handed over "
    "is "
    "lost\n"
    "  --yes                do not ask\n"
    "  --dry-run            only show the list\n\n"
    "Exit code: 0 everything is gone, 1 not everything, 2 refused, 4 there is no such fleet, or no token.\n";

QString campaignText(const QString &fleet, const QString &campaign) {
    return QStringLiteral("Campaign %1 has not ended on fleet %2. Stop it, wait for its end or take it up "
                          "(slipwayctl resume %1); or give it up with --abandon %1.")
        .arg(campaign, fleet);
}

} // namespace

int fleetDestroy(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    for (const auto &name : {"yes", "dry-run", "quiet", "json"})
        parser.addOption({QLatin1String(name), {}});
    parser.addOption({QStringLiteral("abandon"), {}, QStringLiteral("value")});
    if (const auto code = parse(parser, QStringLiteral("fleet"), arguments, kHelp, 1, 1))
        return *code;
    const QString name = parser.positionalArguments().constFirst();
    const bool json = parser.isSet(QStringLiteral("json"));
    return withRentals(context, parser.isSet(QStringLiteral("quiet")), [&, name](Rentals &rentals) {
        rentals.show(name, [&, name](const Result<RentalView> &view) {
            if (!view) {
                endWith(view.error());
                return;
            }
            if (json)
                print(jsonText(QJsonDocument(belongingsToJson(view->there))));
            else
                print(belongingsText(view->there, view->now));
            if (parser.isSet(QStringLiteral("dry-run"))) {
                if (!view->campaign.isEmpty())
                    fail(campaignText(name, view->campaign), 0);
                QCoreApplication::exit(0);
                return;
            }
            const QString abandoned = parser.value(QStringLiteral("abandon"));
            if (view->campaign != abandoned) {
                QCoreApplication::exit(
                    fail(view->campaign.isEmpty()
                             ? QStringLiteral("No campaign %1 is on fleet %2. Nothing was destroyed.")
                                   .arg(abandoned, name)
                             : campaignText(name, view->campaign) + QStringLiteral(" Nothing was destroyed."),
                         kUsage));
                return;
            }
            if (!agreed(parser, QStringLiteral("Destroy all of this?"))) {
                QCoreApplication::exit(kUsage);
                return;
            }
            rentals.destroy(name, view->there.dropletIds(), abandoned,
                            [name, json](const Result<void> &destroyed) {
                                if (!destroyed) {
                                    endWith(destroyed.error());
                                    return;
                                }
                                if (!json)
                                    print(lineText(QStringLiteral("Fleet %1 is gone.").arg(name)));
                                QCoreApplication::exit(0);
                            });
        });
    });
}

} // namespace slipway::cli
