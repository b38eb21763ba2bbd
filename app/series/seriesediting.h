// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/series/seriesarchive.h"
#include "models/series/definitionfields.h"

#include <functional>

namespace slipway {

// What people do to a series: the one way for shell and window. Each keeps a further definition in the
// archive; those before it stay there. InvalidInput names the field.

/// What is to be created. `fields` must name schedule and fleet; begins at `now` unless they say when. Pure.
Result<SeriesDefinition> newDefinition(const DefinitionFields &fields, const QDateTime &now);
/// What else a definition must satisfy before it is kept: that its plan can be run, say.
using DefinitionCheck = std::function<Result<void>(const SeriesDefinition &)>;
/// AlreadyExists where somebody created one of this name; one that was inferred from runs becomes this.
Result<SeriesDefinition> createSeries(SeriesArchive &archive, const SeriesDefinition &definition,
                                      const DefinitionCheck &check);
/// Changes what is given, leaves the rest, and confirms a schedule that was inferred.
Result<SeriesDefinition> editSeries(SeriesArchive &archive, const QString &name,
                                    const DefinitionFields &fields, const DefinitionCheck &check);
/// No slot comes after `now`; AlreadyExists where none would. Undone by an edit that sets "end" anew.
Result<SeriesDefinition> endSeries(SeriesArchive &archive, const QString &name, const QDateTime &now);

} // namespace slipway
