// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of the streams of observations themselves, before anything is read from them.
#include "models/evidence/rules_streams.h"

#include <QSet>

#include <algorithm>

namespace slipway::rules {

namespace {

// Agents of one program write their lines at the same time, each with the time at which it began to.
constexpr qint64 kJitterMs = 1000;

SourceRange wholeOf(const StreamFacts &stream) {
    return {stream.run.streamFile(), 0, 0};
}

// One check a phase: its runs left their observations, as planned.
void judgePhaseStreams(int phase, const QList<StreamFacts> &streams, QList<Check> &checks) {
    QList<StreamFacts> own;
    std::copy_if(streams.begin(), streams.end(), std::back_inserter(own),
                 [phase](const StreamFacts &stream) { return stream.run.phase == phase; });
    if (std::none_of(own.begin(), own.end(), [](const StreamFacts &stream) { return stream.present; }))
        return; // the phase was not reached, which its missing reports say
    Checks list(checks, phase);
    Check &check =
        list.add(QStringLiteral("phase%1.observations").arg(phase), QString(),
                 QStringLiteral("Every run of the phase left its observations, from its beginning to "
                                "its end, under its own token and by the program that was sent."),
                 QStringLiteral("%1 streams").arg(own.size()));
    check.n = own.size();
    const auto complain = [&](const StreamFacts &stream, Check::Flaw flaw, const QString &why) {
        check.source = stream.begin.length > 0 ? stream.begin : wholeOf(stream);
        Checks::unknown(check, flaw, why,
                        QStringLiteral("%1: %2").arg(stream.run.streamFile(), clipped(why)));
    };
    const StreamFacts *missing = nullptr;
    for (const StreamFacts &stream : own) {
        if (!stream.present || stream.cutShort)
            missing = missing ? missing : &stream;
        else if (!stream.problem.isEmpty())
            return complain(stream, Check::Flaw::Invalid, stream.problem);
    }
    if (missing)
        return complain(*missing, Check::Flaw::Missing,
                        missing->present ? missing->problem : QStringLiteral("it is not there"));
    check.source = wholeOf(own.constFirst());
    Checks::pass(check, QStringLiteral("%1 streams").arg(own.size()));
}

void judgeOneServer(const QList<StreamFacts> &streams, Checks &checks) {
    const StreamFacts *first = nullptr;
    qint64 hosts = 0;
    Check &check =
        checks.add(QStringLiteral("campaign.one_server"), QString(),
                   QStringLiteral("Every run on every host measured the same server, to the byte."),
                   QStringLiteral("one SHA-256"));
    for (const StreamFacts &stream : streams) {
        if (!stream.present)
            continue;
        ++hosts;
        first = first ? first : &stream;
        if (stream.serverSha256 == first->serverSha256 && stream.version == first->version)
            continue;
        check.source = stream.begin;
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("several"),
                        QStringLiteral("%1 (phase %2) ran another server than %3 (phase %4)")
                            .arg(stream.run.host)
                            .arg(stream.run.phase)
                            .arg(first->run.host)
                            .arg(first->run.phase));
        return;
    }
    check.n = hosts;
    if (first)
        check.source = first->begin;
    if (!first || first->serverSha256.isEmpty())
        Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("not there"),
                        QStringLiteral("no run says which server it measured"));
    else
        Checks::pass(check, first->serverSha256);
}

void judgeUsers(const QList<StreamFacts> &streams, Checks &checks) {
    Check &check = checks.add(
        QStringLiteral("campaign.separate_user"), QString(),
        QStringLiteral(
            "The server under test ran as another user than the programs that observed it, so that it "
            "could not write their observations."),
        QStringLiteral("another user"));
    for (const StreamFacts &stream : streams) {
        if (!stream.present || stream.separateUser == true)
            continue;
        check.source = stream.begin;
        Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("the same user"),
                        QStringLiteral("the server on %1 (phase %2) ran as the user that observed it, so it "
                                       "could have written the observations itself")
                            .arg(stream.run.host)
                            .arg(stream.run.phase));
        return;
    }
    Checks::pass(check, QStringLiteral("another user"));
}

// A host's clock that goes back makes its times worth nothing; that of another phase's earlier one too.
void judgeClocks(const QList<StreamFacts> &streams, Checks &checks) {
    Check &check = checks.add(QStringLiteral("campaign.clocks"), QString(),
                              QStringLiteral("No host's clock went back while it observed."),
                              QStringLiteral("times in order"));
    QMap<QString, const StreamFacts *> before; // by host, the phase that ended last
    for (const StreamFacts &stream : streams) {
        if (!stream.beganAt.isValid())
            continue;
        const StreamFacts *earlier = before.value(stream.run.host);
        const qint64 back =
            earlier && earlier->run.phase < stream.run.phase ? stream.beganAt.msecsTo(earlier->endedAt) : 0;
        const qint64 worst = std::max(back, stream.backwardMs);
        if (worst > kJitterMs) {
            check.source = stream.begin;
            Checks::unknown(
                check, Check::Flaw::Unsupported, QStringLiteral("%1 ms back").arg(worst),
                QStringLiteral("the clock of %1 went back by %2 s in phase %3, so its times prove "
                               "nothing")
                    .arg(stream.run.host)
                    .arg(static_cast<double>(worst) / 1000)
                    .arg(stream.run.phase));
            return;
        }
        if (!earlier || earlier->endedAt < stream.endedAt)
            before.insert(stream.run.host, &stream);
    }
    Checks::pass(check, QStringLiteral("times in order"));
}

} // namespace

void judgeStreams(const QList<StreamFacts> &streams, QList<Check> &checks) {
    QSet<int> phases;
    for (const StreamFacts &stream : streams)
        phases.insert(stream.run.phase);
    QList<int> ordered(phases.begin(), phases.end());
    std::sort(ordered.begin(), ordered.end());
    for (const int phase : ordered)
        judgePhaseStreams(phase, streams, checks);
    Checks list(checks, 0);
    judgeOneServer(streams, list);
    judgeUsers(streams, list);
    judgeClocks(streams, list);
}

} // namespace slipway::rules
