// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>

namespace slipway {

/// What this side knows of an entry that two sides write.
struct InsightHistory {
    QList<QByteArray> seen;     ///< entries whose every text was seen here: writing over them loses nothing
    QList<QByteArray> unedited; ///< of these, those that were not written here
};

/// What becomes of a member that both changed.
enum class InsightConflict { Refuse, Mine, Theirs };

/// `theirs` with what `mine` changed, member by member and without touching a byte of the others: a member
/// they changed and this side did not stays theirs. Nothing of theirs is ever taken out. AlreadyExists names
/// the members that both changed, unless `rule` settles them. Pure.
Result<QByteArray> mergeInsight(const InsightHistory &history, const QByteArray &mine,
                                const QByteArray &theirs, InsightConflict rule = InsightConflict::Refuse);

} // namespace slipway
