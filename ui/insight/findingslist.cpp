// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/findingslist.h"

#include "ui/insight/narrativeform.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxShown = 200;

} // namespace

FindingsList::FindingsList(QWidget *parent) : QListWidget(parent) {
    setAccessibleName(tr("To check before it is published"));
    setObjectName(QStringLiteral("findings"));
    setWordWrap(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const auto lead = [this](const QListWidgetItem *item) {
        if (const QString field = item->data(Qt::UserRole).toString(); !field.isEmpty())
            Q_EMIT fieldChosen(field);
    };
    connect(this, &QListWidget::itemActivated, this, lead);
    connect(this, &QListWidget::itemClicked, this, lead);
}

void FindingsList::setFindings(const QList<InsightFinding> &findings) {
    clear();
    for (const InsightFinding &finding : findings.first(std::min(findings.size(), kMaxShown))) {
        auto *item =
            new QListWidgetItem(QStringLiteral("%1: %2").arg(fieldTitle(finding.field), finding.text), this);
        item->setData(Qt::UserRole, finding.field);
    }
    const auto say = [this](const QString &text) {
        (new QListWidgetItem(text, this))->setFlags(Qt::NoItemFlags);
    };
    if (findings.isEmpty())
        say(tr("Every number is in the evidence, and it is complete."));
    else if (findings.size() > kMaxShown)
        say(tr("%1 more").arg(findings.size() - kMaxShown));
}

} // namespace slipway
