// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchsources.h"

#include "app/cloud/rental/rentals.h"
#include "app/session/fleetsource.h"
#include "app/session/inventory.h"
#include "app/session/launchinputs.h"

#include <QFileInfo>
#include <QPointer>

namespace slipway {

LaunchSources::LaunchSources(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts) {}

void LaunchSources::list() {
    listNamed();
    listRented();
}

void LaunchSources::listNamed() {
    m_parts.inventory.list([self = QPointer<LaunchSources>(this)](const QList<StoredFleet> &fleets) {
        if (!self)
            return;
        QStringList names;
        for (const StoredFleet &stored : fleets) {
            if (!stored.fleet)
                continue;
            self->m_named.insert(stored.name, *stored.fleet);
            names << stored.name;
        }
        self->m_fleetFor.clear();
        Q_EMIT self->listed(names);
    });
}

// Those that can be used; one that is still being created or destroyed cannot.
void LaunchSources::listRented() {
    m_parts.rentals.list([self = QPointer<LaunchSources>(this)](const Result<KnownRentals> &known) {
        if (!self || !known)
            return;
        QStringList names;
        for (const KnownRental &one : known->rentals) {
            const QString &name = one.rental.spec.name;
            if (one.rental.state != Rental::State::Ready)
                continue;
            if (!self->m_named.contains(name))
                names << name;
            self->m_named.insert(name, {name, one.rental.hosts(), {}});
            self->m_rented.insert(name, one.rental);
        }
        self->m_fleetFor.clear();
        Q_EMIT self->listed(names);
    });
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
        m_parts.inputs.openFleet(name,
                                 [self = QPointer<LaunchSources>(this), name](const Result<Fleet> &fleet) {
                                     if (!self || self->m_fleetFor != name)
                                         return;
                                     self->m_fleet = fleet;
                                     Q_EMIT self->found();
                                 });
}

void LaunchSources::findScripts(const QString &dir) {
    if (dir == m_scriptsFor)
        return;
    m_scriptsFor = dir;
    m_scripts.reset();
    if (dir.isEmpty() || !QFileInfo(dir).isDir())
        return;
    m_parts.inputs.readScripts(
        dir, [self = QPointer<LaunchSources>(this), dir](const Result<FieldScripts> &scripts) {
            if (!self || self->m_scriptsFor != dir)
                return;
            self->m_scripts = scripts;
            Q_EMIT self->found();
        });
}

} // namespace slipway
