// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wholenumber.h"
#include "models/evidence/anomaly.h"
#include "models/evidence/bounds.h"
#include "models/evidence/rules.h"

#include <algorithm>
#include <cmath>

namespace slipway::rules {

namespace {

// A server that died, or never answered, is the release's; a port that another holds is the host's, and
// nothing was measured.
void judgeServers(const Report &report, Checks &checks) {
    const QJsonObject trouble = report.value(QStringLiteral("server_trouble")).toObject();
    for (auto it = trouble.constBegin(); it != trouble.constEnd(); ++it) {
        const QString path = QStringLiteral("server_trouble.") + it.key();
        const QString state = it->toObject().value(QLatin1String("state")).toString();
        const QString reason = QStringLiteral("the server on %1 (pid %2): %3")
                                   .arg(it.key())
                                   .arg(wholeNumber(it->toObject().value(QLatin1String("pid"))).value_or(0))
                                   .arg(clipped(it->toObject().value(QLatin1String("text")).toString()));
        Check &check =
            checks.add(QStringLiteral("phase2.server"), it.key(),
                       QStringLiteral("The server that was started is the one that answers, to the end."),
                       QStringLiteral("started, stopped as asked"));
        check.source = report.rangeOf(path);
        Checks::unknown(check, Check::Flaw::Invalid, state, reason);
    }
}

void judgeArithmetic(const Report &report, const Expectation &expectation, Checks &checks) {
    const Number total = report.count(QStringLiteral("total_writes"));
    const Number ok = report.count(QStringLiteral("ok"));
    const Number qnm = report.count(QStringLiteral("quorum_not_met"));
    const Number fail = report.count(QStringLiteral("fail"));
    Check &sum = checks.add(QStringLiteral("phase2.sum"), QString(),
                            QStringLiteral("Every write has exactly one outcome."), total.text);
    sum.source = total.source;
    if (total.value && ok.value && qnm.value && fail.value &&
        *ok.value + *qnm.value + *fail.value == *total.value)
        Checks::pass(sum, QStringLiteral("%1 + %2 + %3").arg(ok.text, qnm.text, fail.text));
    else
        Checks::unknown(sum, Check::Flaw::Invalid,
                        QStringLiteral("%1 + %2 + %3").arg(ok.text, qnm.text, fail.text),
                        QStringLiteral("the outcomes of the writes do not add up to %1").arg(total.text));

    Check &writes = checks.add(QStringLiteral("phase2.writes"), QString(),
                               QStringLiteral("As many writes were made as the protocol asks for."),
                               QString::number(expectation.federationWrites));
    writes.source = total.source;
    if (total.value && *total.value >= static_cast<double>(expectation.federationWrites))
        Checks::pass(writes, total.text);
    else
        Checks::unknown(
            writes, Check::Flaw::Missing, total.text,
            QStringLiteral("%1 of %2 writes were made").arg(total.text).arg(expectation.federationWrites));

    Check &some =
        checks.add(QStringLiteral("phase2.acknowledged"), QString(),
                   QStringLiteral("There are acknowledged writes to look for."), QStringLiteral("≥ 1"));
    some.source = ok.source;
    if (ok.value && *ok.value >= 1)
        Checks::pass(some, ok.text);
    else
        Checks::unknown(some, Check::Flaw::Invalid, ok.text,
                        QStringLiteral("no write was acknowledged, so nothing was tested"));

    if (!ok.value || *ok.value < 1)
        return;
    const double share = deliveryShare(expectation.deliveryMin);
    const qint64 needed = trialsNeeded(share);
    Check &sample = checks.add(
        QStringLiteral("phase2.sample"), QString(),
        QStringLiteral("Enough writes were acknowledged for the claim at 95 % confidence, if writes are "
                       "lost independently of each other."),
        QStringLiteral("≥ %1").arg(needed));
    sample.source = ok.source;
    sample.n = static_cast<qint64>(*ok.value);
    if (*ok.value >= static_cast<double>(needed))
        Checks::pass(sample, ok.text);
    else
        Checks::unknown(sample, Check::Flaw::Unsupported, ok.text,
                        QStringLiteral("only %1 of %2 writes were acknowledged, at least %3 can support %4")
                            .arg(ok.text, total.text)
                            .arg(needed)
                            .arg(shareText(share)));
}

// Acknowledged writes were looked for one by one, or rows were counted: a row that was stored but never
// acknowledged then stands in for one that was acknowledged and lost.
void judgeIdentity(const Report &report, const Expectation &expectation, Checks &checks) {
    const Number ok = report.count(QStringLiteral("ok"));
    const Number acked = report.count(QStringLiteral("acked"));
    Check &identity =
        checks.add(QStringLiteral("phase2.identity"), QString(),
                   QStringLiteral("Each acknowledged write was looked for by its name."), ok.text);
    identity.source = acked.source;
    if (!acked.present || !report.value(QStringLiteral("acked_held")).isObject())
        Checks::unknown(identity, expectation.byIdentity ? Check::Flaw::Missing : Check::Flaw::Unsupported,
                        QStringLiteral("rows counted"),
                        QStringLiteral("rows were counted, acknowledged writes were not looked for"));
    else if (acked.value && acked.value == ok.value)
        Checks::pass(identity, acked.text);
    else
        Checks::unknown(
            identity, Check::Flaw::Invalid, acked.text,
            QStringLiteral("%1 writes were acknowledged under %2 names").arg(ok.text, acked.text));
}

void judgeSaturation(const Report &report, const QString &held, const QStringList &letters, Checks &checks) {
    const Number ok = report.count(QStringLiteral("ok"));
    for (const QString &counts : QStringList{held, QStringLiteral("counts.")}) {
        QList<Measured> measured;
        for (const QString &letter : letters) {
            if (const Number number = report.count(counts + letter); number.value && ok.value)
                measured.append({static_cast<qint64>(*number.value), static_cast<qint64>(*ok.value)});
        }
        // All peers at one page size and below what was written: the query was cut, not the data.
        const auto ceiling = ceilingOf(measured, Ceiling::Page);
        if (!ceiling || ceiling->times != letters.size())
            continue;
        Check &saturated =
            checks.add(QStringLiteral("phase2.saturation"), QString(),
                       QStringLiteral("Counts are measured, not cut at a page's size."), ok.text);
        saturated.n = measured.size();
        saturated.source = report.rangeOf(counts.chopped(1));
        Checks::unknown(saturated, Check::Flaw::Invalid, QString::number(ceiling->value),
                        QStringLiteral("every peer counts exactly %1: a page's size, not a measurement")
                            .arg(ceiling->value));
        return;
    }
}

void judgeDelivery(const Report &report, const Expectation &expectation, Checks &checks) {
    const Number ok = report.count(QStringLiteral("ok"));
    const Number total = report.count(QStringLiteral("total_writes"));
    const bool byIdentity = report.value(QStringLiteral("acked_held")).isObject();
    const QString held = byIdentity ? QStringLiteral("acked_held.") : QStringLiteral("counts.");
    const double acknowledged = ok.value.value_or(0);
    const double min = std::ceil(expectation.deliveryMin * acknowledged - 1e-9);
    QStringList letters;
    for (qsizetype i = 0; i < expectation.peers.size(); ++i) {
        const QString &peer = expectation.peers.at(i);
        letters << QString(QChar(static_cast<char16_t>(u'a' + i)));
        const Number number = report.count(held + letters.constLast());
        const Number rows = report.count(QStringLiteral("counts.") + letters.constLast());
        Check &check = checks.compare(
            QStringLiteral("phase2.delivery"), peer, QStringLiteral("Acknowledged writes reach this peer."),
            QStringLiteral("≥ %1").arg(shareText(min)), number, number.value >= min,
            QStringLiteral("%1 holds %2 of %3 acknowledged writes, at least %4 must arrive")
                .arg(peer, number.text, ok.text)
                .arg(shareText(min)));
        check.n = static_cast<qint64>(acknowledged);
        if (!number.value)
            continue;
        if (byIdentity && *number.value > acknowledged)
            Checks::unknown(check, Check::Flaw::Invalid, number.text,
                            QStringLiteral("%1 holds more acknowledged writes than there are").arg(peer));
        else if (byIdentity && rows.value && *rows.value < *number.value)
            Checks::unknown(
                check, Check::Flaw::Invalid, number.text,
                QStringLiteral("%1 has %2 rows, fewer than the %3 acknowledged writes found in them")
                    .arg(peer, rows.text, number.text));
        else if (!byIdentity && total.value && *number.value > *total.value)
            Checks::unknown(check, Check::Flaw::Invalid, number.text,
                            QStringLiteral("%1 counts %2 rows of %3 writes: it counts others' too")
                                .arg(peer, number.text, total.text));
    }
    judgeSaturation(report, held, letters, checks);
}

} // namespace

void judgeFederation(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 2);
    const Report report(files, QStringLiteral("phase2.json"));
    if (!list.readable(report, QString()))
        return;
    const qsizetype first = list.size();
    list.original(report, QString());
    judgeServers(report, list);
    judgeArithmetic(report, expectation, list);
    judgeIdentity(report, expectation, list);
    judgeDelivery(report, expectation, list);
    const auto probe = [&](const QString &id, const QString &key, const QString &proves, double expected) {
        const Number code = report.count(key);
        list.compare(id, QString(), proves, QString::number(expected), code, code.value == expected,
                     QStringLiteral("%1 answered %2, not %3").arg(key, code.text).arg(expected));
    };
    probe(QStringLiteral("phase2.probe1"), QStringLiteral("probe1_single_peer_down"),
          QStringLiteral("With one peer down a write still meets its quorum."), 201);
    probe(QStringLiteral("phase2.probe2"), QStringLiteral("probe2_both_peers_down"),
          QStringLiteral("With both peers down a write is refused."), 503);
    list.claim(report, QString(), first);
}

} // namespace slipway::rules
