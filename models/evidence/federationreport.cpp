// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/reportbuilder.h"

#include <QHash>
#include <QSet>

namespace slipway {

namespace {

struct Federation {
    qint64 total = 0;
    qint64 ok = 0;
    qint64 quorumNotMet = 0;
    QSet<QString> acked;
    QHash<QString, QSet<QString>> held; // by host
    QHash<QString, qint64> rows;        // by host
    QHash<QString, QString> probes;
    std::optional<qint64> settleMs;
    bool settled = false;
};

void readWrite(const Observation &observation, Federation &seen) {
    const QString code = observation.text("code");
    ++seen.total;
    if (code == QLatin1String("201")) {
        ++seen.ok;
        seen.acked.insert(observation.text("id"));
    } else if (code == QLatin1String("503")) {
        ++seen.quorumNotMet;
    }
}

void readRows(const Observation &observation, Federation &seen) {
    const QString name = observation.text("name");
    const auto stats = answerObject(outputBytes(observation));
    if (!name.startsWith(QLatin1String("stats-")) || !stats)
        return;
    for (const QJsonValue entry : stats->value(QLatin1String("by_namespace")).toArray()) {
        const QJsonObject space = entry.toObject();
        if (space.value(QLatin1String("namespace")).toString() == QLatin1String("ship-gate-phase2"))
            seen.rows.insert(name.mid(6), space.value(QLatin1String("count")).toInteger());
    }
    if (!seen.rows.contains(name.mid(6)) && stats->value(QLatin1String("by_namespace")).isArray())
        seen.rows.insert(name.mid(6), 0);
}

void readObservation(const Observation &observation, Federation &seen) {
    if (observation.kind == QLatin1String("write")) {
        readWrite(observation, seen);
    } else if (observation.kind == QLatin1String("held")) {
        QSet<QString> ids;
        for (const QJsonValue id : observation.fields.value(QLatin1String("ids")).toArray())
            ids.insert(id.toString());
        seen.held.insert(observation.text("node"), ids);
    } else if (observation.kind == QLatin1String("output")) {
        readRows(observation, seen);
    } else if (observation.kind == QLatin1String("probe")) {
        seen.probes.insert(observation.text("name"), observation.text("code"));
    } else if (observation.kind == QLatin1String("settled")) {
        seen.settleMs = observation.integer("ms");
        seen.settled = observation.flag("complete");
    }
}

} // namespace

QJsonObject federationReport(const QList<ObservedStream> &streams, const QStringList &peers,
                             double deliveryMin) {
    Federation seen;
    for (const ObservedStream &stream : streams)
        forEachObservation(stream.file,
                           [&](const Observation &observation) { readObservation(observation, seen); });

    QStringList reasons;
    QJsonObject counts;
    QJsonObject ackedHeld;
    for (qsizetype i = 0; i < peers.size(); ++i) {
        const QString letter(QChar(static_cast<char16_t>(u'a' + i)));
        const QString &peer = peers.at(i);
        counts.insert(letter, seen.rows.contains(peer) ? QJsonValue(seen.rows.value(peer))
                                                       : QJsonValue(QStringLiteral("ERR")));
        if (!seen.held.contains(peer)) {
            reasons << QStringLiteral("%1 could not be asked what it holds").arg(peer);
            continue;
        }
        const qint64 held = QSet<QString>(seen.acked).intersect(seen.held.value(peer)).size();
        ackedHeld.insert(letter, held);
        if (static_cast<double>(held) < deliveryMin * static_cast<double>(seen.ok))
            reasons
                << QStringLiteral("%1 holds %2 of %3 acknowledged writes").arg(peer).arg(held).arg(seen.ok);
    }
    QJsonObject report{{QStringLiteral("phase"), 2}};
    if (seen.total > 0) {
        report.insert(QStringLiteral("total_writes"), seen.total);
        report.insert(QStringLiteral("ok"), seen.ok);
        report.insert(QStringLiteral("quorum_not_met"), seen.quorumNotMet);
        report.insert(QStringLiteral("fail"), seen.total - seen.ok - seen.quorumNotMet);
        report.insert(QStringLiteral("counts"), counts);
        report.insert(QStringLiteral("acked"), seen.acked.size());
        report.insert(QStringLiteral("acked_held"), ackedHeld);
    }
    if (seen.ok == 0)
        reasons << QStringLiteral("no write was acknowledged");
    if (seen.settleMs)
        report.insert(QStringLiteral("settle_ms"), *seen.settleMs);
    const auto probe = [&](const QString &name, const QString &key, const QString &wanted) {
        const QString code = seen.probes.value(name);
        if (!code.isEmpty())
            report.insert(key, code);
        if (code != wanted)
            reasons << QStringLiteral("%1 answered %2, not %3")
                           .arg(key, code.isEmpty() ? QStringLiteral("nothing") : code, wanted);
    };
    probe(QStringLiteral("probe1"), QStringLiteral("probe1_single_peer_down"), QStringLiteral("201"));
    probe(QStringLiteral("probe2"), QStringLiteral("probe2_both_peers_down"), QStringLiteral("503"));
    report.insert(QStringLiteral("pass"), reasons.isEmpty());
    report.insert(QStringLiteral("reasons"), reasonsArray(reasons));
    return report;
}

} // namespace slipway
