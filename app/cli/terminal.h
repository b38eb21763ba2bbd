// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/exitcode.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace slipway::cli {

// The one place that writes to a person's terminal or to what a program reads; print() and fail() of
// command.h are here too. A test forbids any other.

/// Before anything is printed or opened: the number of a closed standard stream goes to no other file; a
/// reader that goes away ends the reading and not the process, and what Qt has to say is cleaned like all
/// else.
void openTerminal();
/// From now on, what is printed on a terminal and is longer than its screen goes through the person's pager,
/// once endOutput() is called. For commands that neither ask nor stream.
void pageOutput();
/// At the end of the program.
void endOutput();
/// Calls `handler` once when the progress is found to be read by nobody any more; empty: not any longer.
void onUnread(std::function<void()> handler);
/// Where a command failed and printed nothing: {"error": {"exit_code", "kind", "text"}} on stdout, so that a
/// program which asked for JSON reads a document in any case.
void printErrorAsJson(ExitCode code);
/// All of it got out; also when the reader went away, which is the reader's choice.
[[nodiscard]] bool outputIsWhole();
/// A line of progress with the time, on stderr. Waits for no reader: what cannot be written at once is left
/// out and counted. When the last reader went away, the terminal is informed once that the work goes on.
void printProgress(const QString &text);
/// Whether showPassing() shows anything: stderr is a terminal that can do it.
[[nodiscard]] bool showsPassing();
/// A line on stderr that the next one takes the place of; only on a terminal.
void showPassing(const QString &text);
void clearPassing();
/// A file to stdout: its bytes, or on a terminal its lines.
void printBytes(const QByteArray &bytes);

/// Asks on the terminal, without showing what is typed; nothing without a terminal or an answer. Gives up
/// after a minute.
[[nodiscard]] std::optional<QByteArray> askSecret(const QString &question);
/// "y" or "yes" on the terminal; without a terminal, an answer or within a minute: no.
[[nodiscard]] bool askYes(const QString &question);

} // namespace slipway::cli
