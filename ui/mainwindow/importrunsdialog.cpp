// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/importrunsdialog.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>

namespace slipway {

ImportRunsDialog::ImportRunsDialog(QWidget *parent)
    : QDialog(parent), m_place(new QLineEdit), m_import(new QPushButton(tr("Import runs"))) {
    setWindowTitle(tr("Import published runs"));
    auto *label = makeLabel(this, font(), Tone::Text);
    label->setText(tr("&Folder, archive or address"));
    label->setTextInteractionFlags(Qt::NoTextInteraction);
    label->setBuddy(m_place);
    m_place->setAccessibleName(tr("Folder, archive or address"));
    m_place->setPlaceholderText(QStringLiteral("https://github.com/you/ship-gate-runs"));
    auto *note = makeLabel(this, smallFont(), Tone::Muted);
    note->setText(tr("A Pages repository, its runs/ or one run's folder; packed as zip or tar, a bare "
                     "repository, or an address that git takes. It is only read. Every campaign is judged "
                     "from its own evidence."));
    note->setWordWrap(true);
    auto *folder = new QPushButton(tr("Choose f&older…"));
    auto *file = new QPushButton(tr("Choose &archive…"));
    connect(folder, &QPushButton::clicked, this, [this] {
        if (const QString path = QFileDialog::getExistingDirectory(this, tr("A folder of runs"));
            !path.isEmpty())
            m_place->setText(path);
    });
    connect(file, &QPushButton::clicked, this, [this] {
        if (const QString path =
                QFileDialog::getOpenFileName(this, tr("An archive of runs"), QString(),
                                             tr("Archives (*.zip *.tar *.tgz *.tar.*);;All files (*)"));
            !path.isEmpty())
            m_place->setText(path);
    });
    auto *choices = new QHBoxLayout;
    choices->setSpacing(8);
    choices->addWidget(folder);
    choices->addWidget(file);
    choices->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_import->setObjectName(QStringLiteral("primary"));
    m_import->setDefault(true);
    m_import->setEnabled(false);
    buttons->addButton(m_import, QDialogButtonBox::AcceptRole);
    connect(m_place, &QLineEdit::textChanged, this, [this] { m_import->setEnabled(!place().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(10);
    layout->addWidget(label);
    layout->addWidget(m_place);
    layout->addLayout(choices);
    layout->addWidget(note);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(36 * fontMetrics().height(), sizeHint().height());
}

QString ImportRunsDialog::place() const {
    return m_place->text().trimmed();
}

} // namespace slipway
