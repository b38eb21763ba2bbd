// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runrecorder.h"

#include "app/core/sha256.h"
#include "models/log/linesplitter.h"
#include "models/log/severity.h"

#include <QDir>

#include <utility>

namespace slipway {

namespace {

constexpr int kBatchMs = 200;
constexpr int kAgainMs = 2000;
constexpr qsizetype kBatchRows = 1000;
constexpr qsizetype kSalientLines = 1000; // of a campaign
constexpr qint64 kSalientLength = 500;
constexpr qint64 kReadSize = qint64(1024) * 1024;
const QString kObservationSuffix = QStringLiteral(".obs.jsonl");

// The warnings and errors of a log, for a search.
void addSalient(QFile &file, const QString &name, QList<SalientLine> &lines) {
    while (!file.atEnd() && lines.size() < kSalientLines) {
        const qint64 from = file.pos();
        const QByteArray line = file.readLine(kSalientLength);
        if (severityOf(line) != Severity::Normal)
            lines.append(
                {QStringLiteral("%1, byte %2").arg(name).arg(from), QString::fromUtf8(line).trimmed()});
    }
}

// What came is in the spool, whatever became of the batches on their way into the archive: lines that are
// there already stay as they are, a gap is filled.
Result<void> fillGaps(CampaignStore &store, const QString &campaign, const QString &stream, QFile &file) {
    LineSplitter splitter;
    QList<ObservationRow> rows;
    Result<void> kept;
    const auto keep = [&](qsizetype atLeast) {
        if (kept && rows.size() >= atLeast)
            kept = store.appendObservations(campaign, std::exchange(rows, {}));
    };
    const auto seen = [&](qint64 at, const QByteArray &line) { rows.append({stream, at, line}); };
    while (kept && !file.atEnd()) {
        const QByteArray bytes = file.read(kReadSize);
        if (bytes.isEmpty())
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString())};
        splitter.add(bytes, seen);
        keep(kBatchRows);
    }
    splitter.finish(seen);
    keep(1);
    return kept;
}

Result<void> saveStreams(CampaignStore &store, const QString &campaign, const QString &spoolDir) {
    const QDir dir(spoolDir);
    QList<SalientLine> salient;
    for (const QString &name : dir.entryList(QDir::Files)) {
        QFile file(dir.filePath(name));
        Sha256 hash;
        if (!file.open(QIODevice::ReadOnly) || !hash.add(file))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString())};
        if (auto saved = store.saveStream(campaign, name, file.size(), QString::fromLatin1(hash.hex()));
            !saved)
            return saved;
        if (name.endsWith(QLatin1String(".log")) && file.seek(0))
            addSalient(file, name, salient);
        if (name.endsWith(kObservationSuffix) && file.seek(0)) {
            if (auto filled = fillGaps(store, campaign, name.chopped(kObservationSuffix.size()), file);
                !filled)
                return filled;
        }
    }
    return store.saveSalient(campaign, QStringLiteral("log"), salient);
}

std::function<Result<bool>(CampaignStore &)> asked(std::function<Result<void>(CampaignStore &)> write) {
    return [write = std::move(write)](CampaignStore &store) -> Result<bool> {
        if (const auto written = write(store); !written)
            return written.error();
        return true;
    };
}

} // namespace

RunRecorder::RunRecorder(ArchiveThread &archive, QObject *parent) : QObject(parent), m_archive(archive) {
    m_flush.setSingleShot(true);
    m_flush.setInterval(kBatchMs);
    connect(&m_flush, &QTimer::timeout, this, &RunRecorder::flush);
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, &RunRecorder::writeNext);
}

RunRecorder::~RunRecorder() {
    flush();
    if (m_writing)
        m_requests.pop_front();
    for (Request &request : m_requests)
        m_archive.ask<bool>(asked(std::move(request.write)), [](const Result<bool> &) {});
}

void RunRecorder::save(const QString &campaign, std::function<Result<void>(CampaignStore &)> write,
                       std::function<void()> done) {
    m_requests.push_back({campaign, std::move(write), std::move(done)});
    if (m_trouble.isEmpty())
        writeNext();
}

void RunRecorder::writeNext() {
    if (m_writing || m_requests.empty())
        return;
    m_writing = true;
    m_archive.ask<bool>(asked(m_requests.front().write),
                        [alive = QPointer<RunRecorder>(this)](const Result<bool> &written) {
                            if (alive)
                                alive->take(written);
                        });
}

void RunRecorder::take(const Result<bool> &written) {
    m_writing = false;
    // No failure is taken for the last word: a disk that was away for a second is back. Told once for each
    // reason.
    if (!written) {
        const Error &error = written.error();
        const QString todo =
            error.code == ErrorCode::DiskFull
                ? QStringLiteral(" Make room on this machine: it waits.")
                : QStringLiteral(" It is kept and tried again every %1 s.").arg(kAgainMs / 1000);
        if (error.text != m_trouble)
            Q_EMIT failed(m_requests.front().campaign, {error.code, error.text + todo});
        m_trouble = error.text;
        m_again.start();
        return;
    }
    m_trouble.clear();
    const Request request = std::move(m_requests.front());
    m_requests.pop_front();
    if (request.done)
        request.done();
    writeNext();
}

void RunRecorder::flush() {
    m_flush.stop();
    if (m_rows.isEmpty())
        return;
    save(m_campaign, [campaign = m_campaign, rows = std::exchange(m_rows, {})](CampaignStore &store) {
        return store.appendObservations(campaign, rows);
    });
}

void RunRecorder::record(const QString &campaign, const PhaseRun &run, const QList<StreamLine> &lines) {
    m_campaign = campaign;
    for (const StreamLine &line : lines)
        m_rows.append({run.streamName(), line.offset, line.bytes});
    if (m_rows.size() >= kBatchRows)
        flush();
    else if (!m_flush.isActive())
        m_flush.start();
}

void RunRecorder::record(const QString &campaign, const PhaseRun &run) {
    save(campaign, [campaign, run](CampaignStore &store) { return store.savePhaseRun(campaign, run); });
}

void RunRecorder::record(const QString &campaign, const QList<EvidenceFile> &files) {
    save(campaign, [campaign, files](CampaignStore &store) -> Result<void> {
        for (const EvidenceFile &file : files) {
            if (const auto saved = store.saveFile(campaign, file); !saved)
                return saved.error();
        }
        return {};
    });
}

void RunRecorder::finish(const CampaignSummary &summary, const Judgement &judgement, const QString &spoolDir,
                         std::function<void()> done) {
    flush();
    save(
        summary.id,
        [summary, judgement, spoolDir](CampaignStore &store) -> Result<void> {
            if (auto saved = saveStreams(store, summary.id, spoolDir); !saved)
                return saved;
            if (auto saved = store.saveJudgement(summary.id, judgement); !saved)
                return saved;
            return store.updateCampaign(summary);
        },
        std::move(done));
}

} // namespace slipway
