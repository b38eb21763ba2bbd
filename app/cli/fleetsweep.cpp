// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/fleetrental.h"
#include "app/cli/tables.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace slipway::cli {

namespace {

QString claimName(Leftover::Claim claim) {
    switch (claim) {
    case Leftover::Claim::Nobody:
        return QStringLiteral("nobody");
    case Leftover::Claim::Here:
        return QStringLiteral("here");
    case Leftover::Claim::Elsewhere:
        return QStringLiteral("elsewhere");
    case Leftover::Claim::Unclear:
        return QStringLiteral("unclear");
    case Leftover::Claim::Campaign:
        return QStringLiteral("campaign");
    case Leftover::Claim::InUse:
        return QStringLiteral("in use");
    }
    return {};
}

TerminalText sweepText(const SweepView &view) {
    QList<QStringList> rows{{QStringLiteral("WHAT"), QStringLiteral("ID"), QStringLiteral("NAME"),
                             QStringLiteral("STATE"), QStringLiteral("AGE"), QStringLiteral("COST"),
                             QStringLiteral("NEEDED BY")}};
    Money sum;
    Money perHour;
    for (const Leftover &leftover : view.leftovers) {
        const bool isServer = leftover.kind == Leftover::Kind::Server;
        if (isServer && leftover.claim == Leftover::Claim::Nobody) {
            sum += leftover.cost;
            perHour += leftover.perHour;
        }
        rows << QStringList{leftoverKindName(leftover.kind),
                            leftover.id,
                            leftover.name,
                            leftover.status == QLatin1String("off") ? QStringLiteral("off, still charged")
                            : isServer                              ? leftover.status
                                                                    : QStringLiteral("-"),
                            ageText(leftover.createdAt, view.now),
                            isServer ? leftover.cost.text() : QStringLiteral("-"),
                            claimText(leftover)};
    }
    if (view.leftovers.isEmpty())
        return TerminalText("Nothing in the account looks like a fleet's.\n");
    return tableText(rows) + "\n" +
           lineText(
               QStringLiteral("Needed by nobody: %1 so far, %2 an hour.").arg(sum.text(), perHour.text()));
}

QJsonDocument sweepJson(const SweepView &view) {
    QJsonArray array;
    for (const Leftover &leftover : view.leftovers)
        array.append(QJsonObject{{QStringLiteral("kind"), leftoverKindName(leftover.kind)},
                                 {QStringLiteral("id"), leftover.id},
                                 {QStringLiteral("name"), leftover.name},
                                 {QStringLiteral("fleet"), leftover.fleet},
                                 {QStringLiteral("claim"), claimName(leftover.claim)},
                                 {QStringLiteral("owner"), leftover.owner},
                                 {QStringLiteral("status"), leftover.status},
                                 {QStringLiteral("created"), leftover.createdAt.toString(Qt::ISODate)},
                                 {QStringLiteral("usd_so_far"), leftover.cost.dollars()}});
    return QJsonDocument(array);
}

QStringList idsOf(const Belongings &swept) {
    QStringList ids;
    for (const CloudServer &server : swept.servers)
        ids << QString::number(server.id);
    for (const Firewall &firewall : swept.firewalls)
        ids << firewall.id;
    for (const CloudNetwork &network : swept.networks)
        ids << network.id;
    return ids;
}

} // namespace

ExitCode fleetSweep(const Context &context, const QCommandLineParser &parser) {
    return withRentals(context, parser.isSet(QStringLiteral("quiet")), [&](Rentals &rentals) {
        rentals.lookAround([&](const Result<SweepView> &view) {
            if (!view) {
                endWith(view.error());
                return;
            }
            print(parser.isSet(QStringLiteral("json")) ? jsonText(sweepJson(*view)) : sweepText(*view));
            if (parser.isSet(QStringLiteral("dry-run")) || !view->swept.costsOrBlocks()) {
                exitWith(ExitCode::Done);
                return;
            }
            if (!agreed(parser, QStringLiteral("Destroy what nobody needs?"))) {
                exitWith(ExitCode::Usage);
                return;
            }
            rentals.sweep(idsOf(view->swept), [&](const Result<SweepView> &swept) {
                if (!swept) {
                    endWith(swept.error());
                    return;
                }
                if (!parser.isSet(QStringLiteral("json")))
                    print("It is gone.\n");
                exitWith(ExitCode::Done);
            });
        });
    });
}

} // namespace slipway::cli
