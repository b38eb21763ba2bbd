// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "models/evidence/verdict.h"
#include "models/observation/observation.h"

#include <QProcess>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace slipway::test {

/// What a phase program left behind.
struct PhaseOutput {
    int exitCode = -1; ///< -1: it did not end in time, or a signal ended it
    QByteArray out;    ///< observations
    QByteArray log;

    [[nodiscard]] QList<Observation> all(const QString &kind) const;
    [[nodiscard]] Observation first(const QString &kind) const; ///< empty when there is none
};

/// Runs phase programs on this machine as a host would: with the environment and the bytes that a campaign
/// sends, a home and a work folder of their own. Hosts are loopback addresses. What is left running is ended
/// with the object.
class PhaseRig {
public:
    /// `lie`: how the reference node is to lie; empty for an honest one.
    explicit PhaseRig(const QString &lie = {});
    ~PhaseRig();
    Q_DISABLE_COPY_MOVE(PhaseRig)

    CampaignPlan plan;

    [[nodiscard]] QString home(const QString &host) const;
    [[nodiscard]] QString workDir() const;
    [[nodiscard]] QString serverPath() const;
    /// Replaces the server under test by a shell program, in which HONEST stands for the reference node.
    void setServer(QByteArray script);
    /// The tool of that name does its work in programs that are started from now on, and then ends its whole
    /// session with TERM, as a stop that comes at that instant.
    void stopAfter(const QString &tool);
    /// Programs that are started from now on have `to` in place of each `from`, which must be there: one that
    /// does not do its work.
    void spoil(const QByteArray &from, const QByteArray &to);
    /// The program of a step, written to a file as the job program does.
    [[nodiscard]] QString programFile(int phase, const QString &step, const QString &host);
    [[nodiscard]] PhaseOutput run(int phase, const QString &step, const QString &host,
                                  int timeoutMs = 120'000);
    /// All steps of phase 2 in order; `between` is called after the burst.
    [[nodiscard]] QList<ObservedStream> federate(const std::function<void()> &between = {});
    [[nodiscard]] QList<ObservedStream> runAlone(int phase); ///< phase 3 or 4, whose one step is all of it
    /// What the judge says of a phase by these streams, with its reason.
    [[nodiscard]] PhaseJudgement judged(int phase, const QList<ObservedStream> &streams) const;
    /// Started and not waited for; its streams go to files next to the program.
    [[nodiscard]] std::unique_ptr<QProcess> start(int phase, const QString &step, const QString &host);
    /// Paths below the homes and the work folder that phase programs have not removed.
    [[nodiscard]] QStringList leftFiles() const;
    /// Command lines of processes that carry the rig's mark or run a program of its folder.
    [[nodiscard]] QStringList leftProcesses() const;

private:
    QTemporaryDir m_dir;
    QList<std::pair<QByteArray, QByteArray>> m_spoiled;
    QByteArray m_tools; ///< a folder that PATH begins with, empty for none
};

} // namespace slipway::test
