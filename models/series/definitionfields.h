// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesdefinition.h"

namespace slipway {

/// What a person enters of a definition, as text, by the names of the shell's options ("cron", "max-reds").
/// The shell and the window have no other way to change one.
using DefinitionFields = QMap<QString, QStringList>; ///< one text each; of "set" one for each setting

/// Sets the fields that are given and leaves the others. An empty text removes what may be absent: "end",
/// "slots", "max-cost", "baseline", and texts such as "webhook"; of a schedule that cron cannot say an empty
/// "cron" keeps it. Answers with everything that is wrong then, one problem a field; what cannot be read
/// leaves its field as it was.
[[nodiscard]] QList<FieldProblem> setFields(SeriesDefinition &definition, const DefinitionFields &fields);

/// Every field of a definition, as setFields() reads it.
[[nodiscard]] DefinitionFields fieldsOf(const SeriesDefinition &definition);

/// "40-60", "40"; empty for none.
[[nodiscard]] QString baselineText(const std::optional<BaselineRange> &baseline);

/// The next three slots after `now`, for a person: "Next: Tue 1 Dec 08:13, 12:13, 16:13 UTC"; or why there
/// is none. Quick enough for each key that is pressed.
[[nodiscard]] QString slotsAheadText(const SeriesDefinition &definition, const QDateTime &now);

} // namespace slipway
