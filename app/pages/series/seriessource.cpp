// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/seriessource.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-series/1");

// Hosts, paths and addresses are nobody else's business, and nothing is judged by them.
SeriesDefinition withoutPlaces(SeriesDefinition definition) {
    definition.notices = {};
    definition.plan.fleet.clear();
    definition.plan.server.clear();
    definition.plan.protocolFile.clear();
    return definition;
}

template <typename T, typename Read>
Result<QList<T>> readAll(const QJsonObject &object, const QString &key, Read read) {
    QList<T> all;
    const QJsonArray array = object.value(key).toArray();
    for (const QJsonValue value : array) {
        auto one = read(value.toObject());
        if (!one)
            return one.error();
        all << *one;
    }
    return all;
}

} // namespace

QByteArray sourceBytes(const SeriesSource &source) {
    const SeriesRecord &record = source.record;
    QJsonArray actions;
    for (const AlarmAction &action : record.notes.actions)
        actions << actionToJson(action);
    QJsonArray excuses;
    for (const SlotExcuse &excuse : record.notes.excuses)
        excuses << excuseToJson(excuse);
    QJsonObject object{{QStringLiteral("schema"), kSchema},
                       {QStringLiteral("series"), record.name},
                       {QStringLiteral("judged_at"), source.judgedAt.toUTC().toString(Qt::ISODate)},
                       {QStringLiteral("actions"), actions},
                       {QStringLiteral("excuses"), excuses}};
    if (!record.notes.removed.isEmpty())
        object.insert(QStringLiteral("removed"), QJsonArray::fromStringList(record.notes.removed));
    if (record.definition)
        object.insert(QStringLiteral("definition"), definitionToJson(withoutPlaces(*record.definition)));
    if (record.drill)
        object.insert(QStringLiteral("drill"), drillToJson(*record.drill));
    return QJsonDocument(object).toJson();
}

Result<SeriesSource> readSource(const QByteArray &bytes, const QByteArray &table) {
    const auto object = parseJsonObject(bytes, kSeriesSource);
    if (!object)
        return object.error();
    JsonFields fields(*object, QStringLiteral("source"));
    const QString schema = fields.text(QStringLiteral("schema"));
    SeriesSource source;
    source.record.name = fields.text(QStringLiteral("series"));
    source.record.table = table;
    const QStringList removed = fields.texts(QStringLiteral("removed"));
    source.judgedAt = instantOf(fields.text(QStringLiteral("judged_at")));
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::Corrupt, fields.problem()};
    if (schema != kSchema)
        return Error{ErrorCode::Unsupported,
                     QStringLiteral("source.schema is \"%1\", not \"%2\".").arg(schema, kSchema)};
    if (!source.judgedAt.isValid())
        return Error{ErrorCode::Corrupt, QStringLiteral("source.judged_at is not a valid time.")};
    if (object->contains(QLatin1String("definition"))) {
        const auto definition = definitionFromJson(object->value(QLatin1String("definition")).toObject());
        if (!definition)
            return definition.error();
        source.record.definition = *definition;
    }
    const auto actions = readAll<AlarmAction>(*object, QStringLiteral("actions"), actionFromJson);
    if (!actions)
        return actions.error();
    const auto excuses = readAll<SlotExcuse>(*object, QStringLiteral("excuses"), excuseFromJson);
    if (!excuses)
        return excuses.error();
    source.record.notes = {*excuses, *actions, removed};
    if (object->contains(QLatin1String("drill"))) {
        const QJsonObject drill = object->value(QLatin1String("drill")).toObject();
        source.record.drill = SeriesDrillNote{instantOf(drill.value(QLatin1String("at")).toString()),
                                              drill.value(QLatin1String("kind")).toString(),
                                              drill.value(QLatin1String("told")).toBool()};
    }
    return source;
}

} // namespace slipway
