// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QWidget>

namespace slipway {

/// The slots of a series of campaigns, a square each in the order of their numbers: whole and light where it
/// passed, framed in its verdict's colour where it needs a look, hatched where there is no evidence, empty
/// where none arrived. Shows the last 400 slots; hidden for a series of less than eight.
class SlotStrip : public QWidget {
    Q_OBJECT
public:
    explicit SlotStrip(QWidget *parent = nullptr);

    /// The series of `id` when it has enough slots, else the one with the most.
    void setEntries(const QList<CampaignEntry> &entries, const QString &id);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Slot {
        QString id; ///< empty: none arrived
        std::optional<Verdict> verdict;
        QString claim;
    };

    [[nodiscard]] int perRow(int width) const;
    [[nodiscard]] QRectF cell(qsizetype index) const;
    [[nodiscard]] qsizetype at(const QPointF &position) const; ///< -1: none

    QString m_series;
    int m_first = 1; ///< number of the first slot
    QString m_selected;
    QList<Slot> m_slots;
};

} // namespace slipway
