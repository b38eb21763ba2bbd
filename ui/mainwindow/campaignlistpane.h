// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QListView;

namespace slipway {

class CampaignListModel;
class SlotStrip;

/// The campaigns, on the left: a filter, the list, and the slots of a series.
class CampaignListPane : public QWidget {
    Q_OBJECT
public:
    explicit CampaignListPane(QWidget *parent = nullptr);

    void setEntries(const QList<CampaignEntry> &entries);
    void setProgress(const QString &id, const QString &text, const QString &left);
    [[nodiscard]] const QList<CampaignEntry> &entries() const;
    [[nodiscard]] const CampaignEntry *entry(const QString &id) const; ///< null when there is none
    [[nodiscard]] QString firstId() const;   ///< from the top; empty when there is none
    [[nodiscard]] QString newestRed() const; ///< see CampaignListModel
    [[nodiscard]] QStringList ids() const;   ///< of all, shown or not
    void setCurrent(const QString &id);      ///< without a signal; unfolds what hides it
    void move(int by);                       ///< to the next campaign, over headings
    void focusFilter();
    void setMenuActions(const QList<QAction *> &actions); ///< of the list's context menu

Q_SIGNALS:
    void chosen(const QString &id);

private:
    CampaignListModel *m_model;
    QLineEdit *m_filter;
    QListView *m_view;
    SlotStrip *m_slots;
    QString m_current;
};

} // namespace slipway
