// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/launchrequest.h"
#include "models/fleet/rental.h"

#include <QMap>
#include <QObject>

#include <functional>
#include <optional>

namespace slipway {

class Inventory;
class LaunchInputs;
class Rentals;

/// What a launch is made from: the fleets that there are, named and rented, and the fleet and the scripts
/// that a choice names, which are read on the background thread. Owns what it has read. GUI thread.
class LaunchSources : public QObject {
    Q_OBJECT
public:
    struct Parts { ///< all of them live longer
        LaunchInputs &inputs;
        Inventory &inventory;
        Rentals &rentals;
    };
    LaunchSources(const Parts &parts, QObject *parent);

    void list(); ///< asks for the fleets that can be used
    void
    lookUp(const LaunchChoice &choice); ///< its fleet and its scripts, unless they are known or being read
    void openSandbox(std::function<void(Result<Fleet>)> done);

    [[nodiscard]] bool isNamed(const QString &fleet) const { return m_named.contains(fleet); }
    [[nodiscard]] const Rental *rental(const QString &fleet) const; ///< null: it is not a rented one
    /// As lookUp() found them; nothing while they are read, and when nothing is there to be read.
    [[nodiscard]] const std::optional<Result<Fleet>> &fleet() const { return m_fleet; }
    [[nodiscard]] const std::optional<Result<FieldScripts>> &scripts() const { return m_scripts; }

Q_SIGNALS:
    void listed(const QStringList &fleets); ///< more of them
    void found();                           ///< what lookUp() looks for

private:
    void listNamed();
    void listRented();
    void findFleet(const QString &name);
    void findScripts(const QString &dir);

    Parts m_parts;
    QMap<QString, Fleet> m_named; ///< rented ones as well
    QMap<QString, Rental> m_rented;
    QString m_fleetFor; ///< the name whose fleet is known, or being read
    std::optional<Result<Fleet>> m_fleet;
    QString m_scriptsFor;
    std::optional<Result<FieldScripts>> m_scripts;
};

} // namespace slipway
