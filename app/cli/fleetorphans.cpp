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

QString claimName(OrphanCandidate::Claim claim) {
    switch (claim) {
    case OrphanCandidate::Claim::Nobody:
        return QStringLiteral("nobody");
    case OrphanCandidate::Claim::Here:
        return QStringLiteral("here");
    case OrphanCandidate::Claim::Elsewhere:
        return QStringLiteral("elsewhere");
    case OrphanCandidate::Claim::Unclear:
        return QStringLiteral("unclear");
    case OrphanCandidate::Claim::Campaign:
        return QStringLiteral("campaign");
    case OrphanCandidate::Claim::InUse:
        return QStringLiteral("in use");
    }
    return {};
}

TerminalText orphansText(const OrphanView &view) {
    QList<QStringList> rows{{QStringLiteral("WHAT"), QStringLiteral("ID"), QStringLiteral("NAME"),
                             QStringLiteral("STATE"), QStringLiteral("AGE"), QStringLiteral("COST"),
                             QStringLiteral("NEEDED BY")}};
    Money sum;
    Money perHour;
    for (const OrphanCandidate &candidate : view.candidates) {
        const bool isServer = candidate.kind == OrphanCandidate::Kind::Server;
        if (isServer && candidate.claim == OrphanCandidate::Claim::Nobody) {
            sum += candidate.cost;
            perHour += candidate.perHour;
        }
        rows << QStringList{candidateKindName(candidate.kind),
                            candidate.id,
                            candidate.name,
                            candidate.status == QLatin1String("off") ? QStringLiteral("off, still charged")
                            : isServer                               ? candidate.status
                                                                     : QStringLiteral("-"),
                            ageText(candidate.createdAt, view.now),
                            isServer ? candidate.cost.text() : QStringLiteral("-"),
                            claimText(candidate)};
    }
    if (view.candidates.isEmpty())
        return TerminalText("Nothing in the account looks like a fleet's.\n");
    return tableText(rows) + "\n" +
           lineText(
               QStringLiteral("Needed by nobody: %1 so far, %2 an hour.").arg(sum.text(), perHour.text()));
}

QJsonDocument orphansJson(const OrphanView &view) {
    QJsonArray array;
    for (const OrphanCandidate &candidate : view.candidates)
        array.append(QJsonObject{{QStringLiteral("kind"), candidateKindName(candidate.kind)},
                                 {QStringLiteral("id"), candidate.id},
                                 {QStringLiteral("name"), candidate.name},
                                 {QStringLiteral("fleet"), candidate.fleet},
                                 {QStringLiteral("claim"), claimName(candidate.claim)},
                                 {QStringLiteral("owner"), candidate.owner},
                                 {QStringLiteral("status"), candidate.status},
                                 {QStringLiteral("created"), candidate.createdAt.toString(Qt::ISODate)},
                                 {QStringLiteral("usd_so_far"), candidate.cost.dollars()}});
    return QJsonDocument(array);
}

QStringList idsOf(const Belongings &orphans) {
    QStringList ids;
    for (const CloudServer &server : orphans.servers)
        ids << QString::number(server.id);
    for (const Firewall &firewall : orphans.firewalls)
        ids << firewall.id;
    for (const CloudNetwork &network : orphans.networks)
        ids << network.id;
    return ids;
}

} // namespace

ExitCode fleetOrphans(const Context &context, const QCommandLineParser &parser) {
    return withRentals(context, parser.isSet(QStringLiteral("quiet")), [&](Rentals &rentals) {
        rentals.lookAround([&](const Result<OrphanView> &view) {
            if (!view) {
                endWith(view.error());
                return;
            }
            print(parser.isSet(QStringLiteral("json")) ? jsonText(orphansJson(*view)) : orphansText(*view));
            if (parser.isSet(QStringLiteral("dry-run")) || !view->orphans.costsOrBlocks()) {
                exitWith(ExitCode::Done);
                return;
            }
            if (!agreed(parser, QStringLiteral("Destroy what nobody needs?"))) {
                exitWith(ExitCode::Usage);
                return;
            }
            rentals.destroyOrphans(idsOf(view->orphans), [&](const Result<OrphanView> &destroyed) {
                if (!destroyed) {
                    endWith(destroyed.error());
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
