// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchdialog.h"

#include "app/campaign/campaignplan.h"
#include "app/session/fleetsource.h"
#include "models/evidence/campaignid.h"
#include "ui/common/fittingscrollarea.h"
#include "ui/common/turningsplitter.h"
#include "ui/launch/launchform.h"
#include "ui/launch/launchoutlook.h"
#include "ui/launch/planview.h"
#include "ui/launch/preflightpanel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QPushButton>
#include <QScreen>
#include <QTabWidget>

namespace slipway {

LaunchDialog::LaunchDialog(const Parts &parts, Protocol own, Protocol field, QStringList takenIds,
                           QWidget *parent)
    : QDialog(parent), m_takenIds(std::move(takenIds)), m_sources(new LaunchSources(parts, this)),
      m_form(new LaunchForm(std::move(own), std::move(field))), m_plan(new PlanView),
      m_preflight(new PreflightPanel(parts.inventory)), m_outlook(new LaunchOutlook) {
    setWindowTitle(tr("Launch campaign"));
    resize(QSize(1080, 700).boundedTo(screen()->availableSize() - QSize(40, 40)));
    auto *buttons = new QDialogButtonBox;
    m_launch = buttons->addButton(tr("Launch campaign"), QDialogButtonBox::AcceptRole);
    m_launch->setObjectName(QStringLiteral("primary"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *split = new TurningSplitter;
    split->addWidget(m_form);
    split->addWidget(makePlan());
    split->setSizes({480, 560});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(split, 1);
    auto *outlook = new FittingScrollArea; // on a small screen with large text there is no room for all of it
    outlook->setWidget(m_outlook);
    outlook->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    layout->addWidget(outlook);
    layout->addWidget(buttons);
    connect(m_form, &LaunchForm::changed, this, &LaunchDialog::check);
    connect(m_sources, &LaunchSources::found, this, &LaunchDialog::check);
    connect(m_sources, &LaunchSources::listed, this, [this](const QStringList &fleets) {
        m_form->addFleets(fleets);
        check();
    });
    m_sources->list();
    check();
}

QWidget *LaunchDialog::makePlan() {
    auto *tabs = new QTabWidget;
    tabs->addTab(m_plan, tr("What will run"));
    tabs->addTab(m_preflight, tr("Preflight"));
    return tabs;
}

void LaunchDialog::setFleet(const QString &name) {
    m_form->setFleet(name);
}

void LaunchDialog::setChoice(const LaunchChoice &choice, bool ofField) {
    m_form->setChoice(choice, ofField);
}

LaunchChoice LaunchDialog::choice() const {
    return m_form->choice();
}

Result<LaunchRequest> LaunchDialog::request() const {
    LaunchPrograms programs{m_form->protocol(), {}};
    if (m_sources->scripts() && *m_sources->scripts())
        programs.field = m_sources->scripts()->value();
    const bool known = m_sources->fleet() && *m_sources->fleet();
    return launchRequest(choice(), programs, known ? m_sources->fleet()->value() : Fleet());
}

QString LaunchDialog::problem() const {
    const LaunchChoice chosen = choice();
    if (const QString why = campaignIdProblem(chosen.id); !why.isEmpty())
        return tr("Campaign id: \"%1\" %2.").arg(chosen.id, why);
    if (m_takenIds.contains(chosen.id))
        return tr("Campaign id: %1 is in the archive already.").arg(chosen.id);
    if (chosen.phases.isEmpty())
        return tr("Phases: choose at least one.");
    if (chosen.fleet != kSandboxFleet && !m_sources->isNamed(chosen.fleet) &&
        !QFileInfo(chosen.fleet).isFile())
        return tr("Fleet: %1 is neither a named fleet nor a file. Choose one, or say sandbox.")
            .arg(chosen.fleet);
    if (m_form->isField() && !QFileInfo(chosen.scripts).isDir())
        return tr("Programs: \"%1\" is not a folder of phase scripts.").arg(chosen.scripts);
    const auto known = request();
    if (!known)
        return known.error().text;
    if (m_sources->fleet() && !*m_sources->fleet())
        return m_sources->fleet()->error().text;
    return m_sources->scripts() && !*m_sources->scripts() ? m_sources->scripts()->error().text : QString();
}

void LaunchDialog::check() {
    const QString fleet = choice().fleet;
    const Rental *rental = m_sources->rental(fleet);
    m_form->setKeepOffered(rental && !rental->spec.keep);
    m_sources->lookUp(choice());
    const QString wrong = problem();
    m_outlook->setProblem(wrong);
    m_launch->setEnabled(wrong.isEmpty());
    showPlan();
}

void LaunchDialog::showPlan() {
    const LaunchChoice chosen = choice();
    const auto known = request();
    const bool fleetKnown = m_sources->fleet() && *m_sources->fleet();
    const bool scriptsKnown = chosen.scripts.isEmpty() || (m_sources->scripts() && *m_sources->scripts());
    m_outlook->clearPlan();
    if (!fleetKnown || !known || !scriptsKnown) {
        m_plan->clear(tr("Shown once fleet, programs and parameters are known."));
        m_preflight->setNoPlan(tr("Possible once fleet, programs and parameters are known."));
        return;
    }
    CampaignPlan plan = planOf(*known);
    plan.phases = chosen.phases; // without one there is no plan yet
    plan.runToken = tr("RUN-TOKEN");
    m_plan->setPlan(plan);
    const bool sandbox = chosen.fleet == kSandboxFleet;
    PreflightPanel::Opener opener;
    if (sandbox)
        opener = [this](std::function<void(Result<Fleet>)> done) { m_sources->openSandbox(std::move(done)); };
    m_preflight->setPlan(plan, opener);
    if (isPlainName(plan.id) && !plan.phases.isEmpty()) // else no plan yet, as is said below
        m_outlook->setPlan(plan, m_sources->rental(chosen.fleet), sandbox, chosen.keepFleet);
}

void LaunchDialog::accept() {
    m_form->remember();
    QDialog::accept();
}

} // namespace slipway
