// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cloud/rental/rentals.h"
#include "models/fleet/rentaltext.h"

#include <QJsonObject>

#include <functional>
#include <optional>

class QCommandLineParser;

namespace slipway::cli {

// `fleet create|prepare|destroy|sweep|cost|token|api`, each in a file of its own: `arguments` without that
// word.
ExitCode fleetCreate(const Context &context, const QCommandLineParser &parser);
ExitCode fleetPrepare(const Context &context, const QCommandLineParser &parser);
ExitCode fleetDestroy(const Context &context, const QCommandLineParser &parser);
ExitCode fleetOrphans(const Context &context, const QCommandLineParser &parser);
ExitCode fleetCost(const Context &context, const QCommandLineParser &parser);
ExitCode fleetToken(const Context &context, const QCommandLineParser &parser);
ExitCode fleetApi(const Context &context, const QCommandLineParser &parser);

/// Builds the engine, prints its progress on stderr (unless quiet), lets `ask` put its question, and runs
/// until that calls exitWith(). Ctrl-C cancels.
ExitCode withRentals(const Context &context, bool quiet, const std::function<void(Rentals &)> &ask);

/// Says what will be destroyed and asks; true with --yes. Without a terminal there is no yes.
[[nodiscard]] bool agreed(const QCommandLineParser &parser, const QString &question);

[[nodiscard]] ExitCode exitCodeOf(const Error &error); ///< wrong usage or refused, stopped, else not done
/// Prints the error and exits the event loop.
void endWith(const Error &error);

[[nodiscard]] QJsonObject rentalToJson(const Rental &rental, const QDateTime &now);
[[nodiscard]] TerminalText rentalToText(const Rental &rental, const QDateTime &now);
[[nodiscard]] TerminalText belongingsText(const Belongings &belongings, const QDateTime &now);
[[nodiscard]] QJsonObject belongingsToJson(const Belongings &belongings);
void printRental(const RentalNow &rental,
                 bool json);                   ///< and why age and cost are not known, when they are not
void printTimeProblem(const QString &problem); ///< nothing when it is empty

} // namespace slipway::cli
