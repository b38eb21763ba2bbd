// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/slots.h"

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr qint64 kClockSeconds = 60; // a timer that fired early, a clock that was set a little

// The last slot at or before `moment`; -1: none.
qsizetype slotBefore(const QList<QDateTime> &expected, const QDateTime &moment) {
    const auto next = std::upper_bound(expected.begin(), expected.end(), moment.addSecs(kClockSeconds));
    return next - expected.begin() - 1;
}

// -1: the run belongs to none.
qsizetype slotOfRun(const QList<QDateTime> &expected, const SeriesRun &run) {
    if (expected.isEmpty())
        return -1;
    if (run.slot.isValid()) {
        const qsizetype before = slotBefore(expected, run.slot);
        return before >= 0 && std::abs(expected.at(before).secsTo(run.slot)) <= kClockSeconds ? before : -1;
    }
    const QDateTime moment = run.startedAt.isValid() ? run.startedAt : run.completedAt;
    if (!moment.isValid())
        return -1;
    const qsizetype before = slotBefore(expected, moment);
    if (before != expected.size() - 1 || expected.size() < 2)
        return before;
    const qint64 distance = expected.at(before - 1).secsTo(expected.at(before));
    return expected.at(before).secsTo(moment) < distance + kClockSeconds ? before : -1;
}

SlotState stateOf(const SeriesSlot &slot, const QDateTime &over, const QList<SeriesRun> &runs,
                  const QDateTime &now) {
    if (slot.runs.isEmpty())
        return now > over ? SlotState::Missed : SlotState::Expected;
    bool isRunning = false;
    bool isInTime = false;
    for (const qsizetype index : slot.runs) {
        const SeriesRun &run = runs.at(index);
        isRunning = isRunning || run.isRunning;
        isInTime = isInTime || (!run.isRunning && run.moment() <= over);
    }
    if (isInTime)
        return SlotState::Done;
    if (isRunning && now <= over)
        return SlotState::Running;
    return SlotState::Late;
}

} // namespace

bool SeriesSlot::holdsEvidence(const QList<SeriesRun> &all) const {
    return std::any_of(runs.begin(), runs.end(), [&all](qsizetype i) { return all.at(i).hasEvidence; });
}

QString slotStateName(SlotState state) {
    static const std::array<QLatin1String, 6> names{QLatin1String("expected"), QLatin1String("running"),
                                                    QLatin1String("done"),     QLatin1String("late"),
                                                    QLatin1String("missed"),   QLatin1String("excused")};
    return names.at(static_cast<size_t>(state));
}

qsizetype SlotTable::count(SlotState state) const {
    return std::count_if(slotList.begin(), slotList.end(),
                         [state](const SeriesSlot &slot) { return slot.state == state; });
}

qsizetype SlotTable::doubled() const {
    return std::count_if(slotList.begin(), slotList.end(),
                         [](const SeriesSlot &slot) { return slot.isDoubled(); });
}

SlotTable placeRuns(const QList<QDateTime> &expected, qint64 graceSeconds, const QList<SeriesRun> &runs,
                    const QDateTime &now, const QList<SlotExcuse> &excuses) {
    SlotTable table;
    table.slotList.reserve(expected.size());
    for (const QDateTime &at : expected) {
        SeriesSlot slot;
        slot.number = static_cast<int>(table.slotList.size()) + 1;
        slot.at = at;
        table.slotList << slot;
    }
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const qsizetype place = slotOfRun(expected, runs.at(i));
        if (place >= 0)
            table.slotList[place].runs << i;
        else
            table.extra << i;
    }
    for (SeriesSlot &slot : table.slotList)
        slot.state = stateOf(slot, slot.at.addSecs(graceSeconds), runs, now);
    for (const SlotExcuse &excuse : excuses) {
        const qsizetype place = slotBefore(expected, excuse.slot);
        if (place < 0 || std::abs(expected.at(place).secsTo(excuse.slot)) > kClockSeconds)
            continue;
        SeriesSlot &slot = table.slotList[place];
        if (slot.state == SlotState::Missed) {
            slot.state = SlotState::Excused;
            slot.excuse = excuse;
        }
    }
    return table;
}

} // namespace slipway
