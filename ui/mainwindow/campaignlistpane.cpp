// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/campaignlistpane.h"

#include "models/campaign/campaignlistmodel.h"
#include "ui/mainwindow/campaigndelegate.h"

#include <QListView>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace slipway {

CampaignListPane::CampaignListPane(QWidget *parent)
    : QWidget(parent), m_model(new CampaignListModel(this)), m_view(new QListView) {
    setObjectName(QStringLiteral("sideLeft"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(220);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CampaignDelegate(m_view));
    m_view->setAccessibleName(tr("Campaigns"));
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                const QString id = current.data(CampaignListModel::IdRole).toString();
                if (!id.isEmpty())
                    Q_EMIT chosen(id);
            });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 1, 4);
    layout->addWidget(m_view);
}

void CampaignListPane::setCampaigns(const QList<CampaignSummary> &campaigns) {
    m_model->setCampaigns(campaigns);
}

bool CampaignListPane::has(const QString &id) const {
    return m_model->rowOf(id) >= 0;
}

QString CampaignListPane::firstId() const {
    return m_model->firstId();
}

QStringList CampaignListPane::ids() const {
    QStringList ids;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (const QString id = m_model->index(row).data(CampaignListModel::IdRole).toString(); !id.isEmpty())
            ids << id;
    }
    return ids;
}

void CampaignListPane::setCurrent(const QString &id) {
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    const QSignalBlocker blocker(this);
    m_view->setCurrentIndex(m_model->index(row));
}

void CampaignListPane::move(int by) {
    int row = m_view->currentIndex().row() + by;
    while (row >= 0 && row < m_model->rowCount() &&
           m_model->index(row).data(CampaignListModel::IdRole).toString().isEmpty())
        row += by;
    if (row >= 0 && row < m_model->rowCount())
        m_view->setCurrentIndex(m_model->index(row));
}

} // namespace slipway
