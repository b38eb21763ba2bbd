// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/campaignlistpane.h"

#include "models/campaign/campaignlistmodel.h"
#include "ui/common/copyactions.h"
#include "ui/mainwindow/campaigndelegate.h"
#include "ui/mainwindow/slotstrip.h"

#include <QLineEdit>
#include <QListView>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace slipway {

CampaignListPane::CampaignListPane(QWidget *parent)
    : QWidget(parent), m_model(new CampaignListModel(this)), m_filter(new QLineEdit), m_view(new QListView),
      m_slots(new SlotStrip) {
    setObjectName(QStringLiteral("sideLeft"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Campaigns"));
    setFocusProxy(m_view);
    m_filter->setPlaceholderText(tr("Filter campaigns"));
    m_filter->setAccessibleName(tr("Filter campaigns"));
    m_filter->setClearButtonEnabled(true);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CampaignDelegate(m_view));
    m_view->setAccessibleName(tr("Campaigns"));
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_model->setFilter(words);
        setCurrent(m_current);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                const QString id = current.data(CampaignListModel::IdRole).toString();
                if (!id.isEmpty())
                    Q_EMIT chosen(id);
            });
    connect(m_view, &QListView::activated, this, [this](const QModelIndex &index) {
        const QString id = index.data(CampaignListModel::IdRole).toString();
        m_model->toggleFold(id);
        setCurrent(id);
    });
    connect(m_slots, &SlotStrip::chosen, this, &CampaignListPane::chosen);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(8, 8, 8, 0);
    top->addWidget(m_filter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, 4);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_slots);
}

void CampaignListPane::setEntries(const QList<CampaignEntry> &entries) {
    const QSignalBlocker blocker(this);
    m_model->setEntries(entries);
    setCurrent(m_current);
}

void CampaignListPane::setProgress(const QString &id, const QString &text, const QString &left) {
    m_model->setProgress(id, text, left);
}

const QList<CampaignEntry> &CampaignListPane::entries() const {
    return m_model->entries();
}

const CampaignEntry *CampaignListPane::entry(const QString &id) const {
    return m_model->entry(id);
}

QString CampaignListPane::firstId() const {
    return m_model->firstId();
}

QString CampaignListPane::newestRed() const {
    return m_model->newestRed();
}

QStringList CampaignListPane::ids() const {
    QStringList ids;
    for (const CampaignEntry &entry : m_model->entries())
        ids << entry.summary.id;
    return ids;
}

void CampaignListPane::setCurrent(const QString &id) {
    m_current = id;
    m_slots->setEntries(m_model->entries(), id);
    const QSignalBlocker blocker(this);
    if (m_model->reveal(id))
        m_view->setCurrentIndex(m_model->index(m_model->rowOf(id)));
}

void CampaignListPane::move(int by) {
    int row = m_view->currentIndex().row() + by;
    while (row >= 0 && row < m_model->rowCount() &&
           m_model->index(row).data(CampaignListModel::IdRole).toString().isEmpty())
        row += by;
    if (row >= 0 && row < m_model->rowCount())
        m_view->setCurrentIndex(m_model->index(row));
}

void CampaignListPane::setMenuActions(const QList<QAction *> &actions) {
    addMenuActions(*m_view, actions);
}

void CampaignListPane::focusFilter() {
    m_filter->setFocus();
    m_filter->selectAll();
}

} // namespace slipway
