// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/campaignlistmodel.h"

#include "models/evidence/verdictclaim.h"

#include <algorithm>

namespace slipway {

namespace {

enum class Group { Running, NeedsALook, Passed };

Group groupOf(const CampaignEntry &entry) {
    return isUnderway(entry.summary) ? Group::Running : entry.needsLook() ? Group::NeedsALook : Group::Passed;
}

} // namespace

void CampaignListModel::setEntries(const QList<CampaignEntry> &entries) {
    beginResetModel();
    m_entries = entries;
    m_places.clear();
    m_heads.clear();
    // Newest first: the head of a row comes before those that it hides.
    QHash<QString, QString> heads; // by series and signature
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const CampaignEntry &one = entries.at(i);
        m_places.insert(one.summary.id, i);
        if (one.streak < 2 && !one.folded)
            continue;
        QString &head = heads[one.series + one.signature];
        if (!one.folded)
            head = one.summary.id;
        m_heads.insert(i, head);
    }
    arrange();
    endResetModel();
}

void CampaignListModel::setFilter(const QString &words) {
    const QStringList filter = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    arrange();
    endResetModel();
}

void CampaignListModel::setProgress(const QString &id, const QString &text, const QString &left) {
    m_progressId = id;
    m_progress = text;
    m_left = left;
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {ReasonRole, SideRole, Qt::AccessibleTextRole});
}

void CampaignListModel::toggleFold(const QString &id) {
    const CampaignEntry *newest = entry(id);
    if (!newest || newest->streak < 2 || newest->folded)
        return;
    beginResetModel();
    if (!m_unfolded.remove(id))
        m_unfolded.insert(id);
    arrange();
    endResetModel();
}

bool CampaignListModel::reveal(const QString &id) {
    const CampaignEntry *shown = entry(id);
    if (rowOf(id) >= 0 || !shown || !matches(*shown))
        return rowOf(id) >= 0;
    beginResetModel();
    m_unfolded.insert(m_heads.value(m_places.value(id)));
    arrange();
    endResetModel();
    return rowOf(id) >= 0;
}

void CampaignListModel::arrange() {
    m_rows.clear();
    m_rowOf.clear();
    for (const auto &[group, heading] :
         {std::pair{Group::Running, tr("Running")}, std::pair{Group::NeedsALook, tr("Needs a look")},
          std::pair{Group::Passed, tr("Passes, proven or not")}}) {
        bool headed = false;
        for (qsizetype i = 0; i < m_entries.size(); ++i) {
            const CampaignEntry &one = m_entries.at(i);
            if (groupOf(one) != group || !matches(one) ||
                (one.folded && m_filter.isEmpty() && !m_unfolded.contains(m_heads.value(i))))
                continue;
            if (!headed)
                m_rows.append({heading, -1});
            headed = true;
            m_rowOf.insert(one.summary.id, static_cast<int>(m_rows.size()));
            m_rows.append({QString(), i});
        }
    }
}

bool CampaignListModel::matches(const CampaignEntry &entry) const {
    const CampaignSummary &summary = entry.summary;
    return std::all_of(m_filter.begin(), m_filter.end(), [&](const QString &word) {
        const auto has = [&word](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
        return has(summary.id) || has(summary.ref) || has(summary.reason) || has(summary.claim) ||
               has(summary.triage.owner) || (summary.verdict && has(verdictName(*summary.verdict))) ||
               (summary.triage.failureClass && has(failureClassName(*summary.triage.failureClass)));
    });
}

const CampaignEntry *CampaignListModel::entry(const QString &id) const {
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? nullptr : &m_entries.at(*place);
}

int CampaignListModel::rowOf(const QString &id) const {
    return m_rowOf.value(id, -1);
}

QString CampaignListModel::firstId() const {
    return m_rows.size() > 1 ? m_entries.at(m_rows.at(1).entry).summary.id : QString();
}

QString CampaignListModel::newestRed() const {
    QString classified;
    for (const CampaignEntry &one : m_entries) {
        if (!one.needsLook())
            continue;
        if (!one.summary.triage.failureClass)
            return one.summary.id;
        if (classified.isEmpty())
            classified = one.summary.id;
    }
    return classified;
}

QString CampaignListModel::sideOf(const CampaignEntry &entry) const {
    if (isUnderway(entry.summary))
        return entry.summary.id == m_progressId ? m_left : QString();
    QStringList words;
    if (entry.summary.triage.failureClass)
        words << (entry.summary.triage.failureClass == FailureClass::Infrastructure
                      ? tr("infra")
                      : failureClassName(*entry.summary.triage.failureClass));
    if (entry.streak > 1 && !entry.folded)
        words << QStringLiteral("×%1").arg(entry.streak);
    else if (entry.redRuns > 1 && words.isEmpty())
        words << tr("%1 in a row").arg(entry.redRuns);
    return words.join(QLatin1Char(' '));
}

int CampaignListModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CampaignListModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    if (row.entry < 0)
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? row.heading : QVariant();
    const CampaignEntry &one = m_entries.at(row.entry);
    const CampaignSummary &campaign = one.summary;
    const bool running = isUnderway(campaign);
    switch (role) {
    case Qt::DisplayRole:
    case IdRole:
        return campaign.id;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3, %4")
            .arg(campaign.id,
                 campaign.verdict && !running ? verdictWithClaim(*campaign.verdict, campaign.claim)
                                              : runStateName(campaign.state),
                 running ? data(index, ReasonRole).toString() : campaign.reason, sideOf(one));
    case Qt::ToolTipRole:
        return campaign.verdict && !running
                   ? QStringLiteral("%1\n%2")
                         .arg(verdictWithClaim(*campaign.verdict, campaign.claim), campaign.reason)
                         .toHtmlEscaped()
                   : QString();
    case VerdictRole:
        return campaign.verdict ? static_cast<int>(*campaign.verdict) : -1;
    case RunningRole:
        return running;
    case ReasonRole:
        if (running)
            return campaign.id == m_progressId ? m_progress : tr("running");
        // Of one that holds, what it shows says more than that it does.
        return campaign.verdict == Verdict::Proven ? claimSentence(*campaign.verdict, campaign.claim)
                                                   : campaign.reason;
    case SideRole:
        return sideOf(one);
    default:
        return {};
    }
}

Qt::ItemFlags CampaignListModel::flags(const QModelIndex &index) const {
    const bool heading = index.isValid() && m_rows.at(index.row()).entry < 0;
    return heading ? Qt::NoItemFlags : QAbstractListModel::flags(index);
}

} // namespace slipway
