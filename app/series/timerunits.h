// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"
#include "models/series/seriesdefinition.h"

namespace slipway {

/// What calls `slipwayctl series run-slot NAME` at each slot, in the three ways there are. Texts only.
struct TimerUnits {
    QString serviceName; ///< slipway-series-NAME.service
    QString timerName;   ///< slipway-series-NAME.timer
    QByteArray service;
    QByteArray timer;
    QString crontabLine;
    QByteArray workflow; ///< for GitHub Actions
};

/// Refused for a schedule that cron cannot say. `program` is the path of slipwayctl.
Result<TimerUnits> timerUnits(const SeriesDefinition &definition, const QString &program, const Paths &paths);

/// The same by hand, for a shell: what runs one slot, and what installs the timer.
struct SlotCommands {
    QString runSlot;
    QString install;
};
[[nodiscard]] SlotCommands slotCommands(const QString &series, const Paths &paths);

/// Where a person's own systemd units lie.
[[nodiscard]] QString userUnitDir();

/// Writes both units and has systemd read and start the timer, after "systemd-analyze verify" where there is
/// one. Answers with what is left to do, empty when nothing is. Blocks for some seconds.
Result<QString> installUnits(const TimerUnits &units);
/// Stops the timer and removes both units; NotFound when there are none.
Result<void> uninstallUnits(const TimerUnits &units);

} // namespace slipway
