// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"
#include "models/observation/evidencefile.h"

#include <QStringList>

namespace slipway::test {

/// A judgement to its last word: the verdict, the phases' headlines, and of each check what it is of, what it
/// proves, wants and found, on how much, and what stands at the place where it reads that. One line each.
/// `files`: those that it judges, for what stands there; without them the place is an offset and a length.
[[nodiscard]] QStringList described(const Judgement &judgement, const QList<EvidenceFile> &files = {});

/// Those lines that the others do not have.
[[nodiscard]] QStringList without(QStringList lines, const QStringList &others);

/// Compares these lines with those kept for the current row of the current test in record/PROGRAM.txt, and
/// fails the test where they differ. So that every text, count and place that a user sees is looked at, also
/// those that no row asks about. After an intended change, run the test with SLIPWAY_RECORD=1, which writes
/// the file anew, and read the difference. `name` distinguishes several records of one row.
void compareWithRecord(const QStringList &lines, const QString &name = {});

} // namespace slipway::test
