// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/archive/searchindex.h"
#include "app/campaign/jobrun.h"

#include <QObject>
#include <QTimer>

#include <deque>

namespace slipway {

/// Listens to a running campaign and writes it into the archive. Observations are in their spools, and on the
/// hosts, until their stream ends; then the archive keeps them, compressed, what it keeps is compared with
/// what came, and the spool goes. What cannot be written, for whatever reason, is kept and tried again, in
/// order. Lives on the owner's thread.
class RunRecorder : public QObject {
    Q_OBJECT
public:
    explicit RunRecorder(ArchiveThread &archive, QObject *parent = nullptr);
    ~RunRecorder() override;

    void record(const QString &campaign, const PhaseRun &run);
    void record(const QString &campaign, const QString &spoolDir, const QList<EndedStream> &streams);
    void record(const QString &campaign, const QList<EvidenceFile> &files);
    /// Writes the end: what of the spools is not in the archive yet, judgement, summary. `done` follows when
    /// it is there.
    void finish(const CampaignSummary &summary, const Judgement &judgement, const QString &spoolDir,
                std::function<void()> done);

    /// Forgets what is not written yet; it is in the spools.
    void drop();

Q_SIGNALS:
    void failed(const QString &campaign, const slipway::Error &error);

private:
    struct Request {
        QString campaign;
        std::function<Result<void>(Archive &)> write;
        std::function<void()> done;
    };
    void save(const QString &campaign, std::function<Result<void>(Archive &)> write,
              std::function<void()> done = {});
    void writeNext();
    void take(const Result<bool> &written);

    ArchiveThread &m_archive;
    QMap<QString, QList<SalientLine>> m_salient; ///< by stream, of the campaign that runs
    std::deque<Request> m_requests; ///< the first is with the archive, or waits to be tried again
    bool m_writing = false;
    int m_dropped = 0; ///< how often: answers to what came before are nobody's
    QString m_trouble; ///< why the first could not be written when it was last tried; empty: it was not so
    QTimer m_again;
};

} // namespace slipway
