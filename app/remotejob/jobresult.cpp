// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobresult.h"

#include <QList>

namespace slipway {

namespace {

QString howItEnded(const JobResult &result) {
    switch (result.state) {
    case JobState::Exited:
        return QStringLiteral("it exited with %1").arg(result.exitCode);
    case JobState::Signalled:
        return QStringLiteral("it was killed by SIG%1").arg(result.signalName);
    case JobState::Cancelled:
        return QStringLiteral("it was ended on request");
    case JobState::Overdue:
        return QStringLiteral("its host ended it at its deadline");
    case JobState::WrapperGone:
        return QStringLiteral("its supervisor on the host was killed; how it ended is not known");
    case JobState::HostRebooted:
        return QStringLiteral("the host was restarted while it ran");
    case JobState::Vanished:
        return QStringLiteral("its folder on the host was removed or cut short");
    case JobState::NeverStarted:
        return QStringLiteral("the host took it and did not start it");
    }
    return {};
}

} // namespace

// "finished OUT LOG OUTHASH LOGHASH v1 exited 0 [nospace]", or a state alone.
JobResult readJobResult(const QByteArray &end, bool isStopped) {
    const QList<QByteArray> words = end.simplified().split(' ');
    const QByteArray &state = words.constFirst();
    JobResult result;
    if (state == "finished" && words.value(6) == "exited") {
        result.state = JobState::Exited;
        result.exitCode = words.value(7).toInt();
    } else if (state == "finished" && words.value(6) == "signalled") {
        result.state = JobState::Signalled;
        result.signalName = QString::fromLatin1(words.value(7));
    } else if (state == "finished" && words.value(6) == "overdue") {
        result.state = JobState::Overdue;
    } else if (state == "rebooted") {
        result.state = JobState::HostRebooted;
    } else if (state == "vanished" || state == "truncated") {
        result.state = JobState::Vanished;
    } else if (state == "never-started") {
        result.state = JobState::NeverStarted;
    }
    if (isStopped && (result.state == JobState::Signalled || result.state == JobState::Exited))
        result.state = JobState::Cancelled;
    result.noSpace = words.contains("nospace");
    result.text = howItEnded(result);
    return result;
}

} // namespace slipway
