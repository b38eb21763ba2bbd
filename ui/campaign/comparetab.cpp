// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/comparetab.h"

#include "ui/common/copyactions.h"
#include "ui/common/plaintable.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QComboBox>
#include <QCompleter>
#include <QHeaderView>
#include <QLineEdit>
#include <QStringListModel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kShown = 500;   // of a rank
constexpr int kMinOther = 12; // characters of the box
enum Column { What, Before, Now, Expected, ColumnCount };
constexpr int kCheckRole = Qt::UserRole;
constexpr int kCycleRole = Qt::UserRole + 1;

using Rank = ChangedNumber::Rank;

QString headingOf(Rank rank) {
    switch (rank) {
    case Rank::Worse:
        return CompareTab::tr("Worse");
    case Rank::StillBad:
        return CompareTab::tr("Does not hold in either");
    case Rank::Setting:
        return CompareTab::tr("What was tested");
    case Rank::Better:
        return CompareTab::tr("Better");
    }
    return {};
}

QTreeWidgetItem *addHeading(QTreeWidget &tree, const QString &title, qsizetype count) {
    auto *heading = new QTreeWidgetItem(&tree, {QStringLiteral("%1 %L2").arg(title).arg(count)});
    heading->setFont(What, strongFont());
    heading->setFlags(Qt::ItemIsEnabled);
    heading->setFirstColumnSpanned(true);
    return heading;
}

void addNumber(QTreeWidgetItem &heading, const ChangedNumber &number) {
    const auto orNone = [](const QString &text) { return text.isEmpty() ? QStringLiteral("–") : text; };
    auto *item = new QTreeWidgetItem(
        &heading, {number.what, orNone(number.before), orNone(number.now), number.expected});
    for (int column = 0; column < ColumnCount; ++column)
        item->setToolTip(column, item->text(column).toHtmlEscaped());
    if (number.rank == Rank::Worse) {
        item->setFont(Now, strongFont());
        item->setForeground(Now, theme().fail);
    }
    item->setForeground(Expected, theme().muted);
    item->setData(What, kCheckRole, number.check);
    item->setData(What, kCycleRole, number.cycle);
}

void addNumbers(QTreeWidget &tree, const QList<ChangedNumber> &numbers, Rank rank) {
    QTreeWidgetItem *heading = nullptr;
    const auto count = std::count_if(numbers.begin(), numbers.end(),
                                     [rank](const ChangedNumber &one) { return one.rank == rank; });
    for (const ChangedNumber &number : numbers) {
        if (number.rank != rank)
            continue;
        if (!heading)
            heading = addHeading(tree, headingOf(rank), count);
        if (heading->childCount() < kShown)
            addNumber(*heading, number);
    }
}

void addLines(QTreeWidget &tree, const QList<NewLine> &lines) {
    if (lines.isEmpty())
        return;
    auto *heading = addHeading(tree, CompareTab::tr("Log lines only here"), lines.size());
    for (const NewLine &one : lines.mid(0, kShown)) {
        const QString line = QString::fromUtf8(one.kind.example).simplified();
        auto *item =
            new QTreeWidgetItem(heading, {line, QStringLiteral("–"),
                                          CompareTab::tr("%L1 times").arg(one.kind.count), one.stream});
        item->setFont(What, logFont());
        item->setForeground(Expected, theme().muted);
        item->setToolTip(What, line.toHtmlEscaped());
        item->setToolTip(Expected, one.stream.toHtmlEscaped());
    }
}

} // namespace

CompareTab::CompareTab(QWidget *parent)
    : CampaignTab(parent), m_ids(new QStringListModel(this)), m_others(new QComboBox),
      m_green(makeLabel(this, font(), Tone::Muted)), m_answer(makeLabel(this, strongFont(), Tone::Text)),
      m_tree(makePlainTree({tr("what"), tr("before"), tr("now"), tr("must be")}, tr("What differs"))) {
    m_others->setAccessibleName(tr("Compare with"));
    m_others->setModel(m_ids);
    m_others->setEditable(true);
    m_others->setInsertPolicy(QComboBox::NoInsert);
    m_others->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_others->setMinimumContentsLength(kMinOther);
    m_others->completer()->setFilterMode(Qt::MatchContains);
    m_others->completer()->setCompletionMode(QCompleter::PopupCompletion);
    connect(m_others, &QComboBox::activated, this, [this] {
        showGreen();
        Q_EMIT requested();
    });
    for (QLabel *label : {m_green, m_answer})
        label->setWordWrap(true);
    m_tree->setIndentation(12);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(What, QHeaderView::Stretch);
    connect(m_tree, &QTreeWidget::itemClicked, this, [this](const QTreeWidgetItem *item) { open(*item); });
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) { open(*item); });
    auto *label = makeLabel(this, font(), Tone::Muted);
    label->setText(tr("Compare with"));
    label->setBuddy(m_others);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_others, 1);
    row->addWidget(m_green, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addWidget(m_answer);
    layout->addWidget(m_tree, 1);
}

void CompareTab::open(const QTreeWidgetItem &item) {
    if (const QString check = item.data(What, kCheckRole).toString(); !check.isEmpty())
        Q_EMIT checkRequested(check);
    if (const int cycle = item.data(What, kCycleRole).toInt(); cycle > 0)
        Q_EMIT cycleRequested(cycle);
}

void CompareTab::setRecord(const CampaignRecord &record) {
    m_id = record.summary.id;
    m_asked = false;
    say(QString());
    if (isVisible())
        showEvent(nullptr);
}

void CompareTab::setOthers(const QStringList &ids, const QString &green, bool keep) {
    const QString chosen = keep && ids.contains(other()) ? other() : green;
    m_lastGreen = green;
    QStringList others = ids;
    if (others.removeOne(green))
        others.prepend(green);
    if (m_ids->stringList() != others)
        m_ids->setStringList(others);
    m_others->setCurrentIndex(static_cast<int>(others.indexOf(chosen)));
    m_others->setEnabled(!others.isEmpty());
    showGreen();
}

QString CompareTab::other() const {
    return m_others->itemText(m_others->currentIndex());
}

void CompareTab::showGreen() {
    m_green->setText(!m_lastGreen.isEmpty() && other() == m_lastGreen
                         ? tr("the last that passed before it, proven or not")
                         : QString());
}

void CompareTab::chooseOther() {
    m_others->setFocus(Qt::OtherFocusReason);
    m_others->lineEdit()->selectAll();
}

void CompareTab::showEvent(QShowEvent *) {
    if (m_asked)
        return;
    m_asked = true;
    Q_EMIT requested();
}

void CompareTab::say(const QString &text) {
    m_answer->setText(text);
    m_tree->clear();
    m_tree->hide();
}

QString CompareTab::answerOf(const Comparison &comparison) const {
    const auto count = [&](Rank rank) {
        return std::count_if(comparison.numbers.begin(), comparison.numbers.end(),
                             [rank](const ChangedNumber &one) { return one.rank == rank; });
    };
    const QString worse = count(Rank::Worse) == 0
                              ? tr("Nothing is worse than in %1.").arg(comparison.other)
                              : tr("Worse than in %1: %L2.").arg(comparison.other).arg(count(Rank::Worse));
    const QString settings = count(Rank::Setting) == 0
                                 ? tr(" The same was tested.")
                                 : tr(" Settings that differ: %L1.").arg(count(Rank::Setting));
    return comparison.bothHaveLogs ? worse + settings
                                   : worse + settings + tr(" One of the two left no log to compare.");
}

void CompareTab::setComparison(const Comparison &comparison) {
    say(answerOf(comparison));
    m_tree->setHeaderLabels({tr("what"), comparison.other, m_id, tr("must be")});
    for (const Rank rank : {Rank::Worse, Rank::StillBad, Rank::Setting, Rank::Better})
        addNumbers(*m_tree, comparison.numbers, rank);
    addLines(*m_tree, comparison.newLines);
    m_tree->expandAll();
    for (const int column : {Before, Now, Expected}) {
        m_tree->resizeColumnToContents(column);
        m_tree->setColumnWidth(column, std::min(m_tree->columnWidth(column), width() / 4));
    }
    m_tree->setVisible(m_tree->topLevelItemCount() > 0);
}

void CompareTab::setMenuActions(const QList<QAction *> &actions) {
    addMenuActions(*m_tree, actions);
}

} // namespace slipway
