// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/importdialog.h"

#include "models/fleet/fleetdiff.h"
#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace slipway {

ImportDialog::ImportDialog(const QString &source, FleetImport import, QMap<QString, Fleet> present,
                           QStringList broken, QWidget *parent)
    : QDialog(parent), m_import(std::move(import)), m_present(std::move(present)),
      m_broken(std::move(broken)), m_name(new QLineEdit(m_import.fleet.name)), m_hosts(new QTreeWidget),
      m_replace(new QCheckBox), m_changes(new QTreeWidget), m_problem(new QLabel) {
    setWindowTitle(tr("Import fleet"));
    resize(720, 520);
    auto *from = new QLabel(tr("From %1").arg(source));
    auto *notes = new QLabel(m_import.notes.mid(0, 6).join(QLatin1Char('\n')));
    if (m_import.notes.size() > 6)
        notes->setText(notes->text() + tr("\nand %1 more").arg(m_import.notes.size() - 6));
    for (QLabel *label : {from, notes, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    notes->setVisible(!m_import.notes.isEmpty());
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(64);
    auto *form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    m_hosts->setHeaderLabels(
        {tr("Host"), tr("Role"), tr("Address"), tr("Private address"), tr("Id"), tr("Tags")});
    m_hosts->setAccessibleName(tr("Hosts to import"));
    m_hosts->setRootIsDecorated(false);
    for (const Host &host : std::as_const(m_import.fleet.hosts)) {
        auto *item =
            new QTreeWidgetItem(m_hosts, {host.name, hostRoleName(host.role), host.address,
                                          host.privateAddress, host.id, host.tags.join(QLatin1Char(' '))});
        item->setCheckState(0, Qt::Checked);
    }
    for (int column = 0; column < 5; ++column)
        m_hosts->resizeColumnToContents(column);
    m_changes->setHeaderLabels({tr("Change"), tr("Host"), tr("What")});
    m_changes->setAccessibleName(tr("What changes in the fleet"));
    m_changes->setRootIsDecorated(false);
    QPalette red = m_problem->palette();
    red.setColor(QPalette::WindowText, theme().fail);
    m_problem->setPalette(red);
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
    auto *buttons = new QDialogButtonBox;
    m_keep = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_keep->setObjectName(QStringLiteral("primary"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &ImportDialog::check);
    connect(m_hosts, &QTreeWidget::itemChanged, this, &ImportDialog::check);
    connect(m_replace, &QCheckBox::toggled, this, &ImportDialog::check);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(from);
    layout->addLayout(form);
    layout->addWidget(m_hosts, 1);
    layout->addWidget(m_replace);
    layout->addWidget(m_changes, 1);
    layout->addWidget(notes);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    m_hosts->setFocus();
    check();
}

Fleet ImportDialog::chosen() const {
    Fleet fleet = m_import.fleet;
    fleet.name = m_name->text();
    fleet.hosts.clear();
    for (int row = 0; row < m_hosts->topLevelItemCount(); ++row) {
        if (m_hosts->topLevelItem(row)->checkState(0) == Qt::Checked)
            fleet.hosts << m_import.fleet.hosts.at(row);
    }
    return fleet;
}

const Fleet *ImportDialog::replaced() const {
    const auto there = m_present.constFind(m_name->text());
    return there == m_present.constEnd() || !m_replace->isChecked() ? nullptr : &*there;
}

Fleet ImportDialog::fleet() const {
    const Fleet *before = replaced();
    return before ? updatedFleet(*before, chosen()) : chosen();
}

QString ImportDialog::problem() const {
    const Fleet fleet = chosen();
    if (!isPlainName(fleet.name) || fleet.name == kSandboxFleet)
        return tr("Name: letters, digits, dots, dashes and underscores, and not \"sandbox\".");
    if (m_broken.contains(fleet.name))
        return tr("Name: there is a fleet %1 already, and its file cannot be read.").arg(fleet.name);
    if (m_present.contains(fleet.name) && !replaced())
        return tr("Name: there is a fleet %1 already. Replace it, or give another name.").arg(fleet.name);
    return fleet.hosts.isEmpty() ? tr("Choose at least one host.") : QString();
}

void ImportDialog::check() {
    const QString wrong = problem();
    const QString name = m_name->text();
    const qsizetype count = chosen().hosts.size();
    m_replace->setVisible(m_present.contains(name));
    m_replace->setText(tr("Replace the fleet %1; what the inventory does not mention is kept").arg(name));
    showChanges();
    m_problem->setText(wrong);
    m_keep->setText(replaced()   ? tr("Replace %1").arg(name)
                    : count == 1 ? tr("Import 1 host")
                                 : tr("Import %1 hosts").arg(count));
    m_keep->setEnabled(wrong.isEmpty());
}

// Host by host, as "fleet import --replace" of the shell says it.
void ImportDialog::showChanges() {
    const Fleet *before = replaced();
    m_changes->clear();
    m_changes->setVisible(before != nullptr);
    if (!before)
        return;
    for (const HostChange &change : fleetChanges(*before, fleet()))
        new QTreeWidgetItem(
            m_changes, {hostChangeName(change.kind), change.name, change.fields.join(QStringLiteral("; "))});
    for (int column = 0; column < 2; ++column)
        m_changes->resizeColumnToContents(column);
}

} // namespace slipway
