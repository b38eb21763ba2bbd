// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/parameterform.h"

#include "models/fleet/host.h"
#include "models/protocol/parametertext.h"
#include "ui/common/fittingscrollarea.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr int kNumberEms = 14;                       // of a number's field
const QString kLast = QStringLiteral("last launch"); // no plain name, so no preset of a person

} // namespace

ParameterForm::ParameterForm(QWidget *parent)
    : QWidget(parent), m_presets(new QComboBox), m_remove(new QPushButton(tr("Remove"))),
      m_scroll(new FittingScrollArea) {
    m_presets->setAccessibleName(tr("Preset"));
    m_presets->setObjectName(QStringLiteral("preset"));
    auto *save = new QPushButton(tr("Save as …"));
    m_remove->setToolTip(tr("Removes this preset"));
    auto *row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Preset")));
    row->addWidget(m_presets, 1);
    row->addWidget(save);
    row->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_scroll, 1);
    connect(m_presets, &QComboBox::activated, this, &ParameterForm::choosePreset);
    connect(m_remove, &QPushButton::clicked, this, &ParameterForm::removePreset);
    connect(save, &QPushButton::clicked, this, [this] {
        bool given = false;
        const QString name = QInputDialog::getText(this, tr("Save preset"), tr("Name of the preset:"),
                                                   QLineEdit::Normal, {}, &given);
        if (given)
            savePreset(name.trimmed());
    });
}

void ParameterForm::setProtocol(const Protocol &protocol) {
    if (m_protocol == protocol.name)
        return;
    m_protocol = protocol.name;
    m_edits.clear();
    QStringList groups; // by the phases that they shape, in the order of the protocol
    for (const Parameter &parameter : protocol.parameters) {
        const QString phases = parameterText(parameter).phases;
        if (!groups.contains(phases))
            groups << phases;
    }
    std::sort(groups.begin(), groups.end());
    auto *inner = new QWidget;
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(8);
    for (const QString &phases : std::as_const(groups)) {
        auto *heading = makeLabel(inner, strongFont(), Tone::Text);
        heading->setText(phases.isEmpty() ? tr("All phases") : phases);
        heading->setContentsMargins(0, 8, 0, 0);
        layout->addWidget(heading);
        for (const Parameter &parameter : protocol.parameters) {
            if (parameterText(parameter).phases == phases)
                layout->addWidget(makeRow(parameter));
        }
    }
    layout->addStretch(1);
    m_scroll->setWidget(inner);
    m_scroll->updateGeometry();
    listPresets({});
}

QWidget *ParameterForm::makeRow(const Parameter &parameter) {
    const QString limits = limitsText(parameter);
    const QString hint =
        limits.isEmpty() ? parameter.description : tr("%1 (%2)").arg(parameter.description, limits);
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(parameter.defaultValue.isEmpty() ? tr("none")
                             : parameter.scalesWith.isEmpty() ? parameter.defaultValue
                                                              : tr("auto"));
    edit->setToolTip(hint.toHtmlEscaped());
    edit->setAccessibleName(hint);
    edit->setObjectName(parameter.name);
    connect(edit, &QLineEdit::textChanged, this, [this] {
        if (!m_filling)
            Q_EMIT changed();
    });
    m_edits.insert(parameter.name, edit);
    auto *row = new QWidget;
    auto *label = makeLabel(row, font(), Tone::Text);
    label->setText(parameterText(parameter).label);
    label->setWordWrap(true);
    auto *name = makeLabel(row, smallFont(), Tone::Muted);
    name->setText(limits.isEmpty() ? parameter.name : tr("%1 · %2").arg(parameter.name, limits));
    name->setWordWrap(true);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(0, 1);
    grid->addWidget(label, 0, 0);
    grid->addWidget(name, 1, 0);
    if (parameter.type == Parameter::Type::Text) { // several words
        grid->addWidget(edit, 2, 0, 1, 2);
    } else {
        edit->setFixedWidth(kNumberEms * fontMetrics().horizontalAdvance(QLatin1Char('0')));
        grid->addWidget(edit, 0, 1, 2, 1, Qt::AlignVCenter);
    }
    return row;
}

QMap<QString, QString> ParameterForm::settings() const {
    QMap<QString, QString> settings;
    for (auto it = m_edits.constBegin(); it != m_edits.constEnd(); ++it) {
        if (!it.value()->text().isEmpty())
            settings.insert(it.key(), it.value()->text());
    }
    return settings;
}

void ParameterForm::setSettings(const QMap<QString, QString> &settings) {
    m_filling = true;
    for (auto it = m_edits.constBegin(); it != m_edits.constEnd(); ++it)
        it.value()->setText(settings.value(it.key()));
    m_filling = false;
    Q_EMIT changed();
}

QString ParameterForm::key(const QString &preset) const {
    return QStringLiteral("launch/presets/%1/%2").arg(m_protocol, preset);
}

void ParameterForm::listPresets(const QString &current) {
    QSettings settings;
    settings.beginGroup(QStringLiteral("launch/presets/") + m_protocol);
    m_presets->clear();
    m_presets->addItem(tr("Defaults"));
    for (const QString &name : settings.childKeys())
        m_presets->addItem(name, name);
    m_presets->setCurrentIndex(std::max(0, m_presets->findData(current)));
    m_remove->setEnabled(m_presets->currentIndex() > 0);
}

void ParameterForm::choosePreset() {
    const QString name = m_presets->currentData().toString();
    m_remove->setEnabled(!name.isEmpty());
    QMap<QString, QString> values;
    const QVariantMap kept = name.isEmpty() ? QVariantMap() : QSettings().value(key(name)).toMap();
    for (auto it = kept.constBegin(); it != kept.constEnd(); ++it)
        values.insert(it.key(), it.value().toString());
    setSettings(values);
}

void ParameterForm::savePreset(const QString &name) {
    if (!isPlainName(name) && name != kLast)
        return;
    QVariantMap values;
    const QMap<QString, QString> now = settings();
    for (auto it = now.constBegin(); it != now.constEnd(); ++it)
        values.insert(it.key(), it.value());
    QSettings().setValue(key(name), values);
    listPresets(name);
}

void ParameterForm::removePreset() {
    const QString name = m_presets->currentData().toString();
    if (name.isEmpty())
        return;
    QSettings().remove(key(name));
    listPresets({});
}

void ParameterForm::remember() {
    savePreset(kLast);
}

} // namespace slipway
