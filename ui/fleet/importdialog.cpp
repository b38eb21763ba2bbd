// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/importdialog.h"

#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace slipway {

ImportDialog::ImportDialog(const QString &source, FleetImport import, QStringList takenNames, QWidget *parent)
    : QDialog(parent), m_import(std::move(import)), m_taken(std::move(takenNames)),
      m_name(new QLineEdit(m_import.fleet.name)), m_hosts(new QTreeWidget), m_problem(new QLabel) {
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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(from);
    layout->addLayout(form);
    layout->addWidget(m_hosts, 1);
    layout->addWidget(notes);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    m_hosts->setFocus();
    check();
}

Fleet ImportDialog::fleet() const {
    Fleet fleet = m_import.fleet;
    fleet.name = m_name->text();
    fleet.hosts.clear();
    for (int row = 0; row < m_hosts->topLevelItemCount(); ++row) {
        if (m_hosts->topLevelItem(row)->checkState(0) == Qt::Checked)
            fleet.hosts << m_import.fleet.hosts.at(row);
    }
    return fleet;
}

QString ImportDialog::problem() const {
    const Fleet chosen = fleet();
    if (!isPlainName(chosen.name) || chosen.name == kSandboxFleet)
        return tr("Name: letters, digits, dots, dashes and underscores, and not \"sandbox\".");
    if (m_taken.contains(chosen.name))
        return tr("Name: there is a fleet %1 already.").arg(chosen.name);
    return chosen.hosts.isEmpty() ? tr("Choose at least one host.") : QString();
}

void ImportDialog::check() {
    const QString wrong = problem();
    const qsizetype count = fleet().hosts.size();
    m_problem->setText(wrong);
    m_keep->setText(count == 1 ? tr("Import 1 host") : tr("Import %1 hosts").arg(count));
    m_keep->setEnabled(wrong.isEmpty());
}

} // namespace slipway
