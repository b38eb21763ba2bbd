// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/runrecorder.h"

#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/searchindex.h"
#include "app/archive/spoolkeeping.h"
#include "models/core/whilealive.h"

#include <utility>

namespace slipway {

namespace {

constexpr int kAgainMs = 2000;
constexpr qsizetype kSalientLines = 1000; // of a campaign

std::function<Result<bool>(Archive &)> asked(std::function<Result<void>(Archive &)> write) {
    return [write = std::move(write)](Archive &archive) -> Result<bool> {
        TRY(write(archive));
        return true;
    };
}

} // namespace

RunRecorder::RunRecorder(ArchiveThread &archive, QObject *parent) : QObject(parent), m_archive(archive) {
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, &RunRecorder::writeNext);
}

RunRecorder::~RunRecorder() {
    if (m_writing)
        m_requests.pop_front();
    for (Request &request : m_requests)
        m_archive.ask<bool>(asked(std::move(request.write)), [](const Result<bool> &) {});
}

void RunRecorder::save(const QString &campaign, std::function<Result<void>(Archive &)> write,
                       std::function<void()> done) {
    m_requests.push_back({campaign, std::move(write), std::move(done)});
    if (m_trouble.isEmpty())
        writeNext();
}

void RunRecorder::drop() {
    ++m_dropped;
    m_again.stop();
    m_salient.clear();
    m_requests.clear();
    m_writing = false;
    m_trouble.clear();
}

void RunRecorder::writeNext() {
    if (m_writing || m_requests.empty())
        return;
    m_writing = true;
    m_archive.ask<bool>(asked(m_requests.front().write),
                        whileAlive(this, [this, dropped = m_dropped](const Result<bool> &written) {
                            if (m_dropped == dropped)
                                take(written);
                        }));
}

void RunRecorder::take(const Result<bool> &written) {
    m_writing = false;
    // No failure is final: a disk that was away for a second is back. Reported once for each
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

void RunRecorder::record(const QString &campaign, const PhaseRun &run) {
    save(campaign,
         [campaign, run](Archive &archive) { return CampaignStore(archive).savePhaseRun(campaign, run); });
}

void RunRecorder::record(const QString &campaign, const QString &spoolDir,
                         const QList<EndedStream> &streams) {
    for (const EndedStream &stream : streams) {
        QList<SalientLine> &lines = m_salient[stream.name];
        lines.clear();
        for (const LogWarning &warning : stream.warnings)
            lines.append({QStringLiteral("%1, byte %2").arg(stream.name).arg(warning.offset),
                          QString::fromUtf8(warning.line).trimmed()});
        save(campaign, [campaign, spoolDir, stream](Archive &archive) {
            return keepStream(archive, campaign, spoolDir, stream);
        });
    }
}

void RunRecorder::record(const QString &campaign, const QList<EvidenceFile> &files) {
    save(campaign, [campaign, files](Archive &archive) -> Result<void> {
        for (const EvidenceFile &file : files) {
            TRY(EvidenceStore(archive).save(campaign, file));
        }
        return {};
    });
}

void RunRecorder::finish(const CampaignSummary &summary, const Judgement &judgement, const QString &spoolDir,
                         std::function<void()> done) {
    QList<SalientLine> salient;
    const auto all = std::exchange(m_salient, {});
    for (const QList<SalientLine> &lines : all)
        salient += lines.first(std::min(lines.size(), kSalientLines - salient.size()));
    save(
        summary.id,
        [summary, judgement, spoolDir, salient](Archive &archive) -> Result<void> {
            TRY(keepSpools(archive, summary.id, spoolDir));
            TRY(SearchIndex(archive).replace(summary.id, QStringLiteral("log"), salient));
            TRY(JudgementStore(archive).save(summary.id, judgement));
            return CampaignStore(archive).update(summary);
        },
        std::move(done));
}

} // namespace slipway
