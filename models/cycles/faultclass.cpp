// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/faultclass.h"

#include "models/cycles/canary.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kNameLength = 60; // of a name that is shown

const QList<FaultClass> &classes() {
    static const QList<FaultClass> all{
        {QStringLiteral("kill_primary_mid_write"), true, true, false},
        {QStringLiteral("partition_minority"), true, true, true},
        {QStringLiteral("drop_random_acks"), true, true, true},
        {QStringLiteral("clock_skew_peer"), true, true, true},
        {QStringLiteral("pause_peer"), true, false, true},
    };
    return all;
}

QStringList namesWhere(bool FaultClass::*has) {
    QStringList names;
    for (const FaultClass &fault : classes()) {
        if (fault.*has)
            names << fault.name;
    }
    return names;
}

} // namespace

const FaultClass *faultClass(const QString &name) {
    const auto found = std::find_if(classes().begin(), classes().end(),
                                    [&](const FaultClass &fault) { return fault.name == name; });
    return found == classes().end() ? nullptr : &*found;
}

QStringList exercisedFaults() {
    return namesWhere(&FaultClass::isExercised);
}

QStringList faultsOfField() {
    return namesWhere(&FaultClass::isOfField);
}

bool isHealed(const QString &fault) {
    const FaultClass *known = faultClass(fault);
    return known && known->isHealed;
}

QStringList survivorsOf(const QString &fault) {
    QStringList nodes{QStringLiteral("node-1"), QStringLiteral("node-2")};
    if (isHealed(fault) || fault == kCanaryClass) // nothing ends a node of a canary cycle
        nodes.prepend(QStringLiteral("node-0"));
    return nodes;
}

bool showsByCounts(const QString &fault) {
    return fault == QLatin1String("kill_primary_mid_write");
}

QStringList faultsIn(const QMap<QString, QString> &parameters) {
    return parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString faultsProblem(const QMap<QString, QString> &parameters, bool ofField) {
    const QStringList faults = faultsIn(parameters);
    const QStringList known = ofField ? faultsOfField() : exercisedFaults();
    if (faults.isEmpty())
        return QStringLiteral("no fault class is named");
    for (qsizetype i = 0; i < faults.size(); ++i) {
        const QString &fault = faults.at(i);
        if (!known.contains(fault))
            return (ofField ? QStringLiteral("\"%1\" is not a fault class of the field's scripts (%2)")
                            : QStringLiteral("\"%1\" is not a fault class that phase 4 can exercise (%2)"))
                .arg(fault.left(kNameLength), known.join(QStringLiteral(", ")));
        if (faults.indexOf(fault) < i)
            return QStringLiteral("the fault class %1 is named twice").arg(fault);
    }
    return {};
}

} // namespace slipway
