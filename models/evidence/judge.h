// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"
#include "models/observation/evidencefile.h"

#include <QMap>
#include <QStringList>

#include <optional>

namespace slipway {

/// Grows with each change of the rules: the same evidence may then come to another judgement.
inline constexpr int kRulesVersion = 11;

/// What a campaign had to show: from its parameters, or from the field's defaults for a published folder.
struct Expectation {
    QList<int> requiredPhases{1, 2, 3, 4};
    QStringList peers{QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")};
    QStringList faults{QStringLiteral("kill_primary_mid_write")};
    qint64 cycles = 50;
    qint64 writesPerCycle = 100;
    qint64 federationWrites = 200;
    double deliveryMin = 0.95;
    double convergenceMin = 0.995;
    /// How many acknowledged writes of a fault class may be lost, whatever the share; nothing: any number.
    std::optional<qint64> lossesMax;
    /// Cycles in which a node is made to lose a write on purpose, which must be seen; 0: none, as in
    /// protocols from before there were any.
    qint64 canaries = 0;
    /// A fault class may end before its last cycle once its bound is decided.
    bool stopEarly = false;
    qint64 mcpMinTools = 30;
    qint64 memories = 1000;
    /// The reports are Slipway's own, which compare by identity; one that only counts is then incomplete. The
    /// field's never do, and prove less.
    bool byIdentity = false;
    /// The lines of the cycles were followed while being written: where they are whole, they stand without a
    /// report of phase 4, which a harness may have failed to write.
    bool cyclesFollowed = false;

    /// A campaign of field scripts that was run here.
    void judgeAsField() {
        byIdentity = false;
        cyclesFollowed = true;
    }

    /// A campaign that was run here. A parameter that is missing or no number asks for nothing, which judge()
    /// refuses.
    static Expectation fromParameters(const QMap<QString, QString> &parameters, const QStringList &peers,
                                      const QList<int> &phases);
    /// A published folder: the field's defaults.
    static Expectation published() { return {}; }
};

/// Recomputes every assertion of protocol.md from a campaign's reports and derives what they come to
/// (design.md). Pure: the same files and expectation give the same judgement. A `pass` in a file is a claim,
/// compared, never trusted. Reports are themselves derived, so this alone carries no PROVEN: judgeEvidence()
/// (judgeevidence.h) is the judgement of a campaign.
/// `folder`: what was found of the folder that they came in, which counts too.
[[nodiscard]] Judgement judgeReports(const QList<EvidenceFile> &files, const Expectation &expectation,
                                     const QList<Check> &folder = {});

/// The checks of the phases that are required or left evidence, in order, and each phase's own verdict.
void judgePhases(const QList<EvidenceFile> &files, const Expectation &expectation, Judgement &judgement);
/// The verdict that the checks of a judgement come to, with the reason for it. `hasReports`: some phase left
/// evidence.
void conclude(Judgement &judgement, bool hasReports);

/// The phase that a file is evidence of, by its name; 0 for none.
[[nodiscard]] int phaseOf(const EvidenceFile &file);
[[nodiscard]] bool hasReports(const QList<EvidenceFile> &files);

} // namespace slipway
