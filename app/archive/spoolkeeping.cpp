// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/spoolkeeping.h"

#include "app/archive/observationstore.h"
#include "app/archive/observationstreams.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace slipway {

namespace {

// Next to its place, under a name that nothing has.
Result<QString> setAside(const QString &spoolDir, const QString &name) {
    QString aside;
    for (int number = 1; aside.isEmpty() || QFile::exists(spoolDir + QLatin1Char('/') + aside); ++number)
        aside = name + QStringLiteral(".changed-%1").arg(number);
    QFile file(spoolDir + QLatin1Char('/') + name);
    if (!file.rename(spoolDir + QLatin1Char('/') + aside))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be set aside as %2: %3")
                                        .arg(file.fileName(), aside, file.errorString())};
    return aside;
}

// A spool that is there though its campaign ends: what an older version or a crash left, and what was set
// aside.
Result<void> keepSpool(Archive &archive, const QString &campaign, const QString &spoolDir,
                       const QString &name) {
    const bool isObservations = name.endsWith(kObservationSuffix);
    QFile file(spoolDir + QLatin1Char('/') + name);
    const auto known = ObservationStore(archive).loadSpoolBytes(campaign, name);
    if (!known)
        return known.error();
    if (*known == file.size() && !isObservations)
        return {};
    StreamRecord record(name, isObservations ? StreamRecord::Keeps::Bytes : StreamRecord::Keeps::Nothing);
    TRY(record.add(file));
    EndedStream stream = record.end();
    const auto kept = isObservations ? ObservationStore(archive).loadKept(campaign) : QList<EndedStream>();
    if (!kept)
        return kept.error();
    const auto same = std::find_if(kept->begin(), kept->end(),
                                   [&](const EndedStream &other) { return other.name == name; });
    // What was compared with the host is not replaced by what lies here now.
    if (same != kept->end() && same->sha256 != stream.sha256) {
        const auto aside = setAside(spoolDir, name);
        if (!aside)
            return aside.error();
        stream.name = *aside;
    }
    return keepStream(archive, campaign, spoolDir, stream);
}

} // namespace

Result<void> keepStream(Archive &archive, const QString &campaign, const QString &spoolDir,
                        const EndedStream &stream) {
    if (!stream.name.endsWith(kObservationSuffix))
        return ObservationStore(archive).saveSpool(campaign, stream.name, stream.bytes, stream.sha256);
    if (stream.bytes > 0) {
        TRY(ObservationStore(archive).save(campaign, stream));
    }
    // One that cannot be removed is the same as what is kept, and costs room only.
    QFile file(spoolDir + QLatin1Char('/') + stream.name);
    if (file.size() == stream.bytes)
        file.remove();
    return {};
}

Result<void> keepSpools(Archive &archive, const QString &campaign, const QString &spoolDir) {
    for (const QString &name : QDir(spoolDir).entryList(QDir::Files)) {
        TRY(keepSpool(archive, campaign, spoolDir, name));
    }
    return {};
}

} // namespace slipway
