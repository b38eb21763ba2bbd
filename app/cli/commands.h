// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

// What the rows of the table run, each in a file of its own.
namespace slipway::cli {

ExitCode archiveCheck(const Context &context, const QCommandLineParser &parser);
ExitCode archiveBackup(const Context &context, const QCommandLineParser &parser);
ExitCode archiveRestore(const Context &context, const QCommandLineParser &parser);
ExitCode archiveRecover(const Context &context, const QCommandLineParser &parser);
ExitCode archiveCompact(const Context &context, const QCommandLineParser &parser);
ExitCode diff(const Context &context, const QCommandLineParser &parser);
ExitCode exportRuns(const Context &context, const QCommandLineParser &parser);
ExitCode fleetCheck(const Context &context, const QCommandLineParser &parser);
ExitCode fleetForgetKey(const Context &context, const QCommandLineParser &parser);
ExitCode gate(const Context &context, const QCommandLineParser &parser);
ExitCode importPath(const Context &context, const QCommandLineParser &parser);
ExitCode insight(const Context &context, const QCommandLineParser &parser);
ExitCode list(const Context &context, const QCommandLineParser &parser);
ExitCode rejudge(const Context &context, const QCommandLineParser &parser);
ExitCode release(const Context &context, const QCommandLineParser &parser);
ExitCode removeCampaigns(const Context &context, const QCommandLineParser &parser);
ExitCode reportBug(const Context &context, const QCommandLineParser &parser);
ExitCode repro(const Context &context, const QCommandLineParser &parser);
ExitCode resume(const Context &context, const QCommandLineParser &parser);
ExitCode run(const Context &context, const QCommandLineParser &parser);
ExitCode search(const Context &context, const QCommandLineParser &parser);
ExitCode seriesAlarm(const Context &context, const QCommandLineParser &parser);
ExitCode seriesContinue(const Context &context, const QCommandLineParser &parser);
ExitCode seriesCreate(const Context &context, const QCommandLineParser &parser);
ExitCode seriesDrill(const Context &context, const QCommandLineParser &parser);
ExitCode seriesEdit(const Context &context, const QCommandLineParser &parser);
ExitCode seriesEnd(const Context &context, const QCommandLineParser &parser);
ExitCode seriesExcuse(const Context &context, const QCommandLineParser &parser);
ExitCode seriesImport(const Context &context, const QCommandLineParser &parser);
ExitCode seriesInstall(const Context &context, const QCommandLineParser &parser);
ExitCode seriesList(const Context &context, const QCommandLineParser &parser);
ExitCode seriesMessages(const Context &context, const QCommandLineParser &parser);
ExitCode seriesReport(const Context &context, const QCommandLineParser &parser);
ExitCode seriesRunSlot(const Context &context, const QCommandLineParser &parser);
ExitCode seriesShow(const Context &context, const QCommandLineParser &parser);
ExitCode seriesUninstall(const Context &context, const QCommandLineParser &parser);
ExitCode show(const Context &context, const QCommandLineParser &parser);
ExitCode triage(const Context &context, const QCommandLineParser &parser);
ExitCode verify(const Context &context, const QCommandLineParser &parser);

} // namespace slipway::cli
