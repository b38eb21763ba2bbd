// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/judge.h"

#include <QJsonObject>

#include <functional>

namespace slipway::test {

/// The evidence of a campaign in which all went well: 20 cycles of 40 writes, 32 acknowledged in each,
/// nothing lost.
[[nodiscard]] QList<EvidenceFile> goodEvidence();
[[nodiscard]] Expectation goodExpectation();

[[nodiscard]] EvidenceFile &fileOf(QList<EvidenceFile> &files, const QString &name);
void changeJson(QList<EvidenceFile> &files, const QString &name,
                const std::function<void(QJsonObject &)> &change);
/// Changes the JSON of one cycle's line, number from 1.
void changeCycle(QList<EvidenceFile> &files, int number, const std::function<void(QJsonObject &)> &change);

inline const QString kCycles = QStringLiteral("cycles-kill_primary_mid_write.jsonl");

} // namespace slipway::test
