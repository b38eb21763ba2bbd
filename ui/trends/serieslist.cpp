// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/serieslist.h"

#include "app/session/seriesqueries.h"
#include "models/core/countof.h"
#include "ui/common/theme.h"
#include "ui/common/verdictmark.h"

#include <QAbstractListModel>
#include <QPainter>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kItemRole = Qt::UserRole;
constexpr qsizetype kStrip = 84; // slots of the strip
constexpr int kHeight = 86;
constexpr int kPad = 12;
constexpr double kIcon = 16;
constexpr qsizetype kStripRow = 42;

QString headOf(const SeriesItem &item) {
    if (item.verdict)
        return item.head;
    return QObject::tr("%1, %2 without evidence")
        .arg(countOf(item.summary.runs, "run"))
        .arg(item.summary.withoutEvidence);
}

} // namespace

class SeriesList::Model : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent) const override {
        return parent.isValid() ? 0 : static_cast<int>(items.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override {
        if (!index.isValid())
            return {};
        const SeriesItem &item = items.at(index.row());
        if (role == kItemRole)
            return QVariant::fromValue(item);
        if (role == Qt::DisplayRole)
            return item.summary.name;
        if (role == Qt::AccessibleTextRole)
            return QStringLiteral("%1: %2%3, %4")
                .arg(item.summary.name,
                     item.verdict ? verdictLabel(*item.verdict) + QStringLiteral(", ") : QString(),
                     headOf(item), SeriesList::tr("%1 open").arg(countOf(item.openAlarms, "alarm")));
        if (role == Qt::ToolTipRole)
            return QStringLiteral("%1: %2").arg(item.summary.name, headOf(item)).toHtmlEscaped();
        return {};
    }
    void set(const QList<SeriesItem> &all) {
        beginResetModel();
        items = all;
        endResetModel();
    }
    void setAt(qsizetype row, const SeriesItem &item) {
        items[row] = item;
        const QModelIndex changed = index(static_cast<int>(row));
        Q_EMIT dataChanged(changed, changed);
    }
    [[nodiscard]] qsizetype rowOf(const QString &name) const {
        const auto it = std::find_if(items.begin(), items.end(),
                                     [&](const SeriesItem &item) { return item.summary.name == name; });
        return it == items.end() ? -1 : it - items.begin();
    }

    QList<SeriesItem> items;
};

SeriesList::SeriesList(QWidget *parent) : QListView(parent), m_model(new Model(this)) {
    setModel(m_model);
    setItemDelegate(new SeriesDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Series of campaigns"));
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &SeriesList::chosenChanged);
}

void SeriesList::setSeries(const QList<SeriesSummary> &series) {
    QList<SeriesItem> items;
    for (const SeriesSummary &summary : series) {
        const qsizetype row = m_model->rowOf(summary.name);
        SeriesItem item = row < 0 ? SeriesItem() : m_model->items.at(row);
        item.summary = summary;
        items << item;
    }
    QString name = chosen();
    if (name.isEmpty() && !items.isEmpty())
        name = std::max_element(items.begin(), items.end(), [](const SeriesItem &a, const SeriesItem &b) {
                   return a.summary.runs < b.summary.runs;
               })->summary.name;
    {
        const QSignalBlocker blocker(selectionModel());
        m_model->set(items);
    }
    choose(m_model->rowOf(name) >= 0 || items.isEmpty() ? name : items.constFirst().summary.name);
}

void SeriesList::setJudged(const SeriesView &view) {
    const SeriesJudgement &judged = view.judged;
    const qsizetype row = m_model->rowOf(judged.definition.name);
    if (row < 0)
        return;
    SeriesItem item = m_model->items.at(row);
    item.verdict = judged.verdict.verdict;
    item.head = judged.verdict.head;
    item.openAlarms = std::count_if(judged.alarms.begin(), judged.alarms.end(),
                                    [](const Alarm &alarm) { return alarm.isLoud(); });
    item.strip.clear();
    const QList<SeriesSlot> &all = judged.table.slotList;
    for (qsizetype i = std::max<qsizetype>(0, all.size() - kStrip); i < all.size(); ++i)
        item.strip << cellOf(all.at(i), judged.runs);
    m_model->setAt(row, item);
}

QString SeriesList::chosen() const {
    return currentIndex().data().toString();
}

void SeriesList::choose(const QString &name) {
    setCurrentIndex(m_model->index(static_cast<int>(m_model->rowOf(name))));
}

QStringList SeriesList::names() const {
    QStringList names;
    for (const SeriesItem &item : std::as_const(m_model->items))
        names << item.summary.name;
    return names;
}

QSize SeriesDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const {
    return {220, kHeight};
}

void SeriesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const {
    const auto item = index.data(kItemRole).value<SeriesItem>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = option.rect;
    const bool isChosen = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(box, isChosen ? theme().selection : theme().surface);
    if (isChosen)
        painter->fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme().accent);
    painter->setPen(QPen(theme().line, 1));
    painter->drawLine(box.bottomLeft(), box.bottomRight());
    QRectF line(box.left() + kPad, box.top() + 10, box.width() - 2 * kPad, 18);
    if (item.verdict)
        paintVerdict(*painter, QRectF(line.left(), line.top() + 1, kIcon, kIcon), *item.verdict);
    painter->setFont(smallFont());
    painter->setPen(item.openAlarms > 0 ? theme().text : theme().muted);
    const QString alarms = item.openAlarms > 0 ? QObject::tr("%1 open").arg(countOf(item.openAlarms, "alarm"))
                                               : countOf(item.summary.runs, "run");
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, alarms);
    const double taken = QFontMetricsF(painter->font()).horizontalAdvance(alarms) + 10;
    painter->setFont(strongFont());
    painter->setPen(theme().text);
    const double left = kIcon + 8;
    painter->drawText(line.adjusted(left, 0, -taken, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetricsF(painter->font())
                          .elidedText(item.summary.name, Qt::ElideMiddle, line.width() - left - taken));
    line.translate(left, 19);
    line.setWidth(line.width() - left);
    painter->setFont(smallFont());
    painter->setPen(theme().muted);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetricsF(painter->font()).elidedText(headOf(item), Qt::ElideRight, line.width()));
    const double pitch = (box.width() - 2 * kPad) / static_cast<double>(kStripRow);
    for (qsizetype i = 0; i < item.strip.size(); ++i) {
        const double x = box.left() + kPad + pitch * static_cast<double>(i % kStripRow);
        const double y = box.top() + 52 + 13 * static_cast<double>(i / kStripRow);
        paintCell(*painter, QRectF(x, y, std::max(1.5, pitch - 1), 10), item.strip.at(i), false);
    }
    painter->restore();
}

} // namespace slipway
