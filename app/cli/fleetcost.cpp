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

TerminalText viewText(const CostView &view) {
    QList<QStringList> rows{{QStringLiteral("FLEET"), QStringLiteral("STATE"), QStringLiteral("AGE"),
                             QStringLiteral("AN HOUR"), QStringLiteral("SO FAR")}};
    Money sum;
    const QDateTime &now = view.known.now;
    for (const KnownRental &known : view.known.rentals) {
        const Rental &rental = known.rental;
        sum += rental.cost(now).value_or(Money{});
        rows << QStringList{rental.spec.name, rentalStateText(known.rental.state, known.held),
                            ageText(rental.begunAt, rental.endedAt.isValid() ? rental.endedAt : now),
                            rental.perHour().text(), costText(rental.cost(now))};
    }
    TerminalText text =
        view.known.rentals.isEmpty()
            ? TerminalText("No fleet was rented from here.\n")
            : tableText(rows) + "\n" + lineText(QStringLiteral("Together %1.").arg(sum.text()));
    if (view.balance)
        text += lineText(
            QStringLiteral("The account, all of this month as of %1: %2")
                .arg(view.balance->generatedAt.toString(Qt::ISODate), view.balance->monthToDate.text()));
    else
        text += lineText(QStringLiteral("The account's month is not known: %1").arg(view.balanceProblem));
    return text;
}

QJsonDocument costJson(const CostView &view) {
    QJsonArray rentals;
    for (const KnownRental &known : view.known.rentals) {
        QJsonObject rental = rentalToJson(known.rental, view.known.now);
        rental.insert(QStringLiteral("held"), known.held);
        rental.insert(QStringLiteral("problem"), orNull(known.problem));
        rentals.append(rental);
    }
    return QJsonDocument(
        QJsonObject{{QStringLiteral("fleets"), rentals},
                    {QStringLiteral("month_to_date_usd"),
                     view.balance ? QJsonValue(view.balance->monthToDate.dollars()) : QJsonValue()}});
}

} // namespace

ExitCode fleetCost(const Context &context, const QCommandLineParser &parser) {
    const bool json = parser.isSet(QStringLiteral("json"));
    return withRentals(context, true, [json](Rentals &rentals) {
        rentals.cost([json](const Result<CostView> &view) {
            if (!view) {
                endWith(view.error());
                return;
            }
            print(json ? jsonText(costJson(*view)) : viewText(*view));
            for (const KnownRental &known : view->known.rentals) {
                if (!known.problem.isEmpty())
                    printNote(known.problem);
            }
            printTimeProblem(view->known.nowProblem);
            exitWith(view->known.nowProblem.isEmpty() ? ExitCode::Done : ExitCode::NotDone);
        });
    });
}

} // namespace slipway::cli
