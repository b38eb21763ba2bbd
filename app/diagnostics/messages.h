// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

#include <QString>

namespace slipway {

/// Where the messages of this process go, Qt's and our events of app/core/events.h alike, from any thread.
/// `show` gets one line for standard error. Called first of all; until keepEvents() nothing is kept.
void handleMessages(void (*show)(const QString &line));

/// Keeps them from now on in the event log of this data directory, where the directory is there: a command
/// that makes none leaves no log behind either.
void keepEvents(const Paths &paths);

/// Shows events too, as --verbose asks for, but for errors, which are printed anyway. Otherwise only what Qt
/// says is shown.
void showEvents();

} // namespace slipway
