// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/comparisonrunner.h"

#include "app/archive/campaignreader.h"
#include "app/session/logstreams.h"
#include "models/observation/zstream.h"

#include <chrono>
#include <thread>

namespace slipway {

namespace {

constexpr qint64 kLines = 2'000'000; // of a log; what follows is not looked at
constexpr qint64 kAtOnce = 4096;
constexpr qsizetype kNewLines = 1000;
constexpr auto kIndexWait = std::chrono::milliseconds(5);

struct NamedTemplates {
    QString stream;
    LogTemplates templates;
};

// Files that are not JSON are logs, wherever they landed.
bool isLog(const EvidenceFile &file) {
    return !file.bytes.isEmpty() && !file.bytes.startsWith('{') &&
           !file.name.endsWith(QLatin1String("jsonl"));
}

LogTemplates templatesOf(const LogSource &source, const std::stop_token &stop) {
    while (source.isIndexing() && source.lineCount() < kLines && !stop.stop_requested())
        std::this_thread::sleep_for(kIndexWait);
    LogTemplates templates;
    const qint64 count = std::min(source.lineCount(), kLines);
    for (qint64 first = 0; first < count && !stop.stop_requested(); first += kAtOnce) {
        qint64 number = first;
        for (const LogLine &line : source.lines(first, std::min(kAtOnce, count - first)))
            templates.add(line.text, number++);
    }
    return templates;
}

// A log that has a line that is too long is compared up to it.
LogTemplates templatesOf(const EvidenceFile &log) {
    LogTemplates templates;
    qint64 number = 0;
    [[maybe_unused]] const auto read = forEachLine(log, [&](QByteArrayView line, qint64) {
        templates.add(line.toByteArray(), number);
        return ++number < kLines;
    });
    return templates;
}

std::vector<NamedTemplates> templatesOf(const CampaignRecord &record, const QList<LogStream> &streams,
                                        const std::stop_token &stop) {
    std::vector<NamedTemplates> all;
    for (const LogStream &stream : streams)
        all.push_back({stream.run.streamName(), templatesOf(*stream.source, stop)});
    for (const EvidenceFile &file : record.files) {
        if (isLog(file))
            all.push_back({file.name, templatesOf(file)});
    }
    return all;
}

using Pair = std::pair<CampaignRecord, CampaignRecord>;

ComparedCampaign comparedOf(const CampaignRecord &record) {
    ComparedCampaign compared{{}, record.cycles, record.parameters};
    if (record.judgement)
        compared.checks = record.judgement->checks;
    compared.settings.insert(QStringLiteral("ref"), record.summary.ref);
    compared.settings.insert(QStringLiteral("fleet"), record.summary.fleet);
    compared.settings.insert(QStringLiteral("protocol"), record.summary.protocol);
    return compared;
}

Comparison compare(const Pair &pair, const QList<LogStream> &ownStreams, const QList<LogStream> &otherStreams,
                   const std::stop_token &stop) {
    const auto &[own, other] = pair;
    Comparison comparison;
    comparison.other = other.summary.id;
    comparison.numbers = changedNumbers(comparedOf(other), comparedOf(own));
    const auto known = templatesOf(other, otherStreams, stop);
    const auto seen = templatesOf(own, ownStreams, stop);
    comparison.bothHaveLogs = !known.empty() && !seen.empty();
    if (!comparison.bothHaveLogs)
        return comparison;
    QSet<QByteArray> old;
    for (const NamedTemplates &one : known)
        one.templates.addTextsTo(old);
    for (const NamedTemplates &one : seen) {
        for (const LogTemplate &kind : one.templates.notIn(old)) {
            if (comparison.newLines.size() < kNewLines)
                comparison.newLines.append({one.stream, kind});
        }
    }
    return comparison;
}

} // namespace

void ComparisonRunner::compare(const QString &id, const QString &other,
                               std::function<void(Result<Comparison>)> done) {
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_archive.ask<Pair>(
        [id, other](Archive &archive) -> Result<Pair> {
            auto own = CampaignReader(archive).load(id);
            if (!own)
                return own.error();
            auto with = CampaignReader(archive).load(other);
            if (!with)
                return with.error();
            return Pair{std::move(*own), std::move(*with)};
        },
        [paths = m_paths, &background = m_background, done = std::move(done),
         stop = m_stop.get_token()](const Result<Pair> &pair) {
            if (!pair) {
                done(pair.error());
                return;
            }
            background.ask<Comparison>(
                [pair = *pair, stop, paths] {
                    return slipway::compare(pair, archivedStreams(paths, pair.first),
                                            archivedStreams(paths, pair.second), stop);
                },
                [done, stop](const Comparison &comparison) {
                    if (!stop.stop_requested())
                        done(comparison);
                });
        });
}

} // namespace slipway
