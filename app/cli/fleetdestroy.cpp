// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

namespace slipway::cli {

namespace {

QString campaignText(const QString &fleet, const QString &campaign) {
    return QStringLiteral("Campaign %1 has not ended on fleet %2. Stop it, wait for its end or resume it "
                          "(slipwayctl resume %1); or abandon it with --abandon %1.")
        .arg(campaign, fleet);
}

} // namespace

ExitCode fleetDestroy(const Context &context, const QCommandLineParser &parser) {
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
                    printNote(campaignText(name, view->campaign));
                exitWith(ExitCode::Done);
                return;
            }
            const QString abandoned = parser.value(QStringLiteral("abandon"));
            if (view->campaign != abandoned) {
                exitWith(
                    fail(view->campaign.isEmpty()
                             ? QStringLiteral("No campaign %1 is on fleet %2. Nothing was destroyed.")
                                   .arg(abandoned, name)
                             : campaignText(name, view->campaign) + QStringLiteral(" Nothing was destroyed."),
                         ExitCode::Usage));
                return;
            }
            if (!agreed(parser, QStringLiteral("Destroy all of this?"))) {
                exitWith(ExitCode::Usage);
                return;
            }
            rentals.destroy(name, view->there.serverIds(), abandoned,
                            [name, json](const Result<void> &destroyed) {
                                if (!destroyed) {
                                    endWith(destroyed.error());
                                    return;
                                }
                                if (!json)
                                    print(lineText(QStringLiteral("Fleet %1 is gone.").arg(name)));
                                exitWith(ExitCode::Done);
                            });
        });
    });
}

} // namespace slipway::cli
