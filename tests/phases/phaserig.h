// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "models/evidence/observation.h"

#include <QProcess>
#include <QTemporaryDir>

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
    explicit PhaseRig(const QString &server = QStringLiteral(SLIPWAY_BIN_DIR "/ai-memory-reference"));
    ~PhaseRig();
    Q_DISABLE_COPY_MOVE(PhaseRig)

    CampaignPlan plan;

    [[nodiscard]] QString home(const QString &host) const;
    [[nodiscard]] QString workDir() const;
    [[nodiscard]] QString serverPath() const;
    /// The program of a step, written to a file as the job program does.
    [[nodiscard]] QString programFile(int phase, const QString &step, const QString &host);
    [[nodiscard]] PhaseOutput run(int phase, const QString &step, const QString &host,
                                  int patienceMs = 120'000);
    /// Started and not waited for; its streams go to files beside the program.
    [[nodiscard]] std::unique_ptr<QProcess> start(int phase, const QString &step, const QString &host);
    /// Paths below the homes and the work folder that phase programs have not removed.
    [[nodiscard]] QStringList leftFiles() const;
    /// Command lines of processes that carry the rig's mark or run a program of its folder.
    [[nodiscard]] QStringList leftProcesses() const;

private:
    QTemporaryDir m_dir;
};

} // namespace slipway::test
