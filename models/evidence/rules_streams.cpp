// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of the streams of observations themselves, before anything is read from them.
#include "models/evidence/rules_streams.h"

#include "models/evidence/streamgrammar.h"
#include "models/observation/hostclock.h"

#include <QSet>

#include <algorithm>
#include <cstdlib>

namespace slipway::rules {

namespace {

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

// "the clock of chaos was set back by 3600 s in phase 2"
QString jumpText(const StreamFacts &stream) {
    return QStringLiteral("the clock of %1 was set %2 by %3 s in phase %4")
        .arg(stream.run.host, stream.worstJumpMs < 0 ? QStringLiteral("back") : QStringLiteral("forward"))
        .arg(static_cast<double>(std::abs(stream.worstJumpMs)) / 1000)
        .arg(stream.run.phase);
}

// Whether the second ran after the first had ended, by the plan: phases and steps follow each other.
bool isPlannedLater(const StreamFacts &stream, const StreamFacts &earlier) {
    return earlier.run.phase < stream.run.phase ||
           (earlier.run.phase == stream.run.phase && earlier.run.step != stream.run.step &&
            StreamGrammar::knows(earlier.run) && StreamGrammar::knows(stream.run));
}

// "phase 4", "step burst of phase 2"
QString placeText(const StreamFacts &stream, const StreamFacts &other) {
    const QString phase = QStringLiteral("phase %1").arg(stream.run.phase);
    return stream.run.phase == other.run.phase ? QStringLiteral("step %1 of %2").arg(stream.run.step, phase)
                                               : phase;
}

// A host that was started anew has been up for less time than has passed.
bool isImpossibleBoot(const StreamFacts &stream, const StreamFacts &earlier) {
    return stream.isSteady && earlier.isSteady && !stream.bootId.isEmpty() && !earlier.bootId.isEmpty() &&
           stream.bootId != earlier.bootId &&
           stream.beganUpMs > earlier.endedAt.msecsTo(stream.beganAt) + 2 * HostClock::kJitterMs;
}

bool isSameBoot(const StreamFacts &stream, const StreamFacts &earlier) {
    return stream.isSteady && earlier.isSteady && !stream.bootId.isEmpty() && stream.bootId == earlier.bootId;
}

// A clock that was set is reported. Where every line has the time since boot too, times are counted by that
// and it does no harm; where not, they prove nothing.
void judgeClocks(const QList<StreamFacts> &streams, Checks &checks) {
    Check &check = checks.add(QStringLiteral("campaign.clocks"), QString(),
                              QStringLiteral("Times follow each other, also where a host's clock was set."),
                              QStringLiteral("times in order"));
    QStringList reported;
    QMap<QString, const StreamFacts *> before; // by host, the phase that ended last
    const auto complain = [&](const StreamFacts &stream, Check::Flaw flaw, const QString &actual,
                              const QString &why) {
        check.source = stream.begin;
        Checks::unknown(check, flaw, actual, why);
    };
    for (const StreamFacts &stream : streams) {
        if (!stream.beganAt.isValid())
            continue;
        const StreamFacts *earlier = before.value(stream.run.host);
        const bool isLater = earlier && isPlannedLater(stream, *earlier);
        const qint64 back = isLater ? stream.beganAt.msecsTo(earlier->endedAt) : 0;
        if (isLater && isSameBoot(stream, *earlier)) {
            if (stream.beganUpMs + HostClock::kJitterMs < earlier->endedUpMs)
                return complain(
                    stream, Check::Flaw::Invalid, QStringLiteral("phases overlap"),
                    QStringLiteral("%1 began on %2 before %3 had ended there")
                        .arg(placeText(stream, *earlier), stream.run.host, placeText(*earlier, stream)));
            if (back > HostClock::kJitterMs)
                reported << QStringLiteral("the clock of %1 was set back by %2 s before phase %3")
                                .arg(stream.run.host)
                                .arg(static_cast<double>(back) / 1000)
                                .arg(stream.run.phase);
        } else if (back > HostClock::kJitterMs) {
            return complain(stream, Check::Flaw::Unsupported, QStringLiteral("%1 ms back").arg(back),
                            QStringLiteral("the clock of %1 was set back by %2 s before phase %3, so its "
                                           "times prove nothing")
                                .arg(stream.run.host)
                                .arg(static_cast<double>(back) / 1000)
                                .arg(stream.run.phase));
        } else if (isLater && isImpossibleBoot(stream, *earlier)) {
            return complain(
                stream, Check::Flaw::Unsupported, stream.bootId,
                QStringLiteral("%1 has another boot id in %2 than in %3, and was not started anew "
                               "in between by its own time, so its times prove nothing")
                    .arg(stream.run.host, placeText(stream, *earlier), placeText(*earlier, stream)));
        }
        if (stream.clockJumps > 0 && !stream.isSteady)
            return complain(stream, Check::Flaw::Unsupported, QStringLiteral("%1 ms").arg(stream.worstJumpMs),
                            jumpText(stream) + QStringLiteral(", so its times prove nothing"));
        if (stream.clockJumps > 0)
            reported << jumpText(stream);
        if (!earlier || isLater || earlier->endedAt < stream.endedAt)
            before.insert(stream.run.host, &stream);
    }
    constexpr qsizetype kShown = 3;
    if (reported.isEmpty())
        Checks::pass(check, QStringLiteral("times in order"));
    else
        Checks::pass(check, reported.mid(0, kShown).join(QStringLiteral("; ")) +
                                (reported.size() > kShown
                                     ? QStringLiteral(" and %1 more").arg(reported.size() - kShown)
                                     : QString()) +
                                QStringLiteral("; times are counted from the host's start"));
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
