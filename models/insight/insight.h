// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QMap>
#include <QStringList>

namespace slipway {

/// The written analysis of one campaign. `texts` are all its sentences, in the file's order of keys, bugs and
/// their causes included.
struct Insight {
    QString headline;
    QString verdict; ///< what a person wrote, never what Slipway found
    QStringList texts;
};

/// Where a Pages repo keeps them.
inline const QString kInsights = QStringLiteral("analysis/run-insights.json");

/// Reads analysis/run-insights.json of a Pages repo: an entry per campaign id. Keys that begin with "__" are
/// the file's own. An entry that is no object is left out; the error names what is wrong with the whole.
Result<QMap<QString, Insight>> readInsights(const QByteArray &bytes);

} // namespace slipway
