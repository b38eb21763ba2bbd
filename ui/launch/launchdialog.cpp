// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchdialog.h"

#include "models/evidence/bounds.h"
#include "ui/common/theme.h"

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
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

const QString kSandbox = QStringLiteral("sandbox");
constexpr auto kOwnPrograms = QT_TRANSLATE_NOOP("slipway::LaunchDialog", "Slipway's own phases");

} // namespace

LaunchDialog::LaunchDialog(Protocol own, Protocol field, QStringList takenIds, QWidget *parent)
    : QDialog(parent), m_own(std::move(own)), m_field(std::move(field)), m_takenIds(std::move(takenIds)),
      m_fleet(new QComboBox), m_programs(new QComboBox), m_scroll(new QScrollArea), m_id(new QLineEdit),
      m_ref(new QLineEdit), m_problem(new QLabel), m_proves(new QLabel) {
    setWindowTitle(tr("Launch campaign"));
    resize(620, 640);
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

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addPath(*form, tr("Fleet"), m_fleet, kSandbox, tr("Choose file"), [this] {
        return QFileDialog::getOpenFileName(this, tr("Choose a fleet file"), QString(),
                                            tr("Fleet files (*.json)"));
    });
    addPath(*form, tr("Programs"), m_programs, tr(kOwnPrograms), tr("Choose folder"), [this] {
        return QFileDialog::getExistingDirectory(this, tr("Choose a folder with phase1*.sh to phase4*.sh"));
    });
    form->addRow(tr("Campaign id"), m_id);
    form->addRow(tr("Ref"), m_ref);
    form->addRow(tr("Phases"), phaseRow);
    for (QLabel *label : {m_problem, m_proves}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumHeight(fontMetrics().lineSpacing());
    }
    QPalette red = m_problem->palette();
    red.setColor(QPalette::WindowText, theme().fail);
    m_problem->setPalette(red);

    auto *buttons = new QDialogButtonBox;
    m_launch = buttons->addButton(tr("Launch campaign"), QDialogButtonBox::AcceptRole);
    m_launch->setObjectName(QStringLiteral("primary"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_id, &QLineEdit::textChanged, this, &LaunchDialog::check);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_proves);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    check();
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

// Each protocol has parameters of its own.
void LaunchDialog::fillParameters() {
    if (m_filledFor == protocol().name)
        return;
    m_filledFor = protocol().name;
    m_parameters.clear();
    auto *inner = new QWidget;
    auto *form = new QFormLayout(inner);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    for (const Parameter &parameter : protocol().parameters) {
        auto *edit = new QLineEdit;
        edit->setPlaceholderText(parameter.defaultValue.isEmpty() ? tr("none") : parameter.defaultValue);
        QString hint = parameter.description;
        if (parameter.type != Parameter::Type::Text)
            hint += tr(" (%1 to %2%3)")
                        .arg(parameter.min)
                        .arg(parameter.max)
                        .arg(parameter.unit.isEmpty() ? QString() : QLatin1Char(' ') + parameter.unit);
        edit->setToolTip(hint);
        edit->setAccessibleName(hint);
        edit->setObjectName(parameter.name);
        connect(edit, &QLineEdit::textChanged, this, &LaunchDialog::check);
        auto *label = new QLabel(parameter.name);
        label->setToolTip(hint);
        form->addRow(label, edit);
        m_parameters.insert(parameter.name, edit);
    }
    m_scroll->setWidget(inner);
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
    for (auto it = m_parameters.constBegin(); it != m_parameters.constEnd(); ++it) {
        if (!it.value()->text().isEmpty())
            choice.settings.insert(it.key(), it.value()->text());
    }
    return choice;
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
    if (chosen.fleet != kSandbox && !QFileInfo(chosen.fleet).isFile())
        return tr("Fleet: %1 is no file. Choose one, or say sandbox.").arg(chosen.fleet);
    if (&protocol() == &m_field && !QFileInfo(chosen.scripts).isDir())
        return tr("Programs: %1 is no folder of phase scripts.").arg(chosen.scripts);
    const auto values = resolveParameters(protocol(), {}, chosen.settings);
    return values ? QString() : values.error().text;
}

void LaunchDialog::check() {
    fillParameters();
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_launch->setEnabled(wrong.isEmpty());
    m_proves->clear();
    const auto values = resolveParameters(protocol(), {}, choice().settings);
    if (!values)
        return;
    if (&protocol() == &m_field) {
        m_proves->setText(
            tr("Field scripts count rows, they do not look for each write: UNPROVEN PASS at best."));
        return;
    }
    // A cycle acknowledges at least as many writes as the fault waits for.
    const qint64 acked = values->value(QStringLiteral("cycles")).toLongLong() *
                         std::min(values->value(QStringLiteral("fault_after_acks")).toLongLong(),
                                  values->value(QStringLiteral("writes")).toLongLong());
    const double claim = values->value(QStringLiteral("convergence_min")).toDouble();
    const double bound = std::floor(lowerBound(acked, acked) * 10000) / 10000;
    if (choice().phases.size() < protocol().phases.size())
        m_proves->setText(tr("Without all phases the campaign ends as incomplete."));
    else if (bound >= claim)
        m_proves->setText(
            tr("At least %L1 acknowledged writes: enough to support %2 at 95 %.").arg(acked).arg(claim));
    else
        m_proves->setText(
            tr("This plan can prove at most %1; %2 needs %3 acknowledged writes, it makes about %4.")
                .arg(bound)
                .arg(claim)
                .arg(trialsNeeded(claim))
                .arg(acked));
}

} // namespace slipway
