// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/judge.h"

#include <QJsonObject>

#include <functional>

namespace slipway::test {

struct GoodPlan {
    int cycles = 700; ///< enough for 0.995
    int writes = 40;  ///< of a cycle
    int acked = 32;   ///< of those
    int seed = 0;     ///< another one gives other times
};

/// The evidence of a campaign in which all went well and nothing was lost.
[[nodiscard]] QList<EvidenceFile> goodEvidence(const GoodPlan &plan = {});
[[nodiscard]] Expectation goodExpectation();

/// The check of that id; nothing when there is none.
[[nodiscard]] const Check *checkWith(const Judgement &judgement, const QString &id);

[[nodiscard]] EvidenceFile &fileOf(QList<EvidenceFile> &files, const QString &name);
void changeJson(QList<EvidenceFile> &files, const QString &name,
                const std::function<void(QJsonObject &)> &change);
/// Changes the JSON of one cycle's line, number from 1; or of all of them.
void changeCycle(QList<EvidenceFile> &files, int number, const std::function<void(QJsonObject &)> &change);
void changeCycles(QList<EvidenceFile> &files, const std::function<void(QJsonObject &)> &change);

inline const QString kCycles = QStringLiteral("cycles-kill_primary_mid_write.jsonl");

} // namespace slipway::test
