// SPDX-License-Identifier: GPL-3.0-or-later
// What a launch will be: the fleets that there are, the one that is meant, and what it proves and costs.
#include "app/campaign/planproof.h"
#include "app/cloud/rental/rentals.h"
#include "app/session/fleetsource.h"
#include "app/session/inventory.h"
#include "app/session/launchinputs.h"
#include "ui/launch/launchdialog.h"
#include "ui/launch/planview.h"
#include "ui/launch/preflightpanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QPointer>

#include <algorithm>

namespace slipway {

void LaunchDialog::listFleets() {
    m_parts.inventory.list([self = QPointer<LaunchDialog>(this)](const QList<StoredFleet> &fleets) {
        if (!self)
            return;
        const QString text = self->m_fleet->currentText();
        for (const StoredFleet &stored : fleets) {
            if (stored.fleet) {
                self->m_named.insert(stored.name, *stored.fleet);
                self->m_fleet->addItem(stored.name);
            }
        }
        self->m_fleet->setEditText(text);
        self->m_fleetFor.clear();
        self->check();
    });
}

// Those that can be used; one that is still being created or destroyed cannot.
void LaunchDialog::listRentals() {
    m_parts.rentals.list([self = QPointer<LaunchDialog>(this)](const Result<KnownRentals> &known) {
        if (!self || !known)
            return;
        const QString text = self->m_fleet->currentText();
        for (const KnownRental &one : known->rentals) {
            const QString &name = one.rental.spec.name;
            if (one.rental.state != Rental::State::Ready)
                continue;
            if (!self->m_named.contains(name))
                self->m_fleet->addItem(name);
            self->m_named.insert(name, {name, one.rental.hosts(), {}});
            self->m_rented.insert(name, one.rental);
        }
        self->m_fleet->setEditText(text);
        self->m_fleetFor.clear();
        self->check();
    });
}

// The fleet that is meant, as far as it can be known before the launch.
void LaunchDialog::findFleet() {
    const QString name = choice().fleet;
    if (name == m_fleetFor)
        return;
    m_fleetFor = name;
    m_found.reset();
    if (name == kSandboxFleet)
        m_found = Result<Fleet>(sandboxToBe());
    else if (m_named.contains(name))
        m_found = Result<Fleet>(m_named.value(name));
    else if (QFileInfo(name).isFile())
        m_parts.inputs.openFleet(name,
                                 [self = QPointer<LaunchDialog>(this), name](const Result<Fleet> &fleet) {
                                     if (!self || self->m_fleetFor != name)
                                         return;
                                     self->m_found = fleet;
                                     self->check();
                                 });
}

void LaunchDialog::findScripts() {
    const QString dir = choice().scripts;
    if (dir == m_scriptsFor)
        return;
    m_scriptsFor = dir;
    m_scripts.reset();
    if (dir.isEmpty() || !QFileInfo(dir).isDir())
        return;
    m_parts.inputs.readScripts(
        dir, [self = QPointer<LaunchDialog>(this), dir](const Result<FieldScripts> &scripts) {
            if (!self || self->m_scriptsFor != dir)
                return;
            self->m_scripts = scripts;
            self->check();
        });
}

void LaunchDialog::showPlan() {
    const LaunchChoice chosen = choice();
    const auto known = request();
    const bool scriptsKnown = chosen.scripts.isEmpty() || (m_scripts && *m_scripts);
    m_proves->clear();
    m_cost->clear();
    if (!m_found || !*m_found || !known || !scriptsKnown) {
        m_plan->clear(tr("Shown once fleet, programs and parameters are known."));
        m_preflight->setNoPlan(tr("Possible once fleet, programs and parameters are known."));
        return;
    }
    CampaignPlan plan = planOf(*known);
    plan.phases = chosen.phases; // none is no plan yet
    plan.runToken = tr("RUN-TOKEN");
    m_plan->setPlan(plan);
    PreflightPanel::Opener opener;
    if (chosen.fleet == kSandboxFleet)
        opener = [this](std::function<void(Result<Fleet>)> done) {
            m_parts.inputs.openFleet(kSandboxFleet, std::move(done));
        };
    m_preflight->setPlan(plan, opener);
    if (!isPlainName(plan.id) || plan.phases.isEmpty())
        return; // no plan yet, as is said below
    const PlanBound bound = whatPlanProves(plan);
    m_proves->setText(planBoundText(bound));
    m_cost->setText(planDurationText(plan, bound) + QLatin1Char(' ') + costText());
}

QString LaunchDialog::costText() const {
    if (choice().fleet == kSandboxFleet)
        return tr("The sandbox is this machine and costs nothing.");
    const auto rental = m_rented.constFind(choice().fleet);
    if (rental == m_rented.constEnd())
        return tr("The cost of these hosts is not known.");
    return (rental->spec.keep || m_keep->isChecked()
                ? tr("This rented fleet costs %1 an hour and is kept: it still costs money afterwards.")
                : tr("This rented fleet costs %1 an hour and is destroyed when the campaign has ended."))
        .arg(rental->perHour().text());
}

} // namespace slipway
