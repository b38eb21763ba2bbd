// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchdialog.h"

#include "app/campaign/campaignplan.h"
#include "app/inventory.h"
#include "models/evidence/planbound.h"
#include "ui/common/theme.h"
#include "ui/launch/parameterform.h"
#include "ui/launch/planview.h"
#include "ui/launch/preflightpanel.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QTabWidget>

#include <algorithm>

namespace slipway {

namespace {

constexpr auto kOwnPrograms = QT_TRANSLATE_NOOP("slipway::LaunchDialog", "Slipway's own phases");

// What the sandbox will be, before it is up.
Fleet sandboxToBe() {
    Fleet fleet;
    fleet.name = kSandboxFleet;
    for (const auto &name : {"node-a", "node-b", "node-c", "chaos"}) {
        Host host;
        host.name = QLatin1String(name);
        host.role = host.name == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
        host.address = host.privateAddress = QStringLiteral("known-once-it-is-up");
        host.serverPath = kUsualServerPath;
        host.workDir = kUsualWorkDir;
        fleet.hosts << host;
    }
    return fleet;
}

} // namespace

LaunchDialog::LaunchDialog(Services &services, Protocol own, Protocol field, QStringList takenIds,
                           QWidget *parent)
    : QDialog(parent), m_services(services), m_own(std::move(own)), m_field(std::move(field)),
      m_takenIds(std::move(takenIds)), m_fleet(new QComboBox), m_programs(new QComboBox),
      m_parameters(new ParameterForm), m_id(new QLineEdit), m_ref(new QLineEdit), m_plan(new PlanView),
      m_preflight(new PreflightPanel(services.inventory())), m_problem(new QLabel), m_proves(new QLabel),
      m_cost(new QLabel) {
    setWindowTitle(tr("Launch campaign"));
    resize(QSize(1080, 700).boundedTo(screen()->availableSize() - QSize(40, 40)));
    auto *buttons = new QDialogButtonBox;
    m_launch = buttons->addButton(tr("Launch campaign"), QDialogButtonBox::AcceptRole);
    m_launch->setObjectName(QStringLiteral("primary"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(17);
    split->addWidget(makeForm());
    split->addWidget(makePlan());
    split->setSizes({480, 560});
    for (QLabel *label : {m_problem, m_proves, m_cost}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
    QPalette red = m_problem->palette();
    red.setColor(QPalette::WindowText, theme().fail);
    m_problem->setPalette(red);
    QPalette quiet = m_cost->palette();
    quiet.setColor(QPalette::WindowText, theme().muted);
    m_cost->setPalette(quiet);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(split, 1);
    layout->addWidget(m_proves);
    layout->addWidget(m_cost);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(m_id, &QLineEdit::textChanged, this, &LaunchDialog::check);
    connect(m_parameters, &ParameterForm::changed, this, &LaunchDialog::check);
    listFleets();
    check();
}

QWidget *LaunchDialog::makeForm() {
    m_id->setText(QStringLiteral("campaign-%1")
                      .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"))));
    m_id->setMaxLength(64);
    m_id->setObjectName(QStringLiteral("id"));
    m_ref->setPlaceholderText(tr("git ref of the server under test, for the record"));
    auto *phaseRow = new QHBoxLayout;
    for (const Phase &phase : m_own.phases) {
        auto *box = new QCheckBox(QStringLiteral("%1 %2").arg(phase.number).arg(phase.name));
        box->setChecked(true);
        box->setToolTip(phase.proves);
        connect(box, &QCheckBox::toggled, this, &LaunchDialog::check);
        phaseRow->addWidget(box);
        m_phases.append(box);
    }
    phaseRow->addStretch(1);
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addPath(*form, tr("Fleet"), m_fleet, kSandboxFleet, tr("Choose file"), [this] {
        return QFileDialog::getOpenFileName(this, tr("Choose a fleet file"), QString(),
                                            tr("Fleet files (*.json)"));
    });
    addPath(*form, tr("Programs"), m_programs, tr(kOwnPrograms), tr("Choose folder"), [this] {
        return QFileDialog::getExistingDirectory(this, tr("Choose a folder with phase1*.sh to phase4*.sh"));
    });
    form->addRow(tr("Campaign id"), m_id);
    form->addRow(tr("Ref"), m_ref);
    form->addRow(tr("Phases"), phaseRow);
    layout->addLayout(form);
    layout->addWidget(m_parameters, 1);
    return side;
}

QWidget *LaunchDialog::makePlan() {
    auto *tabs = new QTabWidget;
    tabs->addTab(m_plan, tr("What will run"));
    tabs->addTab(m_preflight, tr("Preflight"));
    return tabs;
}

void LaunchDialog::addPath(QFormLayout &form, const QString &name, QComboBox *box, const QString &first,
                           const QString &button, const std::function<QString()> &choose) {
    box->setEditable(true);
    box->addItem(first);
    box->setAccessibleName(name);
    auto *browse = new QPushButton(button);
    auto *row = new QHBoxLayout;
    row->addWidget(box, 1);
    row->addWidget(browse);
    form.addRow(name, row);
    connect(browse, &QPushButton::clicked, this, [box, choose] {
        if (const QString path = choose(); !path.isEmpty())
            box->setEditText(path);
    });
    connect(box, &QComboBox::editTextChanged, this, &LaunchDialog::check);
}

void LaunchDialog::listFleets() {
    m_services.inventory().list([self = QPointer<LaunchDialog>(this)](const QList<StoredFleet> &fleets) {
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

const Protocol &LaunchDialog::protocol() const {
    return m_programs->currentText() == tr(kOwnPrograms) ? m_own : m_field;
}

LaunchDialog::Choice LaunchDialog::choice() const {
    Choice choice;
    choice.fleet = m_fleet->currentText().trimmed();
    if (&protocol() == &m_field)
        choice.scripts = m_programs->currentText().trimmed();
    choice.id = m_id->text();
    choice.ref = m_ref->text();
    for (qsizetype i = 0; i < m_phases.size(); ++i) {
        if (m_phases.at(i)->isChecked())
            choice.phases << protocol().phases.at(i).number;
    }
    choice.settings = m_parameters->settings();
    return choice;
}

Result<QMap<QString, QString>> LaunchDialog::parameters() const {
    const bool known = m_found && m_found->ok();
    return resolveParameters(protocol(), known ? m_found->value().parameters : QMap<QString, QString>(),
                             m_parameters->settings());
}

QString LaunchDialog::problem() const {
    const Choice chosen = choice();
    if (!isPlainName(chosen.id))
        return tr(
            "Campaign id: letters, digits, dots, dashes and underscores, beginning with a letter or digit.");
    if (m_takenIds.contains(chosen.id))
        return tr("Campaign id: %1 is in the archive already.").arg(chosen.id);
    if (chosen.phases.isEmpty())
        return tr("Phases: choose at least one.");
    if (chosen.fleet != kSandboxFleet && !m_named.contains(chosen.fleet) && !QFileInfo(chosen.fleet).isFile())
        return tr("Fleet: %1 is neither a named fleet nor a file. Choose one, or say sandbox.")
            .arg(chosen.fleet);
    if (&protocol() == &m_field && !QFileInfo(chosen.scripts).isDir())
        return tr("Programs: %1 is no folder of phase scripts.").arg(chosen.scripts);
    const auto values = parameters();
    if (!values)
        return values.error().text;
    if (m_found && !*m_found)
        return m_found->error().text;
    return m_scripts && !*m_scripts ? m_scripts->error().text : QString();
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
        m_services.openFleet(name, [self = QPointer<LaunchDialog>(this), name](const Result<Fleet> &fleet) {
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
    m_services.readScripts(dir,
                           [self = QPointer<LaunchDialog>(this), dir](const Result<FieldScripts> &scripts) {
                               if (!self || self->m_scriptsFor != dir)
                                   return;
                               self->m_scripts = scripts;
                               self->check();
                           });
}

void LaunchDialog::check() {
    m_parameters->setProtocol(protocol());
    findFleet();
    findScripts();
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_launch->setEnabled(wrong.isEmpty());
    const auto values = parameters();
    m_proves->setText(values ? provesText(*values) : QString());
    m_cost->setText(costText());
    showPlan();
}

void LaunchDialog::showPlan() {
    const Choice chosen = choice();
    const auto values = parameters();
    const bool scriptsKnown = chosen.scripts.isEmpty() || (m_scripts && *m_scripts);
    if (!m_found || !*m_found || !values || !scriptsKnown) {
        m_plan->clear(tr("Shown once fleet, programs and parameters are known."));
        m_preflight->setNoPlan(tr("Possible once fleet, programs and parameters are known."));
        return;
    }
    CampaignPlan plan;
    plan.id = chosen.id;
    plan.ref = chosen.ref;
    plan.fleet = m_found->value();
    plan.protocol = protocol();
    plan.phases = chosen.phases;
    plan.parameters = *values;
    plan.runToken = tr("RUN-TOKEN");
    if (m_scripts && *m_scripts)
        plan.field = m_scripts->value();
    m_plan->setPlan(plan);
    PreflightPanel::Opener opener;
    if (chosen.fleet == kSandboxFleet)
        opener = [this](std::function<void(Result<Fleet>)> done) {
            m_services.openFleet(kSandboxFleet, std::move(done));
        };
    m_preflight->setPlan(plan, opener);
}

QString LaunchDialog::provesText(const QMap<QString, QString> &values) const {
    if (&protocol() == &m_field)
        return tr("Field scripts count rows, they do not look for each write: UNPROVEN PASS at best.");
    if (choice().phases.size() < protocol().phases.size())
        return tr("Without all phases the campaign ends as incomplete.");
    return planBoundText(planBound(values));
}

QString LaunchDialog::costText() const {
    int seconds = 0;
    for (const int number : choice().phases) {
        if (const Phase *phase = protocol().phase(number))
            seconds += phase->typicalSeconds;
    }
    const QString time =
        tr("About %1 min with the default parameters.").arg(std::max(1, (seconds + 30) / 60));
    if (choice().fleet == kSandboxFleet)
        return time + QLatin1Char(' ') + tr("The sandbox is this machine and costs nothing.");
    return time + QLatin1Char(' ') + tr("What these hosts cost is not known here.");
}

void LaunchDialog::accept() {
    m_parameters->remember();
    QDialog::accept();
}

} // namespace slipway
