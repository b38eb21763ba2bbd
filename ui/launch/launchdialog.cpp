// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchdialog.h"

#include "app/campaign/campaignplan.h"
#include "app/cloud/rental/rentals.h"
#include "app/session/inventory.h"
#include "models/evidence/campaignid.h"
#include "ui/common/fittingscrollarea.h"
#include "ui/common/flowlayout.h"
#include "ui/common/theme.h"
#include "ui/common/turningsplitter.h"
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
#include <QTabWidget>

#include <algorithm>

namespace slipway {

namespace {

constexpr auto kOwnPrograms = QT_TRANSLATE_NOOP("slipway::LaunchDialog", "Slipway's own phases");

} // namespace

LaunchDialog::LaunchDialog(const Parts &parts, Protocol own, Protocol field, QStringList takenIds,
                           QWidget *parent)
    : QDialog(parent), m_parts(parts), m_own(std::move(own)), m_field(std::move(field)),
      m_takenIds(std::move(takenIds)), m_fleet(new QComboBox), m_programs(new QComboBox),
      m_parameters(new ParameterForm), m_id(new QLineEdit), m_ref(new QLineEdit),
      m_keep(new QCheckBox(tr("Keep the rented fleet afterwards"))), m_plan(new PlanView),
      m_preflight(new PreflightPanel(parts.inventory)), m_problem(new QLabel), m_proves(new QLabel),
      m_cost(new QLabel) {
    setWindowTitle(tr("Launch campaign"));
    resize(QSize(1080, 700).boundedTo(screen()->availableSize() - QSize(40, 40)));
    auto *buttons = new QDialogButtonBox;
    m_launch = buttons->addButton(tr("Launch campaign"), QDialogButtonBox::AcceptRole);
    m_launch->setObjectName(QStringLiteral("primary"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *split = new TurningSplitter;
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
    listRentals();
    check();
}

void LaunchDialog::setFleet(const QString &name) {
    m_fleet->setEditText(name);
}

QWidget *LaunchDialog::makeForm() {
    m_id->setText(QStringLiteral("campaign-%1")
                      .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"))));
    m_id->setMaxLength(64);
    m_id->setObjectName(QStringLiteral("id"));
    m_ref->setPlaceholderText(tr("git ref of the server under test, for the record"));
    auto *phaseRow = new FlowLayout(8);
    for (const Phase &phase : m_own.phases) {
        auto *box = new QCheckBox(QStringLiteral("%1 %2").arg(phase.number).arg(phase.name));
        box->setChecked(true);
        box->setToolTip(phase.proves);
        connect(box, &QCheckBox::toggled, this, &LaunchDialog::check);
        phaseRow->addWidget(box);
        m_phases.append(box);
    }
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(12);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    addPath(*form, tr("Fleet"), m_fleet, kSandboxFleet, tr("Choose file"), [this] {
        return QFileDialog::getOpenFileName(this, tr("Choose a fleet file"), QString(),
                                            tr("Fleet files (*.json)"));
    });
    m_keep->setObjectName(QStringLiteral("keep"));
    m_keep->setToolTip(tr("Without this it is destroyed when the campaign has ended."));
    connect(m_keep, &QCheckBox::toggled, this, &LaunchDialog::check);
    form->addRow(QString(), m_keep);
    addPath(*form, tr("Programs"), m_programs, tr(kOwnPrograms), tr("Choose folder"), [this] {
        return QFileDialog::getExistingDirectory(this, tr("Choose a folder with phase1*.sh to phase4*.sh"));
    });
    form->addRow(tr("Campaign id"), m_id);
    form->addRow(tr("Ref"), m_ref);
    form->addRow(tr("Phases"), phaseRow);
    layout->addLayout(form);
    layout->addWidget(m_parameters, 1);
    auto *area = new FittingScrollArea;
    area->setWidget(side);
    return area;
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

const Protocol &LaunchDialog::protocol() const {
    return m_programs->currentText() == tr(kOwnPrograms) ? m_own : m_field;
}

LaunchChoice LaunchDialog::choice() const {
    LaunchChoice choice;
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
    choice.keepFleet = m_rented.contains(choice.fleet) && m_keep->isChecked();
    return choice;
}

Result<LaunchRequest> LaunchDialog::request() const {
    LaunchPrograms programs{protocol(), {}};
    if (m_scripts && *m_scripts)
        programs.field = m_scripts->value();
    return launchRequest(choice(), programs, m_found && *m_found ? m_found->value() : Fleet());
}

QString LaunchDialog::problem() const {
    const LaunchChoice chosen = choice();
    if (const QString why = campaignIdProblem(chosen.id); !why.isEmpty())
        return tr("Campaign id: \"%1\" %2.").arg(chosen.id, why);
    if (m_takenIds.contains(chosen.id))
        return tr("Campaign id: %1 is in the archive already.").arg(chosen.id);
    if (chosen.phases.isEmpty())
        return tr("Phases: choose at least one.");
    if (chosen.fleet != kSandboxFleet && !m_named.contains(chosen.fleet) && !QFileInfo(chosen.fleet).isFile())
        return tr("Fleet: %1 is neither a named fleet nor a file. Choose one, or say sandbox.")
            .arg(chosen.fleet);
    if (&protocol() == &m_field && !QFileInfo(chosen.scripts).isDir())
        return tr("Programs: %1 is not a folder of phase scripts.").arg(chosen.scripts);
    const auto known = request();
    if (!known)
        return known.error().text;
    if (m_found && !*m_found)
        return m_found->error().text;
    return m_scripts && !*m_scripts ? m_scripts->error().text : QString();
}

void LaunchDialog::check() {
    m_parameters->setProtocol(protocol());
    const auto rental = m_rented.constFind(choice().fleet);
    m_keep->setVisible(rental != m_rented.constEnd() && !rental->spec.keep);
    findFleet();
    findScripts();
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_launch->setEnabled(wrong.isEmpty());
    showPlan();
}

void LaunchDialog::accept() {
    m_parameters->remember();
    QDialog::accept();
}

} // namespace slipway
