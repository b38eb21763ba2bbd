// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/sourcerange.h"

#include <QList>
#include <QString>

#include <optional>

namespace slipway {

/// Design.md, "Verdicts".
enum class Verdict { Proven, UnprovenPass, Fail, InvalidEvidence, Incomplete, NoEvidence };

[[nodiscard]] QString verdictName(Verdict verdict); ///< "PROVEN", "UNPROVEN PASS", …; stored and printed
[[nodiscard]] std::optional<Verdict> verdictFromName(const QString &name);
[[nodiscard]] int
verdictExitCode(Verdict verdict); ///< 0 proven, 1 fail, 3 unproven pass, 4 the evidence verdicts

/// One assertion, recomputed from evidence.
struct Check {
    enum class Outcome { Pass, Fail, Unknown };
    /// Why a check that is not a plain pass or fail is not: it decides between the verdicts.
    enum class Flaw {
        None,
        Missing,     ///< the evidence is not there
        Invalid,     ///< the evidence is empty, not JSON, contradictory or saturated
        Unsupported, ///< it holds, but the sample cannot carry the claim
    };

    QString id; ///< stable, dotted: "phase2.delivery.node-b"
    int ruleVersion = 1;
    int phase = 0;  ///< 0: the campaign as a whole
    QString host;   ///< empty: not about one host
    QString proves; ///< one sentence
    QString expected;
    QString actual;
    std::optional<qint64> n;     ///< sample size behind the number
    std::optional<double> bound; ///< its one-sided lower bound at 95 %, where there is one
    Outcome outcome = Outcome::Unknown;
    Flaw flaw = Flaw::None;
    QString reason; ///< one sentence when it is not a plain pass
    SourceRange source;
};

/// What a phase's card shows.
struct PhaseJudgement {
    int phase = 0;
    Verdict verdict = Verdict::NoEvidence;
    QString headline; ///< "200 / 200"
    QString detail;   ///< "probes 201 and 503"
};

struct Judgement {
    Verdict verdict = Verdict::NoEvidence;
    std::optional<bool> claimedPass;
    QString reason; ///< why, in one sentence; names the phase that is to blame
    QString
        claim; ///< what a PROVEN of it means, or how it is weaker than that; empty where no claim is known
    int blamedPhase = 0;
    int rulesVersion = 1;
    QList<Check> checks;
    QList<PhaseJudgement> phases;
};

} // namespace slipway
