// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reprotext.h"

#include "models/core/countof.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace slipway::cli {

namespace {

constexpr qsizetype kIdsShown = 8;

QString numberText(const std::optional<qint64> &number) {
    return number ? QString::number(*number) : QStringLiteral("?");
}

QStringList row(const QString &name, const CycleFacts &facts) {
    const Cycle &cycle = facts.cycle;
    return {name,
            cycleResultName(facts.result()),
            numberText(cycle.ok),
            QString::number(facts.lost.size()),
            facts.isLate ? QStringLiteral("yes") : QStringLiteral("no"),
            QString::number(facts.extra.size()),
            numberText(cycle.inFlight),
            facts.effect.isEmpty() ? QStringLiteral("none")
                                   : facts.node + QStringLiteral(": ") + facts.effect,
            numberText(cycle.settleMs),
            numberText(facts.tookMs())};
}

QStringList without(const QStringList &ids, const QStringList &others) {
    const QSet<QString> known(others.begin(), others.end());
    QStringList left = ids;
    left.removeIf([&](const QString &id) { return known.contains(id); });
    return left;
}

QString idsText(const QStringList &ids) {
    const QString more =
        ids.size() > kIdsShown ? QStringLiteral(" and %1 more").arg(ids.size() - kIdsShown) : QString();
    return ids.mid(0, kIdsShown).join(QStringLiteral(", ")) + more;
}

// "lost now and not then: …"
TerminalText difference(const QString &name, const QStringList &then, const QStringList &now,
                        const QString &what) {
    TerminalText text;
    if (const QStringList more = without(now, then); !more.isEmpty())
        text += lineText(QStringLiteral("%1: %2 now and not then: %3").arg(name, what, idsText(more)));
    if (const QStringList fewer = without(then, now); !fewer.isEmpty())
        text += lineText(QStringLiteral("%1: %2 then and not now: %3").arg(name, what, idsText(fewer)));
    return text;
}

QJsonObject factsJson(const CycleFacts &facts) {
    QJsonObject object{{QStringLiteral("result"), cycleResultName(facts.result())},
                       {QStringLiteral("lost"), QJsonArray::fromStringList(facts.lost)},
                       {QStringLiteral("late"), facts.isLate},
                       {QStringLiteral("extra"), QJsonArray::fromStringList(facts.extra)},
                       {QStringLiteral("seed"), facts.seed},
                       {QStringLiteral("node"), facts.node},
                       {QStringLiteral("effect"), facts.effect}};
    const auto put = [&object](const char *name, const std::optional<qint64> &value) {
        object.insert(QLatin1String(name), value ? QJsonValue(*value) : QJsonValue());
    };
    put("acknowledged", facts.cycle.ok);
    put("in_flight", facts.cycle.inFlight);
    put("settle_ms", facts.cycle.settleMs);
    put("took_ms", facts.tookMs());
    return object;
}

} // namespace

qsizetype sameResults(const RecordedCycle &recorded, const QList<CycleFacts> &times) {
    return std::count_if(times.begin(), times.end(),
                         [&](const CycleFacts &facts) { return facts.result() == recorded.facts.result(); });
}

TerminalText reproText(const RecordedCycle &recorded, const QList<CycleFacts> &times) {
    QList<QStringList> rows{{QStringLiteral("RUN"), QStringLiteral("RESULT"), QStringLiteral("ACKED"),
                             QStringLiteral("LOST"), QStringLiteral("LATE"), QStringLiteral("EXTRA"),
                             QStringLiteral("IN FLIGHT"), QStringLiteral("FAULT"),
                             QStringLiteral("SETTLED MS"), QStringLiteral("TOOK MS")}};
    rows << row(QStringLiteral("recorded"), recorded.facts);
    TerminalText differences;
    for (qsizetype i = 0; i < times.size(); ++i) {
        const QString name = QString::number(i + 1);
        rows << row(name, times.at(i));
        differences += difference(name, recorded.facts.lost, times.at(i).lost, QStringLiteral("lost"));
        differences += difference(name, recorded.facts.extra, times.at(i).extra, QStringLiteral("extra"));
    }
    return "\n" +
           lineText(QStringLiteral("%1, %2, cycle %3, seed %4, server %5 (SHA-256 %6)")
                        .arg(recorded.plan.campaign, recorded.fault)
                        .arg(recorded.number)
                        .arg(recorded.facts.seed, recorded.serverVersion, recorded.serverSha256.left(16))) +
           "\n" + tableText(rows) + (differences.isEmpty() ? differences : "\n" + differences) + "\n" +
           lineText(QStringLiteral("As recorded (%1) in %2 of %3. This is not evidence of the campaign.")
                        .arg(cycleResultName(recorded.facts.result()))
                        .arg(sameResults(recorded, times))
                        .arg(countOf(times.size(), "time")));
}

QJsonObject reproJson(const RecordedCycle &recorded, const QList<CycleFacts> &times) {
    QJsonArray all;
    for (const CycleFacts &facts : times)
        all.append(factsJson(facts));
    return {{QStringLiteral("campaign"), recorded.plan.campaign},
            {QStringLiteral("class"), recorded.fault},
            {QStringLiteral("cycle"), recorded.number},
            {QStringLiteral("server_version"), recorded.serverVersion},
            {QStringLiteral("server_sha256"), recorded.serverSha256},
            {QStringLiteral("recorded"), factsJson(recorded.facts)},
            {QStringLiteral("times"), all},
            {QStringLiteral("same"), sameResults(recorded, times)}};
}

} // namespace slipway::cli
