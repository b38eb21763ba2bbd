// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/seriesediting.h"

#include <algorithm>

namespace slipway {

namespace {

Result<SeriesDefinition> kept(SeriesArchive &archive, const SeriesDefinition &definition) {
    const auto defined = archive.define(definition);
    return defined ? Result<SeriesDefinition>(definition) : defined.error();
}

} // namespace

Result<SeriesDefinition> newDefinition(const DefinitionFields &fields, const QDateTime &now) {
    SeriesDefinition definition;
    definition.begin = now;
    const QList<FieldProblem> problems = setFields(definition, fields);
    if (!problems.isEmpty())
        return errorOf(problems.constFirst());
    if (definition.plan.fleet.isEmpty())
        return errorOf({QStringLiteral("fleet"), QStringLiteral("is missing")});
    return definition;
}

Result<SeriesDefinition> createSeries(SeriesArchive &archive, const SeriesDefinition &definition,
                                      const DefinitionCheck &check) {
    TRY(check(definition));
    const auto known = archive.definition(definition.name);
    if (known && known->origin == SeriesOrigin::Created)
        return Error{
            ErrorCode::AlreadyExists,
            QStringLiteral("There is a series %1 already; \"series edit\" changes it.").arg(definition.name)};
    if (!known && known.error().code != ErrorCode::NotFound)
        return known.error();
    return kept(archive, definition);
}

Result<SeriesDefinition> editSeries(SeriesArchive &archive, const QString &name,
                                    const DefinitionFields &fields, const DefinitionCheck &check) {
    auto definition = archive.definition(name);
    if (!definition)
        return definition;
    definition->origin = SeriesOrigin::Created;
    definition->isScheduleInferred = false;
    const QList<FieldProblem> problems = setFields(*definition, fields);
    if (!problems.isEmpty())
        return errorOf(problems.constFirst());
    TRY(check(*definition));
    return kept(archive, *definition);
}

Result<SeriesDefinition> endSeries(SeriesArchive &archive, const QString &name, const QDateTime &now) {
    auto definition = archive.definition(name);
    if (!definition)
        return definition;
    if (definition->isOver(now))
        return Error{ErrorCode::AlreadyExists, QStringLiteral("Series %1 is over already.").arg(name)};
    definition->end = std::max(now, definition->begin);
    return kept(archive, *definition);
}

} // namespace slipway
