// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/hostdetails.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QLabel>

namespace slipway {

HostDetails::HostDetails(QWidget *parent)
    : QFrame(parent), m_title(new QLabel), m_login(new QLabel), m_keys(new QLabel), m_condition(new QLabel) {
    setObjectName(QStringLiteral("card"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(4);
    for (QLabel *label : {m_title, m_login, m_condition, m_keys}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(label);
    }
    m_title->setFont(strongFont());
    m_keys->setFont(logFont());
    setTone(*m_login, Tone::Muted);
}

void HostDetails::setHost(const Host &host, const HostCondition &condition) {
    m_title->setText(host.name);
    m_title->show();
    QStringList login;
    if (!host.id.isEmpty())
        login << host.id;
    login << (host.identityFile.isEmpty() ? tr("keys as ssh has them") : tr("key %1").arg(host.identityFile));
    if (!host.sshConfig.isEmpty())
        login << tr("ssh_config: %1").arg(host.sshConfig);
    login << tr("server %1").arg(host.serverPath) << tr("work in %1").arg(host.workDir);
    m_login->setText(login.join(QStringLiteral(" · ")));
    m_login->show();
    m_condition->setText(condition.text);
    m_condition->setVisible(!condition.text.isEmpty());
}

void HostDetails::setKeys(const QStringList &fingerprints) {
    m_keys->setText(fingerprints.isEmpty()
                        ? tr("No host key is pinned: known_hosts decides, or you are asked at the first "
                             "connection.")
                        : fingerprints.join(QLatin1Char('\n')));
    m_keys->setFont(fingerprints.isEmpty() ? font() : logFont());
    m_keys->show();
}

void HostDetails::clear(const QString &hint) {
    m_login->setText(hint);
    m_login->show();
    for (QLabel *label : {m_title, m_condition, m_keys})
        label->hide();
}

} // namespace slipway
