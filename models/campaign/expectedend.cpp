// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/expectedend.h"

#include <algorithm>

namespace slipway {

namespace {

const PhaseRun *runningStep(const CampaignRecord &record) {
    const auto run = std::find_if(record.phaseRuns.rbegin(), record.phaseRuns.rend(),
                                  [](const PhaseRun &one) { return one.state == RunState::Running; });
    return run == record.phaseRuns.rend() ? nullptr : &*run;
}

QDateTime startOf(const CampaignRecord &record, int phase) {
    QDateTime start;
    for (const PhaseRun &run : record.phaseRuns) {
        if (run.phase == phase && run.startedAt.isValid() && (!start.isValid() || run.startedAt < start))
            start = run.startedAt;
    }
    return start;
}

// Of all fault classes.
int cyclesOf(const QMap<QString, QString> &parameters) {
    const qsizetype faults =
        parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts).size();
    return parameters.value(QStringLiteral("cycles")).toInt() * static_cast<int>(faults);
}

} // namespace

int plannedCycles(const CampaignRecord &record) {
    return cyclesOf(record.parameters);
}

qint64 defaultSeconds(const Protocol &protocol, const Phase &phase,
                      const QMap<QString, QString> &parameters) {
    if (phase.number != kChaosPhase)
        return phase.typicalSeconds;
    QMap<QString, QString> defaults;
    for (const Parameter &parameter : protocol.parameters)
        defaults.insert(parameter.name, parameter.defaultValue);
    const qint64 standard = cyclesOf(defaults);
    const qint64 planned = cyclesOf(parameters);
    return standard > 0 && planned > 0 ? phase.typicalSeconds * planned / standard : phase.typicalSeconds;
}

QString progressText(const CampaignRecord &record, const Protocol &protocol) {
    const PhaseRun *run = runningStep(record);
    if (!run)
        return {};
    const Phase *phase = protocol.phase(run->phase);
    QString text = QStringLiteral("Phase %1 of %2, %3")
                       .arg(run->phase)
                       .arg(protocol.phases.size())
                       .arg(phase ? phase->name.toLower() : run->step);
    if (run->phase == kChaosPhase && !record.cycles.isEmpty())
        text += QStringLiteral(": cycle %1 of %2").arg(record.cycles.size()).arg(plannedCycles(record));
    return text;
}

std::optional<qint64> remainingMs(const CampaignRecord &record, const Protocol &protocol,
                                  const QDateTime &now) {
    const PhaseRun *run = runningStep(record);
    const QDateTime start = run ? startOf(record, run->phase) : QDateTime();
    if (!start.isValid())
        return std::nullopt;
    const qint64 elapsed = std::max<qint64>(0, start.msecsTo(now));
    const qint64 done = run->phase == kChaosPhase ? record.cycles.size() : 0;
    const qint64 planned = plannedCycles(record);
    qint64 left = 0;
    if (done > 0 && planned >= done) {
        left = elapsed * (planned - done) / done;
    } else {
        const Phase *phase = protocol.phase(run->phase);
        left = phase ? defaultSeconds(protocol, *phase, record.parameters) * 1000 - elapsed : 0;
        if (left <= 0)
            return std::nullopt;
    }
    for (const Phase &phase : protocol.phases) {
        if (phase.number > run->phase)
            left += defaultSeconds(protocol, phase, record.parameters) * 1000;
    }
    return left;
}

QString clockText(qint64 milliseconds) {
    const qint64 seconds = milliseconds / 1000;
    const QLatin1Char zero('0');
    const QString minutesAndSeconds = QStringLiteral("%1:%2")
                                          .arg(seconds / 60 % 60, seconds < 3600 ? 1 : 2, 10, zero)
                                          .arg(seconds % 60, 2, 10, zero);
    return seconds < 3600 ? minutesAndSeconds
                          : QStringLiteral("%1:%2").arg(seconds / 3600).arg(minutesAndSeconds);
}

} // namespace slipway
