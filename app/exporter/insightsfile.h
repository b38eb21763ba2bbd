// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace slipway {

/// A file of a tree that is somebody else's; empty when it is not there. Links are not followed. `name` is
/// ours.
Result<QByteArray> readTreeFile(const QString &tree, const QString &name);
/// Writes it whole or not at all, and not when it is as it was; true when it changed. Makes its folder.
Result<bool> writeTreeFile(const QString &tree, const QString &name, const QByteArray &bytes);

/// Puts a campaign's entry into the tree's analysis/run-insights.json; true when that changed the file. Every
/// byte of other entries and unknown keys stays. The error names the file when it cannot be read as what it
/// is.
Result<bool> writeInsight(const QString &tree, const QString &campaign, const QByteArray &entry);
/// Whether the tree's file has an entry for the campaign.
Result<bool> hasInsight(const QString &tree, const QString &campaign);

} // namespace slipway
