// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"
#include "models/insight/insight.h"
#include "models/observation/evidencefile.h"

#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace slipway {

/// The numbers and days that evidence holds. Digits of a name, a version, an address or a time of day are
/// none.
class EvidenceNumbers {
public:
    EvidenceNumbers() = default;
    /// Of the files' bytes, and of what the checks expected and found. Linear in the bytes.
    EvidenceNumbers(const QList<EvidenceFile> &files, const std::optional<Judgement> &judgement);

    /// A share is looked for as "99.5" and as "0.995".
    [[nodiscard]] bool hasNumber(double number, bool isPercent) const;
    [[nodiscard]] bool hasDay(const QByteArray &day) const { return m_days.contains(day); } ///< "2026-04-20"

private:
    void add(const QByteArray &bytes);

    QSet<QByteArray> m_numbers; ///< in one spelling
    QSet<QByteArray> m_days;
};

/// A place in a text that a reader may stumble over.
struct LintMark {
    enum class Kind {
        Number,     ///< not in the evidence
        Unfinished, ///< speaks of what is to come, after the end
    };

    Kind kind = Kind::Number;
    qsizetype start = 0; ///< UTF-16 units
    qsizetype length = 0;

    friend bool operator==(const LintMark &, const LintMark &) = default;
};

/// Every number is looked for in the evidence. `isOver`: the campaign has ended and the text speaks of it, so
/// that words like "in flight", "expected" or "will" have become wrong. Pure; in the order of the text.
[[nodiscard]] QList<LintMark> lint(const QString &text, const EvidenceNumbers &evidence, bool isOver);

/// "200 is not in the evidence": for tool tips and lists.
[[nodiscard]] QString lintText(const LintMark &mark, const QString &text);

/// Something to look at in an insight before it is published.
struct InsightFinding {
    QString field; ///< its key; "missing" for an audience it does not speak to
    QString text;
};

/// What lint, insightProblems() and missingAudiences() find in all of it, in the order of reading.
[[nodiscard]] QList<InsightFinding> insightFindings(const Insight &insight, const EvidenceNumbers &evidence,
                                                    bool isOver);

} // namespace slipway
