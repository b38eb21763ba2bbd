// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/preparedialog.h"

#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>

namespace slipway {

namespace {

constexpr int kMaxHours = 24 * 7;
const QString kServerSetting = QStringLiteral("rental/server");

} // namespace

PrepareDialog::PrepareDialog(const Rental &rental, QWidget *parent)
    : QDialog(parent), m_server(new QLineEdit(QSettings().value(kServerSetting).toString())),
      m_version(new QLineEdit), m_offHours(new QSpinBox), m_problem(makeLabel(nullptr, font(), Tone::Fail)) {
    setWindowTitle(tr("Prepare %1").arg(rental.spec.name));
    setMinimumWidth(600);
    m_server->setObjectName(QStringLiteral("server"));
    m_server->setAccessibleName(tr("Server"));
    m_server->setPlaceholderText(tr("none: the hosts have it already"));
    auto *browse = new QPushButton(tr("Choose file"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Choose the server under test"));
        if (!path.isEmpty())
            m_server->setText(path);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(m_server, 1);
    row->addWidget(browse);
    m_version->setObjectName(QStringLiteral("version"));
    m_version->setAccessibleName(tr("Version"));
    m_version->setPlaceholderText(tr("as the server reports it"));
    m_offHours->setRange(0, kMaxHours);
    m_offHours->setValue(rental.spec.hours);
    m_offHours->setSuffix(tr(" h"));
    m_offHours->setSpecialValueText(tr("never"));
    m_offHours->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_offHours->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_offHours->setAccessibleName(tr("Power off after"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Server"), row);
    form->addRow(tr("Version"), m_version);
    form->addRow(tr("Power off after"), m_offHours);
    auto *note = makeLabel(nullptr, font(), Tone::Muted);
    note->setText(
        tr("Installs the packages that are missing on %1 hosts and the server at %2, its hash checked on "
           "each. A droplet that is powered off still costs the same: only Destroy ends that.")
            .arg(rental.members.size())
            .arg(rental.spec.serverPath));
    note->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
    auto *buttons = new QDialogButtonBox;
    m_prepare =
        buttons->addButton(tr("Prepare %1 hosts").arg(rental.members.size()), QDialogButtonBox::AcceptRole);
    m_prepare->setObjectName(QStringLiteral("primary"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_server, &QLineEdit::textChanged, this, &PrepareDialog::check);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(note);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    check();
}

void PrepareDialog::check() {
    const QString path = m_server->text().trimmed();
    const bool usable = path.isEmpty() || QFileInfo(path).isFile();
    m_problem->setText(usable ? QString() : tr("Server: %1 is not a file here.").arg(path));
    m_prepare->setEnabled(usable);
}

void PrepareDialog::accept() {
    const QString path = m_server->text().trimmed();
    QSettings().setValue(kServerSetting, path);
    Q_EMIT requested({path, m_version->text().trimmed(), m_offHours->value()});
    QDialog::accept();
}

} // namespace slipway
