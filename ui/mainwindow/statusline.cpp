// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/statusline.h"

#include "ui/common/tonelabel.h"

namespace slipway {

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent), m_problem(new QLabel), m_rented(new QLabel), m_archive(new QLabel) {
    setSizeGripEnabled(false);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setContentsMargins(12, 0, 12, 0);
    m_problem->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    addWidget(m_problem, 1);
    m_rented->setTextFormat(Qt::PlainText);
    m_rented->setContentsMargins(0, 0, 12, 0);
    m_rented->hide();
    addPermanentWidget(m_rented);
    m_archive->setContentsMargins(0, 0, 12, 0);
    addPermanentWidget(m_archive);
}

void StatusLine::setHost(const QString &host, const QString &text, bool connected) {
    QLabel *&label = m_hosts[host];
    if (!label) {
        label = new QLabel;
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(10, 0, 4, 0);
        insertWidget(static_cast<int>(std::distance(m_hosts.begin(), m_hosts.find(host))), label);
    }
    label->setText((connected ? QStringLiteral("● ") : QStringLiteral("○ ")) + host);
    label->setToolTip(text);
    label->setAccessibleName(tr("%1: %2").arg(host, text));
    setTone(*label, connected ? Tone::Text : Tone::Fail);
    if (!connected)
        setProblem(text);
}

void StatusLine::setProblem(const QString &text) {
    m_isOfCampaign = false;
    m_problem->setText(text);
    m_problem->setToolTip(text.toHtmlEscaped());
}

void StatusLine::setCampaignProblem(const QString &text) {
    setProblem(text);
    m_isOfCampaign = true;
}

void StatusLine::leaveCampaign() {
    if (m_isOfCampaign)
        setProblem(QString());
}

void StatusLine::setArchive(qsizetype campaigns) {
    m_archive->setText(campaigns == 1 ? tr("archive: 1 campaign")
                                      : tr("archive: %1 campaigns").arg(campaigns));
}

void StatusLine::setRented(const QString &text) {
    m_rented->setText(text);
    m_rented->setVisible(!text.isEmpty());
}

void StatusLine::addPart(QWidget *part) {
    insertPermanentWidget(0, part);
}

} // namespace slipway
