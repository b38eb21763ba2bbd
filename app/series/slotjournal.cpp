// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/slotjournal.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"

#include <algorithm>

namespace slipway {

namespace {

const QString kSlot = QStringLiteral("slot");
const QString kLetGo = QStringLiteral("let-go");
const QString kBegun = QStringLiteral("begun");
const QString kClosed = QStringLiteral("closed");

} // namespace

Result<QList<SlotAttempt>> SlotJournal::attempts() {
    const auto entries = m_entries.load(m_series);
    if (!entries)
        return entries.error();
    QList<SlotAttempt> all;
    for (const SeriesEntry &entry : *entries) {
        if (entry.kind != kSlot)
            continue;
        const auto object =
            parseJsonObject(entry.content, QStringLiteral("a slot of series %1").arg(m_series));
        if (!object)
            return object.error();
        const QString id = object->value(QLatin1String("campaign")).toString();
        const bool isClosed = object->value(QLatin1String("step")).toString() == kClosed;
        const auto it = std::find_if(all.begin(), all.end(),
                                     [&](const SlotAttempt &attempt) { return attempt.campaign == id; });
        if (it == all.end())
            all << SlotAttempt{instantOf(object->value(QLatin1String("slot")).toString()), id, isClosed};
        else
            it->isClosed = it->isClosed || isClosed;
    }
    return all;
}

Result<void> SlotJournal::noteBegun(const SlotAttempt &attempt) {
    return note(attempt, kBegun, {});
}

Result<void> SlotJournal::noteClosed(const SlotAttempt &attempt, const QString &trouble) {
    return note(attempt, kClosed, trouble);
}

Result<void> SlotJournal::note(const SlotAttempt &attempt, const QString &step, const QString &text) {
    return m_entries.addObject(m_series, kSlot,
                               {{QStringLiteral("slot"), attempt.slot.toString(Qt::ISODate)},
                                {QStringLiteral("campaign"), attempt.campaign},
                                {QStringLiteral("step"), step},
                                {QStringLiteral("text"), text}});
}

Result<QDateTime> SlotJournal::letGoAt() {
    const auto entries = m_entries.load(m_series);
    if (!entries)
        return entries.error();
    QDateTime last;
    for (const SeriesEntry &entry : *entries) {
        if (entry.kind == kLetGo)
            last = entry.at;
    }
    return last;
}

Result<void> SlotJournal::letGoOn(const QString &by, const QString &why) {
    return m_entries.addObject(m_series, kLetGo, {{QStringLiteral("by"), by}, {QStringLiteral("why"), why}});
}

} // namespace slipway
