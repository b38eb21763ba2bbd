// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/csvrowreader.h"
#include "models/fleet/fleetimport.h"

namespace slipway {

/// Hosts of a table: the first row names the columns in the words that people and tools use ("IP address",
/// "Public IPv4", "ansible_host"). A column that is not known is left out with a note, and so is a row that
/// cannot be a host. `ofDoctl`: ids are of droplets. Refused: no column that is an address. Pure.
Result<FleetImport> importTable(const QList<TableRow> &rows, const QString &what, bool ofDoctl);

/// The first line that is not a comment names an address and something else, as a table's header does.
[[nodiscard]] bool hasHostColumns(const QString &text);
/// What doctl prints for people: columns of fixed width.
[[nodiscard]] bool isDropletTable(const QString &text);
[[nodiscard]] QList<TableRow> dropletRows(const QString &text);

/// Of the first line that is not a comment: comma, semicolon or tab.
[[nodiscard]] QChar separatorOf(const QString &text);

} // namespace slipway
