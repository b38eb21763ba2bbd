// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/series/seriesarchive.h"
#include "ui/trends/slotcell.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace slipway {

struct SeriesView;

/// A line of the list of series. Judged later than listed: until then counts alone are known.
struct SeriesItem {
    SeriesSummary summary;
    std::optional<Verdict> verdict;
    QString head;
    qsizetype openAlarms = 0;
    QList<SlotCell> strip; ///< the last slots
};

/// The series of the archive, one above the other: verdict, why, alarms that are open, a strip of the last
/// slots. Up and down choose.
class SeriesList : public QListView {
    Q_OBJECT
public:
    explicit SeriesList(QWidget *parent = nullptr);

    /// Keeps what was judged of those that stay, and the chosen one.
    void setSeries(const QList<SeriesSummary> &series);
    void setJudged(const SeriesView &view);
    [[nodiscard]] QString chosen() const; ///< a name; empty where there is no series
    void choose(const QString &name);
    [[nodiscard]] QStringList names() const;

Q_SIGNALS:
    void chosenChanged();

private:
    class Model;
    Model *m_model;
};

class SeriesDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace slipway

Q_DECLARE_METATYPE(slipway::SeriesItem)
