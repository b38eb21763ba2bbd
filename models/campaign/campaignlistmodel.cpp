// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/campaignlistmodel.h"

#include <algorithm>

namespace slipway {

namespace {

enum class Group { Running, NeedsALook, Passed };

Group groupOf(const CampaignSummary &campaign) {
    if (campaign.state == RunState::Running || campaign.state == RunState::Waiting)
        return Group::Running;
    return campaign.verdict == Verdict::Proven || campaign.verdict == Verdict::UnprovenPass
               ? Group::Passed
               : Group::NeedsALook;
}

} // namespace

void CampaignListModel::setCampaigns(const QList<CampaignSummary> &campaigns) {
    beginResetModel();
    m_rows.clear();
    for (const auto &[group, heading] :
         {std::pair{Group::Running, tr("Running")}, std::pair{Group::NeedsALook, tr("Needs a look")},
          std::pair{Group::Passed, tr("Passed")}}) {
        bool headed = false;
        for (const CampaignSummary &campaign : campaigns) {
            if (groupOf(campaign) != group)
                continue;
            if (!headed)
                m_rows.append({heading, {}});
            headed = true;
            m_rows.append({QString(), campaign});
        }
    }
    endResetModel();
}

int CampaignListModel::rowOf(const QString &id) const {
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).heading.isEmpty() && m_rows.at(row).campaign.id == id)
            return static_cast<int>(row);
    }
    return -1;
}

QString CampaignListModel::firstId() const {
    return m_rows.size() > 1 ? m_rows.at(1).campaign.id : QString();
}

int CampaignListModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CampaignListModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    const bool heading = !row.heading.isEmpty();
    const CampaignSummary &campaign = row.campaign;
    switch (role) {
    case Qt::DisplayRole:
        return heading ? row.heading : campaign.id;
    case Qt::AccessibleTextRole:
        return heading ? row.heading
                       : QStringLiteral("%1, %2, %3")
                             .arg(campaign.id,
                                  campaign.verdict ? verdictName(*campaign.verdict)
                                                   : runStateName(campaign.state),
                                  campaign.reason);
    case IdRole:
        return heading ? QString() : campaign.id;
    case VerdictRole:
        return campaign.verdict ? static_cast<int>(*campaign.verdict) : -1;
    case RunningRole:
        return !heading && groupOf(campaign) == Group::Running;
    case ReasonRole:
        return campaign.reason;
    case StartedRole:
        return campaign.startedAt;
    default:
        return {};
    }
}

Qt::ItemFlags CampaignListModel::flags(const QModelIndex &index) const {
    const bool heading = index.isValid() && index.data(IdRole).toString().isEmpty();
    return heading ? Qt::NoItemFlags : QAbstractListModel::flags(index);
}

} // namespace slipway
