// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/models/evidence/goodevidence.h"

#include <QJsonValue>
#include <QMetaType>

namespace slipway::test {

using Files = QList<EvidenceFile>;
using Change = std::function<void(Files &)>;

/// Few cycles, so that many changes can be tried; enough for the claim of ruleExpectation().
constexpr GoodPlan kFewCycles{20, 40, 32, 0};
[[nodiscard]] Expectation ruleExpectation();

/// Sets "a.b" of a file to what `value` says in JSON; an empty one takes it away.
[[nodiscard]] Change set(const QByteArray &file, const QByteArray &path, const QByteArray &value);
/// The same in one cycle, number from 1, or in all of them.
[[nodiscard]] Change inCycle(int number, const QByteArray &key, const QByteArray &value);
[[nodiscard]] Change inCycles(const QByteArray &key, const QByteArray &value);
[[nodiscard]] Change without(const QByteArray &file);
[[nodiscard]] Change bytes(const QByteArray &file, const QByteArray &is);
[[nodiscard]] Change all(const QList<Change> &changes);

/// "pass", "fail", "missing", "invalid" or "unsupported"; "absent" for none.
[[nodiscard]] QString worthOf(const Check *check);

/// The columns of a table of rows: what a change to good evidence makes of a check.
void ruleColumns();
/// `worth` as worthOf() says it. A * in `id` and `reason` is the fault class.
void row(const char *name, const Change &change, const char *id, const char *worth, const char *actual = "",
         const char *reason = "");
/// Judges the current row, and compares all that it changes with the record. Nothing but a pass may leave the
/// whole proven.
void judgeRow(const Expectation &expectation);

} // namespace slipway::test

Q_DECLARE_METATYPE(slipway::test::Change)
