// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchform.h"

#include "app/session/fleetsource.h"
#include "ui/common/flowlayout.h"
#include "ui/launch/parameterform.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace slipway {

namespace {

constexpr auto kOwnPrograms = QT_TRANSLATE_NOOP("slipway::LaunchForm", "Slipway's own phases");

} // namespace

LaunchForm::LaunchForm(Protocol own, Protocol field, QWidget *parent)
    : FittingScrollArea(parent), m_own(std::move(own)), m_field(std::move(field)), m_fleet(new QComboBox),
      m_programs(new QComboBox), m_parameters(new ParameterForm), m_id(new QLineEdit), m_ref(new QLineEdit),
      m_keep(new QCheckBox(tr("Keep the rented fleet afterwards"))) {
    m_id->setText(QStringLiteral("campaign-%1")
                      .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"))));
    m_id->setMaxLength(64);
    m_id->setObjectName(QStringLiteral("id"));
    m_ref->setPlaceholderText(tr("git ref of the server under test, for the record"));
    m_keep->setObjectName(QStringLiteral("keep"));
    m_keep->setToolTip(tr("Without this it is destroyed when the campaign has ended."));
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
    form->addRow(QString(), m_keep);
    addPath(*form, tr("Programs"), m_programs, tr(kOwnPrograms), tr("Choose folder"), [this] {
        return QFileDialog::getExistingDirectory(this, tr("Choose a folder with phase1*.sh to phase4*.sh"));
    });
    form->addRow(tr("Campaign id"), m_id);
    form->addRow(tr("Ref"), m_ref);
    addPhases(*form);
    layout->addLayout(form);
    layout->addWidget(m_parameters, 1);
    m_parameters->setProtocol(protocol());
    setKeepOffered(false);
    setWidget(side);
    connect(m_id, &QLineEdit::textChanged, this, &LaunchForm::changed);
    connect(m_keep, &QCheckBox::toggled, this, &LaunchForm::changed);
    connect(m_parameters, &ParameterForm::changed, this, &LaunchForm::changed);
    connect(m_programs, &QComboBox::editTextChanged, this, [this] {
        m_parameters->setProtocol(protocol());
        Q_EMIT changed();
    });
    connect(m_fleet, &QComboBox::editTextChanged, this, &LaunchForm::changed);
}

void LaunchForm::addPhases(QFormLayout &form) {
    auto *row = new FlowLayout(8);
    for (const Phase &phase : m_own.phases) {
        auto *box = new QCheckBox(QStringLiteral("%1 %2").arg(phase.number).arg(phase.name));
        box->setChecked(true);
        box->setToolTip(phase.proves);
        connect(box, &QCheckBox::toggled, this, &LaunchForm::changed);
        row->addWidget(box);
        m_phases.append(box);
    }
    form.addRow(tr("Phases"), row);
}

void LaunchForm::addPath(QFormLayout &form, const QString &name, QComboBox *box, const QString &first,
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
}

void LaunchForm::setFleet(const QString &name) {
    m_fleet->setEditText(name);
}

void LaunchForm::addFleets(const QStringList &names) {
    const QString text = m_fleet->currentText();
    m_fleet->addItems(names);
    m_fleet->setEditText(text);
}

void LaunchForm::setKeepOffered(bool offered) {
    m_keepOffered = offered;
    m_keep->setVisible(offered);
}

void LaunchForm::setChoice(const LaunchChoice &choice, bool ofField) {
    if (!choice.fleet.isEmpty())
        m_fleet->setEditText(choice.fleet);
    m_programs->setEditText(ofField ? choice.scripts : tr(kOwnPrograms));
    m_ref->setText(choice.ref);
    for (qsizetype i = 0; i < m_phases.size(); ++i)
        m_phases.at(i)->setChecked(choice.phases.isEmpty() ||
                                   choice.phases.contains(protocol().phases.at(i).number));
    m_parameters->setSettings(choice.settings);
}

const Protocol &LaunchForm::protocol() const {
    return m_programs->currentText() == tr(kOwnPrograms) ? m_own : m_field;
}

LaunchChoice LaunchForm::choice() const {
    LaunchChoice choice;
    choice.fleet = m_fleet->currentText().trimmed();
    if (isField())
        choice.scripts = m_programs->currentText().trimmed();
    choice.id = m_id->text();
    choice.ref = m_ref->text();
    for (qsizetype i = 0; i < m_phases.size(); ++i) {
        if (m_phases.at(i)->isChecked())
            choice.phases << protocol().phases.at(i).number;
    }
    choice.settings = m_parameters->settings();
    choice.keepFleet = m_keepOffered && m_keep->isChecked();
    return choice;
}

void LaunchForm::remember() {
    m_parameters->remember();
}

} // namespace slipway
