// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/difftab.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace slipway {

namespace {

constexpr int kShown = 500; // of a kind
enum Column { What, Before, After, ColumnCount };
constexpr int kCheckRole = Qt::UserRole;

QString orNone(const QString &text) {
    return text.isEmpty() ? QStringLiteral("–") : text;
}

QTreeWidgetItem *addHeading(QTreeWidget &tree, const QString &text) {
    auto *heading = new QTreeWidgetItem(&tree, {text});
    heading->setFont(What, strongFont());
    heading->setFlags(Qt::ItemIsEnabled);
    heading->setFirstColumnSpanned(true);
    return heading;
}

void addDifferences(QTreeWidget &tree, const QString &title, Difference::Kind kind,
                    const QList<Difference> &differences) {
    QTreeWidgetItem *heading = nullptr;
    int count = 0;
    for (const Difference &one : differences) {
        if (one.kind != kind || ++count > kShown)
            continue;
        if (!heading)
            heading = addHeading(tree, title);
        auto *item = new QTreeWidgetItem(heading, {one.what, orNone(one.before), orNone(one.after)});
        for (int column = 0; column < ColumnCount; ++column)
            item->setToolTip(column, item->text(column).toHtmlEscaped());
        if (one.worse) {
            item->setText(What, DiffTab::tr("worse: %1").arg(one.what));
            item->setFont(What, strongFont());
        }
        if (kind == Difference::Kind::Check)
            item->setData(What, kCheckRole, one.what);
    }
    if (heading)
        heading->setText(What, QStringLiteral("%1 %2").arg(title).arg(count));
}

void addLines(QTreeWidget &tree, const QList<NewLine> &lines) {
    if (lines.isEmpty())
        return;
    auto *heading = addHeading(tree, DiffTab::tr("Log lines only here %1").arg(lines.size()));
    for (const NewLine &one : lines.mid(0, kShown)) {
        auto *item = new QTreeWidgetItem(heading, {one.stream, DiffTab::tr("%L1 times").arg(one.kind.count),
                                                   QString::fromUtf8(one.kind.example).simplified()});
        item->setFont(After, logFont());
        item->setToolTip(After, item->text(After).toHtmlEscaped());
    }
}

} // namespace

DiffTab::DiffTab(QWidget *parent)
    : CampaignTab(parent), m_state(makeLabel(this, font(), Tone::Muted)), m_tree(new QTreeWidget) {
    m_state->setContentsMargins(0, 8, 0, 4);
    m_state->setWordWrap(true);
    m_tree->setAccessibleName(tr("Differences from the last campaign that passed, proven or not"));
    m_tree->setColumnCount(ColumnCount);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(12);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setColumnWidth(What, 300);
    m_tree->setColumnWidth(Before, 300);
    connect(m_tree, &QTreeWidget::itemClicked, this, [this](const QTreeWidgetItem *item) {
        if (const QString check = item->data(What, kCheckRole).toString(); !check.isEmpty())
            Q_EMIT checkRequested(check);
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_state);
    layout->addWidget(m_tree, 1);
}

void DiffTab::setRecord(const CampaignRecord &record) {
    m_id = record.summary.id;
    m_asked = false;
    say(QString());
    if (isVisible())
        showEvent(nullptr);
}

void DiffTab::showEvent(QShowEvent *) {
    if (m_asked)
        return;
    m_asked = true;
    Q_EMIT wanted();
}

void DiffTab::say(const QString &text) {
    m_state->setText(text);
    m_tree->clear();
    m_tree->hide();
}

void DiffTab::setComparison(const Comparison &comparison) {
    say(comparison.bothHaveLogs
            ? tr("Against %1, the last that passed, proven or not").arg(comparison.green)
            : tr("Against %1, the last that passed, proven or not. One of the two left no log to compare.")
                  .arg(comparison.green));
    m_tree->setHeaderLabels({tr("what"), comparison.green, m_id});
    addDifferences(*m_tree, tr("Checks"), Difference::Kind::Check, comparison.differences);
    addDifferences(*m_tree, tr("Cycles"), Difference::Kind::Cycle, comparison.differences);
    addLines(*m_tree, comparison.newLines);
    m_tree->expandAll();
    m_tree->setVisible(m_tree->topLevelItemCount() > 0);
    if (m_tree->topLevelItemCount() == 0)
        m_state->setText(
            tr("Nothing differs from %1, the last that passed, proven or not.").arg(comparison.green));
}

} // namespace slipway
