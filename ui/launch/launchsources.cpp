// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchsources.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/fleetsource.h"
#include "app/session/inventory.h"
#include "app/session/launchinputs.h"
#include "models/core/whilealive.h"

#include <QFileInfo>

namespace slipway {

LaunchSources::LaunchSources(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts) {}

void LaunchSources::list() {
    listNamed();
    listRented();
}

void LaunchSources::listNamed() {
    m_parts.inventory.list(whileAlive(this, [this](const QList<StoredFleet> &fleets) {
        QStringList names;
        for (const StoredFleet &stored : fleets) {
            if (!stored.fleet)
                continue;
            m_named.insert(stored.name, *stored.fleet);
            names << stored.name;
        }
        m_fleetFor.clear();
        Q_EMIT listed(names);
    }));
}

// Those that can be used; one that is still being created or destroyed cannot.
void LaunchSources::listRented() {
    m_parts.rentals.list(whileAlive(this, [this](const Result<KnownRentals> &known) {
        if (!known)
            return;
        QStringList names;
        for (const KnownRental &one : known->rentals) {
            const QString &name = one.rental.spec.name;
            if (one.rental.state != Rental::State::Ready)
                continue;
            if (!m_named.contains(name))
                names << name;
            m_named.insert(name, {name, one.rental.hosts(), {}});
            m_rented.insert(name, one.rental);
        }
        m_fleetFor.clear();
        Q_EMIT listed(names);
    }));
}

const Rental *LaunchSources::rental(const QString &fleet) const {
    const auto found = m_rented.constFind(fleet);
    return found == m_rented.constEnd() ? nullptr : &*found;
}

void LaunchSources::openSandbox(std::function<void(Result<Fleet>)> done) {
    m_parts.inputs.openFleet(kSandboxFleet, std::move(done));
}

void LaunchSources::lookUp(const LaunchChoice &choice) {
    findFleet(choice.fleet);
    findScripts(choice.scripts);
}

// As far as it can be known before the launch.
void LaunchSources::findFleet(const QString &name) {
    if (name == m_fleetFor)
        return;
    m_fleetFor = name;
    m_fleet.reset();
    if (name == kSandboxFleet)
        m_fleet = Result<Fleet>(sandboxToBe());
    else if (isNamed(name))
        m_fleet = Result<Fleet>(m_named.value(name));
    else if (QFileInfo(name).isFile())
        m_parts.inputs.openFleet(name, whileAlive(this, [this, name](const Result<Fleet> &fleet) {
                                     if (m_fleetFor != name)
                                         return;
                                     m_fleet = fleet;
                                     Q_EMIT found();
                                 }));
}

void LaunchSources::findScripts(const QString &dir) {
    if (dir == m_scriptsFor)
        return;
    m_scriptsFor = dir;
    m_scripts.reset();
    if (dir.isEmpty() || !QFileInfo(dir).isDir())
        return;
    m_parts.inputs.readScripts(dir, whileAlive(this, [this, dir](const Result<FieldScripts> &scripts) {
                                   if (m_scriptsFor != dir)
                                       return;
                                   m_scripts = scripts;
                                   Q_EMIT found();
                               }));
}

} // namespace slipway
