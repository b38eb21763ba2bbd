// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/logstreams.h"

#include "app/logstream/logspool.h"

#include <QFile>

namespace slipway {

QList<LogStream> archivedStreams(const Paths &paths, const CampaignRecord &record) {
    QList<LogStream> streams;
    for (const PhaseRun &run : record.phaseRuns) {
        const QString path =
            paths.spoolDir(record.summary.id) + QLatin1Char('/') + run.streamName() + QStringLiteral(".log");
        if (!QFile::exists(path))
            continue;
        if (const auto spool = LogSpool::open(path))
            streams.append({run, *spool});
    }
    return streams;
}

} // namespace slipway
