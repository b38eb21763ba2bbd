// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/fieldcycles.h"

#include "models/cycles/cycleline.h"
#include "models/fleet/fleet.h"

#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kLimit = qsizetype(64) * 1024 * 1024;
constexpr qsizetype kMaxClasses = 64;
constexpr int kMaxUnreadable = 10'000; // lines of a class that are not cycles; beyond, none is looked at live

QString fileName(const QString &fault) {
    return QStringLiteral("cycles-%1.jsonl").arg(fault);
}

} // namespace

void FieldCycles::add(const Observation &observation) {
    const QString fault = observation.text("fault");
    const auto offset = observation.integer("offset");
    // The name comes from a host and becomes part of a file's.
    if (observation.kind != QLatin1String("field_cycles") || !isPlainName(fault) || !offset ||
        (!m_classes.contains(fault) && m_classes.size() >= kMaxClasses))
        return;
    if (*offset == 0)
        m_classes.remove(fault); // the script began its file anew
    Class &entry = m_classes[fault];
    const QByteArray bytes = outputBytes(observation);
    if (*offset != entry.bytes.size() || entry.bytes.size() + bytes.size() > kLimit)
        return;
    entry.bytes += bytes;
    entry.splitter.add(bytes, [&](qint64 at, const QByteArray &line) {
        if (line.isEmpty() || entry.unreadable > kMaxUnreadable)
            return;
        if (auto cycle = parseCycleLine(line, {fileName(fault), at, line.size()}))
            m_finished.append(*std::move(cycle));
        else
            ++entry.unreadable;
    });
}

QList<Cycle> FieldCycles::takeFinished() {
    return std::exchange(m_finished, {});
}

QList<EvidenceFile> FieldCycles::files() const {
    QList<EvidenceFile> files;
    for (auto it = m_classes.constBegin(); it != m_classes.constEnd(); ++it)
        files.append({fileName(it.key()), it.value().bytes});
    return files;
}

} // namespace slipway
