// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"

#include <cmath>

namespace slipway::rules {

namespace {

void judgeArithmetic(const Report &report, const Expectation &expectation, Checks &checks) {
    const Number total = report.number(QStringLiteral("total_writes"));
    const Number ok = report.number(QStringLiteral("ok"));
    const Number qnm = report.number(QStringLiteral("quorum_not_met"));
    const Number fail = report.number(QStringLiteral("fail"));
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

    if (const Number acked = report.number(QStringLiteral("acked"));
        acked.present && acked.value != ok.value) {
        Check &identity = checks.add(QStringLiteral("phase2.identity"), QString(),
                                     QStringLiteral("Each acknowledged write is one of its own."), ok.text);
        identity.source = acked.source;
        Checks::unknown(
            identity, Check::Flaw::Invalid, acked.text,
            QStringLiteral("%1 writes were acknowledged under %2 names").arg(ok.text, acked.text));
    }
}

void judgeDelivery(const Report &report, const Expectation &expectation, Checks &checks) {
    const Number ok = report.number(QStringLiteral("ok"));
    const bool byIdentity = report.value(QStringLiteral("acked_held")).isObject();
    const QString held = byIdentity ? QStringLiteral("acked_held.") : QStringLiteral("counts.");
    const double acknowledged = ok.value.value_or(0);
    const double least = std::ceil(expectation.deliveryMin * acknowledged - 1e-9);
    QList<double> counts;
    for (qsizetype i = 0; i < expectation.peers.size(); ++i) {
        const QString &peer = expectation.peers.at(i);
        const Number number = report.number(held + QChar(static_cast<char16_t>(u'a' + i)));
        Check &check = checks.compare(
            QStringLiteral("phase2.delivery"), peer, QStringLiteral("Acknowledged writes reach this peer."),
            QStringLiteral("≥ %1").arg(least), number, number.value >= least,
            QStringLiteral("%1 holds %2 of %3 acknowledged writes, at least %4 must arrive")
                .arg(peer, number.text, ok.text)
                .arg(least));
        check.n = static_cast<qint64>(acknowledged);
        if (number.value && byIdentity && *number.value > acknowledged)
            Checks::unknown(check, Check::Flaw::Invalid, number.text,
                            QStringLiteral("%1 holds more acknowledged writes than there are").arg(peer));
        if (number.value)
            counts.append(*number.value);
    }
    // All peers at one page size and below what was written: the query was cut, not the data.
    const bool alike = counts.size() == expectation.peers.size() && !counts.isEmpty() &&
                       counts.count(counts.constFirst()) == counts.size() &&
                       counts.constFirst() < acknowledged;
    if (const auto ceiling = alike ? ceilingOf(counts.constFirst()) : std::nullopt) {
        Check &saturated =
            checks.add(QStringLiteral("phase2.saturation"), QString(),
                       QStringLiteral("Counts are measured, not cut at a page's size."), ok.text);
        saturated.source = report.rangeOf(QStringLiteral("counts"));
        Checks::unknown(
            saturated, Check::Flaw::Invalid, QString::number(*ceiling),
            QStringLiteral("every peer counts exactly %1: a page's size, not a measurement").arg(*ceiling));
    }
}

} // namespace

void judgeFederation(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 2);
    const Report report(files, QStringLiteral("phase2.json"));
    if (!list.readable(report, QString()))
        return;
    const qsizetype first = list.size();
    judgeArithmetic(report, expectation, list);
    judgeDelivery(report, expectation, list);
    const auto probe = [&](const QString &id, const QString &key, const QString &proves, double wanted) {
        const Number code = report.number(key);
        list.compare(id, QString(), proves, QString::number(wanted), code, code.value == wanted,
                     QStringLiteral("%1 answered %2, not %3").arg(key, code.text).arg(wanted));
    };
    probe(QStringLiteral("phase2.probe1"), QStringLiteral("probe1_single_peer_down"),
          QStringLiteral("With one peer down a write still meets its quorum."), 201);
    probe(QStringLiteral("phase2.probe2"), QStringLiteral("probe2_both_peers_down"),
          QStringLiteral("With both peers down a write is refused."), 503);
    list.claim(report, QString(), first);
}

} // namespace slipway::rules
