// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/parameterform.h"

#include "models/fleet/host.h"
#include "ui/common/fittingscrollarea.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
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
    auto *inner = new QWidget;
    auto *form = new QFormLayout(inner);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setContentsMargins(0, 0, 8, 0);
    QList<QLabel *> ranges;
    for (const Parameter &parameter : protocol.parameters) {
        auto *edit = new QLineEdit;
        edit->setPlaceholderText(parameter.defaultValue.isEmpty() ? tr("none") : parameter.defaultValue);
        QString limits;
        if (parameter.type != Parameter::Type::Text)
            limits = tr("%1 to %2%3")
                         .arg(parameter.min)
                         .arg(parameter.max, 0, 'g', 12)
                         .arg(parameter.unit.isEmpty() ? QString() : QLatin1Char(' ') + parameter.unit);
        const QString hint =
            limits.isEmpty() ? parameter.description : tr("%1 (%2)").arg(parameter.description, limits);
        edit->setToolTip(hint);
        edit->setAccessibleName(hint);
        edit->setObjectName(parameter.name);
        connect(edit, &QLineEdit::textChanged, this, [this] {
            if (!m_filling)
                Q_EMIT changed();
        });
        auto *label = new QLabel(parameter.name);
        label->setToolTip(hint);
        auto *row = new QHBoxLayout;
        row->addWidget(edit, 1);
        auto *range = makeLabel(inner, font(), Tone::Muted);
        range->setText(limits);
        ranges << range;
        row->addWidget(range);
        form->addRow(label, row);
        m_edits.insert(parameter.name, edit);
    }
    int widest = 0; // so that all fields are as wide
    for (const QLabel *range : std::as_const(ranges))
        widest = std::max(widest, range->sizeHint().width());
    for (QLabel *range : std::as_const(ranges))
        range->setFixedWidth(widest);
    m_scroll->setWidget(inner);
    m_scroll->updateGeometry();
    listPresets({});
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
