// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QAbstractListModel>
#include <QSet>

namespace slipway {

/// Campaigns under the headings Running, Needs a look and Passed; headings are rows that cannot be selected.
/// Of campaigns in a row that failed the same way only the newest is shown until it is unfolded. Takes whole
/// lists, keeps their order within a heading.
class CampaignListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< empty for a heading
        VerdictRole,           ///< int of Verdict; -1 while there is none
        RunningRole,           ///< bool
        ReasonRole,            ///< why, or what a running one does now
        SideRole,              ///< one word at the end of the row: what is left, class, "×19", "3 in a row"
    };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(const QList<CampaignEntry> &entries);
    /// Words that id, ref, verdict, reason, class or owner must all have; empty shows all.
    void setFilter(const QString &words);
    /// What a running campaign does now, and what is left of it ("4:10 left").
    void setProgress(const QString &id, const QString &text, const QString &left);
    void toggleFold(const QString &id); ///< of the row that `id` is the newest of
    bool reveal(const QString &id); ///< unfolds what hides it; false when the filter does, or it is not there

    [[nodiscard]] const QList<CampaignEntry> &entries() const { return m_entries; }
    [[nodiscard]] const CampaignEntry *entry(const QString &id) const; ///< null when there is none
    [[nodiscard]] int rowOf(const QString &id) const;                  ///< -1 when it is not shown
    [[nodiscard]] QString firstId() const; ///< of the first campaign from the top; empty when there is none
    /// The newest that needs a look and has no class yet, else the newest that needs a look; empty when none
    /// does.
    [[nodiscard]] QString newestRed() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        QString heading;      ///< empty for a campaign
        qsizetype entry = -1; ///< in m_entries
    };

    void arrange();
    [[nodiscard]] bool matches(const CampaignEntry &entry) const;
    [[nodiscard]] QString sideOf(const CampaignEntry &entry) const;

    QList<CampaignEntry> m_entries;
    QHash<QString, qsizetype> m_places; ///< of ids in m_entries
    QHash<qsizetype, QString> m_heads;  ///< of the rows that fold: which id stays
    QList<Row> m_rows;
    QHash<QString, int> m_rowOf;
    QStringList m_filter;
    QSet<QString> m_unfolded; ///< ids of the newest of their rows
    QString m_progressId;
    QString m_progress;
    QString m_left;
};

} // namespace slipway
