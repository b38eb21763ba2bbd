// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/hostdialog.h"

#include "models/fleet/hostkeyfingerprint.h"
#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>

namespace slipway {

namespace {

QLineEdit *field(QFormLayout &form, const QString &label, const QString &name, const QString &text,
                 const QString &hint) {
    auto *edit = new QLineEdit(text);
    edit->setObjectName(name);
    edit->setAccessibleName(label);
    edit->setPlaceholderText(hint);
    form.addRow(label, edit);
    return edit;
}

QComboBox *choice(const QString &label, const QString &name, const QStringList &items, const QString &text) {
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setEditable(true);
    box->addItems(items);
    box->setEditText(text);
    return box;
}

} // namespace

HostDialog::HostDialog(const QString &title, const QString &fleet, const Host &host,
                       const QMap<QString, QStringList> &taken, const QStringList &groups, QWidget *parent)
    : QDialog(parent), m_taken(taken), m_role(new QComboBox), m_port(new QSpinBox),
      m_hostKeys(new QPlainTextEdit), m_problem(new QLabel) {
    setWindowTitle(title);
    resize(36 * fontMetrics().height(), 40 * fontMetrics().height());
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setContentsMargins(0, 0, 8, 0);
    m_fleet = choice(tr("Fleet"), QStringLiteral("fleet"), taken.keys(), fleet);
    m_fleet->lineEdit()->setPlaceholderText(tr("a new name creates a new fleet"));
    form->addRow(tr("Fleet"), m_fleet);
    m_name = field(*form, tr("Host"), QStringLiteral("name"), host.name, tr("node-a"));
    m_role->addItems({hostRoleName(HostRole::Peer), hostRoleName(HostRole::Chaos)});
    m_role->setCurrentIndex(host.role == HostRole::Peer ? 0 : 1);
    m_role->setAccessibleName(tr("Role"));
    form->addRow(tr("Role"), m_role);
    m_address = field(*form, tr("Address"), QStringLiteral("address"), host.address,
                      tr("IP address, or a name that ssh knows"));
    m_privateAddress =
        field(*form, tr("Private address"), QStringLiteral("privateAddress"),
              host.privateAddress == host.address ? QString() : host.privateAddress, tr("the same"));
    m_port->setRange(0, 65535);
    m_port->setValue(host.port);
    m_port->setSpecialValueText(tr("as ssh_config says"));
    m_port->setAccessibleName(tr("Port"));
    form->addRow(tr("Port"), m_port);
    m_user = field(*form, tr("User"), QStringLiteral("user"), host.user, tr("as ssh_config says"));
    m_identityFile = field(*form, tr("Key file"), QStringLiteral("identityFile"), host.identityFile,
                           tr("ssh-agent, and the keys of ssh_config"));
    m_sshConfig = field(*form, tr("ssh_config"), QStringLiteral("sshConfig"), host.sshConfig,
                        tr("your own; a path, or none"));
    m_group = choice(tr("Group"), QStringLiteral("group"), groups, host.group);
    form->addRow(tr("Group"), m_group);
    m_tags = field(*form, tr("Tags"), QStringLiteral("tags"), host.tags.join(QLatin1Char(' ')),
                   tr("words, separated by blanks"));
    m_id = field(*form, tr("Id"), QStringLiteral("id"), host.id, tr("what stays when the address changes"));
    m_serverPath =
        field(*form, tr("Server"), QStringLiteral("serverPath"),
              host.serverPath == kDefaultServerPath ? QString() : host.serverPath, kDefaultServerPath);
    m_workDir = field(*form, tr("Work folder"), QStringLiteral("workDir"),
                      host.workDir == kDefaultWorkDir ? QString() : host.workDir, kDefaultWorkDir);
    m_hostKeys->setPlainText(host.hostKeys.join(QLatin1Char('\n')));
    m_hostKeys->setPlaceholderText(
        tr("ssh-ed25519 AAAA…, one a line; empty: known_hosts and what was pinned"));
    m_hostKeys->setAccessibleName(tr("Host keys"));
    m_hostKeys->setFont(logFont());
    m_hostKeys->setTabChangesFocus(true);
    m_hostKeys->setFixedHeight(4 * m_hostKeys->fontMetrics().lineSpacing());
    form->addRow(tr("Host keys"), m_hostKeys);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(fontMetrics().lineSpacing());
    QPalette red = m_problem->palette();
    red.setColor(QPalette::WindowText, theme().fail);
    m_problem->setPalette(red);
    auto *buttons = new QDialogButtonBox;
    m_keep = buttons->addButton(title, QDialogButtonBox::AcceptRole);
    m_keep->setObjectName(QStringLiteral("primary"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *fields = new QWidget;
    fields->setLayout(form);
    auto *area = new QScrollArea;
    area->setWidget(fields);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(area, 1);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    for (const QLineEdit *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textChanged, this, &HostDialog::check);
    connect(m_hostKeys, &QPlainTextEdit::textChanged, this, &HostDialog::check);
    (fleet.isEmpty() ? static_cast<QWidget *>(m_fleet) : m_name)->setFocus();
    check();
}

QString HostDialog::fleet() const {
    return m_fleet->currentText().trimmed();
}

Host HostDialog::host() const {
    const auto orDefault = [](const QLineEdit *edit, const QString &standard) {
        const QString text = edit->text().trimmed();
        return text.isEmpty() ? standard : text;
    };
    Host host;
    host.name = m_name->text().trimmed();
    host.role = m_role->currentIndex() == 0 ? HostRole::Peer : HostRole::Chaos;
    host.address = m_address->text().trimmed();
    host.privateAddress = orDefault(m_privateAddress, host.address);
    host.port = static_cast<quint16>(m_port->value());
    host.user = m_user->text().trimmed();
    host.identityFile = m_identityFile->text().trimmed();
    host.sshConfig = m_sshConfig->text().trimmed();
    host.group = m_group->currentText().trimmed();
    host.tags = m_tags->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    host.id = m_id->text().trimmed();
    host.serverPath = orDefault(m_serverPath, kDefaultServerPath);
    host.workDir = orDefault(m_workDir, kDefaultWorkDir);
    for (const QString &line : m_hostKeys->toPlainText().split(QLatin1Char('\n'))) {
        if (!line.trimmed().isEmpty())
            host.hostKeys << line.trimmed();
    }
    return host;
}

QString HostDialog::problem() const {
    if (!isPlainName(fleet()) || fleet() == kSandboxFleet)
        return tr("Fleet: letters, digits, dots, dashes and underscores, and not \"sandbox\".");
    const Host now = host();
    if (const auto wrong = hostProblem(now))
        return tr("%1: %2.").arg(wrong->field, wrong->why);
    if (m_taken.value(fleet()).contains(now.name))
        return tr("Fleet %1 has a host %2 already.").arg(fleet(), now.name);
    for (const QString &line : now.hostKeys) {
        if (hostKeyFingerprint(line).isEmpty())
            return tr("Host keys: \"%1\" is not a public key such as \"ssh-ed25519 AAAA…\".")
                .arg(line.left(40));
    }
    return {};
}

void HostDialog::check() {
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_keep->setEnabled(wrong.isEmpty());
}

} // namespace slipway
