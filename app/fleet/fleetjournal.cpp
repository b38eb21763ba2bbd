// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleetjournal.h"

#include "app/core/inputfile.h"
#include "app/core/outputfile.h"
#include "models/core/jsonfields.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace slipway {

namespace {

constexpr qsizetype kKept = 20;
constexpr qint64 kLimit = 64LL * 1024 * 1024;

QJsonValue valueOf(const std::optional<Fleet> &fleet) {
    return fleet ? QJsonValue(QJsonDocument::fromJson(fleetToJson(*fleet)).object()) : QJsonValue();
}

Result<std::optional<Fleet>> fleetIn(const QJsonValue &value, const QString &what) {
    if (!value.isObject())
        return std::optional<Fleet>();
    auto fleet = parseFleet(QJsonDocument(value.toObject()).toJson(), what);
    if (!fleet)
        return fleet.error();
    return std::optional<Fleet>(std::move(*fleet));
}

} // namespace

QStringList FleetJournal::files() const {
    return QDir(m_dir).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
}

Result<void> FleetJournal::append(const QList<FleetChange> &changes) const {
    if (!QDir().mkpath(m_dir))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(m_dir)};
    QStringList there = files();
    const qint64 number = there.isEmpty() ? 1 : there.constLast().chopped(5).toLongLong() + 1;
    QJsonArray array;
    for (const FleetChange &change : changes)
        array.append(QJsonObject{{QStringLiteral("name"), change.name},
                                 {QStringLiteral("before"), valueOf(change.before)},
                                 {QStringLiteral("after"), valueOf(change.after)}});
    const QByteArray bytes = QJsonDocument(QJsonObject{{QStringLiteral("changes"), array}}).toJson();
    TRY(writeFile(QStringLiteral("%1/%2.json").arg(m_dir).arg(number, 12, 10, QLatin1Char('0')), bytes,
                  {.permissions = kOwnerOnly}));
    while (there.size() >= kKept)
        QFile::remove(m_dir + QLatin1Char('/') + there.takeFirst());
    return {};
}

Result<QList<FleetChange>> FleetJournal::last() const {
    const QStringList there = files();
    if (there.isEmpty())
        return Error{ErrorCode::NotFound, QStringLiteral("There is no change of a fleet to undo.")};
    const QString path = m_dir + QLatin1Char('/') + there.constLast();
    const auto bytes = readInput(path, kLimit);
    if (!bytes)
        return bytes.error();
    const auto object = parseJsonObject(*bytes, path);
    if (!object)
        return object.error();
    QList<FleetChange> changes;
    for (const QJsonValue value : object->value(QLatin1String("changes")).toArray()) {
        auto before = fleetIn(value[QLatin1String("before")], path);
        if (!before)
            return before.error();
        auto after = fleetIn(value[QLatin1String("after")], path);
        if (!after)
            return after.error();
        changes.append({value[QLatin1String("name")].toString(), *before, *after});
    }
    return changes;
}

void FleetJournal::dropLast() const {
    if (const QStringList there = files(); !there.isEmpty())
        QFile::remove(m_dir + QLatin1Char('/') + there.constLast());
}

} // namespace slipway
