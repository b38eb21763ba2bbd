// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/hostpreparation.h"
#include "models/core/result.h"

#include <QList>
#include <QMap>
#include <QString>

namespace slipway {

/// What a person chose of a launch, in a dialog or by options. Nothing of it has been looked up yet.
struct LaunchChoice {
    QString fleet;    ///< "sandbox", a named fleet or a file
    QString scripts;  ///< a folder of field scripts; empty: the programs of the protocol
    QString protocol; ///< a file; empty: the one that is built in. Not together with scripts
    QString id;
    QString ref;
    QList<int> phases;               ///< empty: all
    QMap<QString, QString> settings; ///< only what differs from the defaults
    bool keepFleet = false;          ///< a rented one is not destroyed at the end
    HostPreparation::Options hosts;  ///< how they are made ready
};

/// The values of --set: "NAME=VALUE" each.
Result<QMap<QString, QString>> parseSettings(const QStringList &settings);

/// The value of --phases: ascending numbers such as "1,2,4".
Result<QList<int>> parsePhases(const QString &text);

} // namespace slipway
