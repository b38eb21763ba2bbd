// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

// The rows of the table of commands, by subject; commandtable.cpp has their order.
namespace slipway::cli {

extern const CommandSpec kRun;
extern const CommandSpec kResume;
extern const CommandSpec kRepro;
extern const CommandSpec kList;
extern const CommandSpec kShow;
extern const CommandSpec kSearch;
extern const CommandSpec kRemove;
extern const CommandSpec kTriage;

extern const CommandSpec kVerify;
extern const CommandSpec kGate;
extern const CommandSpec kRejudge;
extern const CommandSpec kDiff;
extern const CommandSpec kImport;
extern const CommandSpec kArchive;

extern const CommandSpec kExport;
extern const CommandSpec kInsight;
extern const CommandSpec kRelease;

extern const CommandSpec kFleetImport;
extern const CommandSpec kFleetList;
extern const CommandSpec kFleetShow;
extern const CommandSpec kFleetRename;
extern const CommandSpec kFleetRemove;
extern const CommandSpec kFleetUndo;
extern const CommandSpec kFleetCheck;
extern const CommandSpec kFleetForgetKey;
extern const CommandSpec kFleetSsh;
extern const CommandSpec kFleetSshConfig;
extern const CommandSpec kFleetKnownHosts;

extern const CommandSpec kFleetCreate;
extern const CommandSpec kFleetPrepare;
extern const CommandSpec kFleetDestroy;
extern const CommandSpec kFleetOrphans;
extern const CommandSpec kFleetCost;
extern const CommandSpec kFleetToken;
extern const CommandSpec kFleetApi;

extern const CommandSpec kSandbox;

extern const CommandSpec kSeries;
extern const CommandSpec kSeriesRunSlot;
extern const CommandSpec kSeriesContinue;
extern const CommandSpec kSeriesMessages;
extern const CommandSpec kSeriesInstall;
extern const CommandSpec kSeriesUninstall;
extern const CommandSpec kSeriesDrill;
extern const CommandSpec kSeriesReport;

extern const CommandSpec kHelp;
extern const CommandSpec kReportBug;
extern const CommandSpec kVersion;
extern const CommandSpec kCompletions;
extern const CommandSpec kComplete;

} // namespace slipway::cli
