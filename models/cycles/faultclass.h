// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

// The fault classes of phase 4: one table for whoever plans, refuses or judges them. Pure.
namespace slipway {

struct FaultClass {
    QString name;
    bool isExercised = false; ///< resources/phases/phase4.sh can inject it
    bool isOfField = false;   ///< scripts of the field know its name
    bool isHealed = false;    ///< it is over within its cycle, and every node lives on
};

/// Nothing for a name that is not a class.
[[nodiscard]] const FaultClass *faultClass(const QString &name);
/// Those that phase 4 can inject, and those that scripts of the field know by name.
[[nodiscard]] QStringList exercisedFaults();
[[nodiscard]] QStringList faultsOfField();

/// Whether a fault of the class is over within its cycle; else it ends the primary.
[[nodiscard]] bool isHealed(const QString &fault);
/// The nodes of a cycle that must hold what was acknowledged: all three, or those that a kill leaves.
[[nodiscard]] QStringList survivorsOf(const QString &fault);

/// Lines that only count, as the field's, can show that a fault of this class took effect: a primary that was
/// killed cannot be counted afterwards. Nothing in them distinguishes a fault of another class from one that
/// never was.
[[nodiscard]] bool showsByCounts(const QString &fault);

/// The parameter `faults`, divided.
[[nodiscard]] QStringList faultsIn(const QMap<QString, QString> &parameters);

/// Why phase 4 cannot exercise the classes of the parameter `faults`, as a clause without its period: one is
/// not a class, or is named twice, or none is named. Empty when it can. `ofField`: scripts of the field run.
[[nodiscard]] QString faultsProblem(const QMap<QString, QString> &parameters, bool ofField);

} // namespace slipway
