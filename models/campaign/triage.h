// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/verdict.h"

#include <QDateTime>
#include <QStringList>

#include <array>

namespace slipway {

/// Whose fault a failure is: the software under test, the programs that test it, or what both stand on.
enum class FailureClass { Product, Harness, Infrastructure };
inline constexpr std::array kFailureClasses{FailureClass::Product, FailureClass::Harness,
                                            FailureClass::Infrastructure};

/// "product", "harness", "infrastructure"; stored and printed.
[[nodiscard]] QString failureClassName(FailureClass failureClass);
[[nodiscard]] std::optional<FailureClass> failureClassFromName(const QString &name);

/// What people found out about a campaign that needs a look. A later one stands for an earlier one.
struct Triage {
    std::optional<FailureClass> failureClass;
    QString owner; ///< one line
    QString note;
    QString link;     ///< of an issue, http or https
    QDateTime at{};   ///< UTC; when it was stored
    QString change{}; ///< the change that made it; the same for all campaigns of one change
    QString undoes{}; ///< the change that was taken back, where this one repeats what was before it

    /// Says nothing: what a campaign has that nobody looked at, or whose triage was undone.
    [[nodiscard]] bool isEmpty() const {
        return !failureClass && owner.isEmpty() && note.isEmpty() && link.isEmpty();
    }
};

/// The fields' rules; the error names the field. Owner and link up to 200 characters, the note up to 4,000.
[[nodiscard]] Result<void> checkTriage(const Triage &triage);

/// {"class": …, "owner": …, "note": …, "link": …}; what is empty is left out. `at` and changes are not in it.
[[nodiscard]] QByteArray triageToJson(const Triage &triage);
/// As it is kept: with "change" and "undoes". `at` is not in it.
[[nodiscard]] QByteArray triageToStored(const Triage &triage);
[[nodiscard]] Result<Triage> triageFromJson(const QByteArray &bytes); ///< of either

/// What an undo did: where the change was taken back, and where it stays since something was changed after
/// it.
struct TriageUndo {
    QStringList undone;
    QStringList left;
};

/// How many checks speak for each class: one that fails for the product, one whose evidence is invalid for
/// the harness, one whose evidence is missing for the infrastructure. Checks of phase 0 speak for none.
using ClassCounts = std::array<int, kFailureClasses.size()>;
[[nodiscard]] ClassCounts countByClass(const QList<Check> &checks);
/// What a verdict alone suggests; nothing for one that needs no look.
[[nodiscard]] std::optional<FailureClass> likelyClass(Verdict verdict);

} // namespace slipway
