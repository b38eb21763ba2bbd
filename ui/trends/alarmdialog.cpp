// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/alarmdialog.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>

namespace slipway {

namespace {

const QString kBy = QStringLiteral("trends/by");
constexpr int kMaxText = 500;

QString titleOf(AlarmState state) {
    switch (state) {
    case AlarmState::Acknowledged:
        return QObject::tr("Acknowledge");
    case AlarmState::Snoozed:
        return QObject::tr("Snooze");
    case AlarmState::Resolved:
        return QObject::tr("Resolve");
    case AlarmState::Open:
        break;
    }
    return QObject::tr("Reopen");
}

} // namespace

AlarmDialog::AlarmDialog(const Alarm &alarm, AlarmState state, QWidget *parent)
    : QDialog(parent), m_state(state), m_signature(alarm.first.signature()), m_by(new QLineEdit),
      m_why(new QLineEdit), m_save(new QPushButton(titleOf(state))) {
    setWindowTitle(tr("%1 %2").arg(titleOf(state), m_signature));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *reason = makeLabel(this, font(), Tone::Muted);
    reason->setWordWrap(true);
    reason->setText(alarm.first.text);
    m_by->setMaxLength(kMaxText);
    m_why->setMaxLength(kMaxText);
    const QString before = QSettings().value(kBy).toString();
    m_by->setText(before.isEmpty() ? qEnvironmentVariable("USER") : before);
    m_why->setPlaceholderText(tr("what was found, or done"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(18, 16, 18, 16);
    form->setSpacing(10);
    form->addRow(reason);
    form->addRow(tr("Who"), m_by);
    form->addRow(tr("Why"), m_why);
    if (state == AlarmState::Snoozed) {
        m_hours = new QComboBox;
        for (const auto &[name, hours] : {std::pair{tr("4 hours"), 4}, std::pair{tr("1 day"), 24},
                                          std::pair{tr("3 days"), 72}, std::pair{tr("7 days"), 168}})
            m_hours->addItem(name, hours);
        m_hours->setCurrentIndex(1);
        form->addRow(tr("Quiet for"), m_hours);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save->setObjectName(QStringLiteral("primary"));
    buttons->addButton(m_save, QDialogButtonBox::AcceptRole);
    form->addRow(buttons);
    const auto check = [this] {
        m_save->setEnabled(!m_by->text().trimmed().isEmpty() && !m_why->text().trimmed().isEmpty());
    };
    connect(m_by, &QLineEdit::textChanged, this, check);
    connect(m_why, &QLineEdit::textChanged, this, check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        QSettings().setValue(kBy, m_by->text().trimmed());
        accept();
    });
    check();
    (m_by->text().isEmpty() ? m_by : m_why)->setFocus();
    resize(440, sizeHint().height());
}

AlarmAction AlarmDialog::action() const {
    AlarmAction action;
    action.signature = m_signature;
    action.state = m_state;
    action.at = QDateTime::currentDateTimeUtc();
    action.by = m_by->text().trimmed();
    action.why = m_why->text().trimmed();
    if (m_hours)
        action.until = action.at.addSecs(m_hours->currentData().toLongLong() * 3600);
    return action;
}

} // namespace slipway
