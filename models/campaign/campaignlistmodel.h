// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QAbstractListModel>

namespace slipway {

/// Campaigns under the headings Running, Needs a look and Passed; headings are rows that cannot be selected.
/// Takes whole lists, keeps their order within a heading.
class CampaignListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< empty for a heading
        VerdictRole,           ///< int of Verdict; -1 while there is none
        RunningRole,           ///< bool
        ReasonRole,
        StartedRole, ///< QDateTime
    };

    using QAbstractListModel::QAbstractListModel;

    void setCampaigns(const QList<CampaignSummary> &campaigns);
    [[nodiscard]] int rowOf(const QString &id) const; ///< -1 when it is not there
    [[nodiscard]] QString firstId() const; ///< of the first campaign from the top; empty when there is none

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        QString heading; ///< empty for a campaign
        CampaignSummary campaign;
    };
    QList<Row> m_rows;
};

} // namespace slipway
