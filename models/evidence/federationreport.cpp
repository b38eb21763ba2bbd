// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wholenumber.h"
#include "models/evidence/reportbuilder.h"

#include "models/observation/writeledger.h"

#include <QHash>
#include <QSet>

namespace slipway {

namespace {

struct Federation {
    qint64 total = 0;
    qint64 ok = 0;
    qint64 quorumNotMet = 0;
    WriteLedger ledger;
    QHash<QString, qint64> rows;         // by host
    QHash<QString, QJsonObject> trouble; // by host
    QSet<QString> servers;               // their hashes
    QSet<QString> started;               // hosts whose server is reported to have started, and to have ended
    QSet<QString> stopped;
    QHash<QString, QString> probes;
    std::optional<qint64> settleMs;
};

void readWrite(const Observation &observation, Federation &seen) {
    const QString code = observation.text("code");
    ++seen.total;
    if (code == QLatin1String("201")) {
        ++seen.ok;
        seen.ledger.addWrite(observation);
    } else if (code == QLatin1String("503")) {
        ++seen.quorumNotMet;
    }
}

void readRows(const Observation &observation, Federation &seen) {
    const QString name = observation.text("name");
    const auto stats = answeredObject(observation);
    if (!name.startsWith(QLatin1String("stats-")) || !stats)
        return;
    for (const QJsonValue entry : stats->value(QLatin1String("by_namespace")).toArray()) {
        const QJsonObject space = entry.toObject();
        if (space.value(QLatin1String("namespace")).toString() != QLatin1String("ship-gate-phase2"))
            continue;
        const auto count = wholeNumber(space.value(QLatin1String("count")));
        if (!count || *count < 0)
            return; // no count: it is not known then
        seen.rows.insert(name.mid(6), *count);
    }
    if (!seen.rows.contains(name.mid(6)) && stats->value(QLatin1String("by_namespace")).isArray())
        seen.rows.insert(name.mid(6), 0);
}

// The first one counts: what follows is often its consequence.
void addTrouble(const QString &node, const QString &state, qint64 pid, const QString &text,
                Federation &seen) {
    if (!node.isEmpty() && !seen.trouble.contains(node))
        seen.trouble.insert(
            node,
            {{QStringLiteral("state"), state}, {QStringLiteral("pid"), pid}, {QStringLiteral("text"), text}});
}

// A server that was not there, or was not the one that was started, is reported; one that came and went as
// asked is not.
void readServer(const Observation &observation, const QString &host, Federation &seen) {
    const QString state = observation.text("state");
    if (state == QLatin1String("started"))
        seen.started.insert(host);
    else if (state == QLatin1String("stopped"))
        seen.stopped.insert(host);
    else
        addTrouble(observation.text("node"), state, observation.integer("pid").value_or(0),
                   observation.text("text"), seen);
}

void readObservation(const Observation &observation, const QString &host, Federation &seen) {
    if (observation.kind == QLatin1String("write")) {
        readWrite(observation, seen);
    } else if (observation.kind == QLatin1String("held")) {
        seen.ledger.addHeld(observation);
        if (observation.flag("endless"))
            addTrouble(observation.text("node"), QStringLiteral("endless"),
                       observation.integer("pid").value_or(0), kEndlessPages, seen);
    } else if (observation.kind == QLatin1String("own")) {
        seen.ledger.addOwn(observation);
    } else if (observation.kind == QLatin1String("begin")) {
        seen.ledger.begin(observation);
        seen.servers.insert(observation.text("server_sha256"));
    } else if (observation.kind == QLatin1String("server")) {
        readServer(observation, host, seen);
    } else if (observation.kind == QLatin1String("output")) {
        readRows(observation, seen);
    } else if (observation.kind == QLatin1String("probe")) {
        seen.probes.insert(observation.text("name"), observation.text("code"));
    } else if (observation.kind == QLatin1String("settled")) {
        seen.settleMs = observation.integer("ms");
    }
}

// A probe means something only where servers came and went as the steps say; a stream that came to its end
// mentions it.
void readStream(const ObservedStream &stream, Federation &seen) {
    bool ended = false;
    forEachObservation(stream.file, [&](const Observation &observation) {
        readObservation(observation, stream.host, seen);
        ended = ended || observation.kind == QLatin1String("end");
    });
    if (!ended)
        return;
    const auto expect = [&](const QSet<QString> &hosts, const QString &what) {
        if (!hosts.contains(stream.host))
            addTrouble(stream.host, QStringLiteral("untold"), 0, QStringLiteral("it was not seen to ") + what,
                       seen);
    };
    if (stream.step == QLatin1String("serve"))
        expect(seen.started, QStringLiteral("start"));
    else if (stream.step.startsWith(QLatin1String("stop-")) || stream.step == QLatin1String("clean"))
        expect(seen.stopped, QStringLiteral("stop"));
}

} // namespace

QJsonObject federationReport(const QList<ObservedStream> &streams, const QStringList &peers,
                             double deliveryMin) {
    Federation seen;
    for (const ObservedStream &stream : streams)
        readStream(stream, seen);

    QStringList reasons;
    QJsonObject counts;
    QJsonObject ackedHeld;
    QJsonObject changed;
    QJsonObject notOwn;
    QJsonObject trouble;
    for (qsizetype i = 0; i < peers.size(); ++i) {
        const QString letter(QChar(static_cast<char16_t>(u'a' + i)));
        const QString &peer = peers.at(i);
        counts.insert(letter, seen.rows.contains(peer) ? QJsonValue(seen.rows.value(peer))
                                                       : QJsonValue(QStringLiteral("ERR")));
        if (seen.trouble.contains(peer)) {
            const QJsonObject what = seen.trouble.value(peer);
            trouble.insert(peer, what);
            reasons << QStringLiteral("the server on %1 (pid %2): %3")
                           .arg(peer)
                           .arg(wholeNumber(what.value(QLatin1String("pid"))).value_or(0))
                           .arg(what.value(QLatin1String("text")).toString());
        }
        const auto holding = seen.ledger.holdingOf(peer);
        if (!holding || seen.trouble.contains(peer)) {
            reasons << QStringLiteral("%1 could not be asked what it holds").arg(peer);
            continue;
        }
        const qint64 held = holding->ids.size();
        ackedHeld.insert(letter, held);
        if (holding->changed > 0) {
            changed.insert(letter, holding->changed);
            reasons << QStringLiteral(
                           "%1 answers %2 acknowledged writes with another content than was written")
                           .arg(peer)
                           .arg(holding->changed);
        }
        if (holding->notOwn > 0) {
            notOwn.insert(letter, holding->notOwn);
            reasons << QStringLiteral("%1 answers %2 acknowledged writes that its own database does not hold")
                           .arg(peer)
                           .arg(holding->notOwn);
        }
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
        report.insert(QStringLiteral("acked"), seen.ledger.acknowledged().size());
        report.insert(QStringLiteral("acked_held"), ackedHeld);
    }
    for (const auto &[key, part] : {std::pair{QStringLiteral("acked_changed"), changed},
                                    std::pair{QStringLiteral("acked_not_own"), notOwn},
                                    std::pair{QStringLiteral("server_trouble"), trouble}}) {
        if (!part.isEmpty())
            report.insert(key, part);
    }
    if (seen.servers.size() > 1)
        reasons << QStringLiteral("%1 different servers under test were run").arg(seen.servers.size());
    if (seen.servers.size() == 1)
        report.insert(QStringLiteral("server_sha256"), *seen.servers.constBegin());
    if (seen.ok == 0)
        reasons << QStringLiteral("no write was acknowledged");
    if (seen.settleMs)
        report.insert(QStringLiteral("settle_ms"), *seen.settleMs);
    const auto probe = [&](const QString &name, const QString &key, const QString &expected) {
        const QString code = seen.probes.value(name);
        if (!code.isEmpty())
            report.insert(key, code);
        if (code != expected)
            reasons << QStringLiteral("%1 answered %2, not %3")
                           .arg(key, code.isEmpty() ? QStringLiteral("nothing") : code, expected);
    };
    probe(QStringLiteral("probe1"), QStringLiteral("probe1_single_peer_down"), QStringLiteral("201"));
    probe(QStringLiteral("probe2"), QStringLiteral("probe2_both_peers_down"), QStringLiteral("503"));
    report.insert(QStringLiteral("pass"), reasons.isEmpty());
    report.insert(QStringLiteral("reasons"), reasonsArray(reasons));
    return report;
}

} // namespace slipway
