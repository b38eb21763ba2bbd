// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/bugseditor.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/insight/insightlimits.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

enum LinkColumn { LinkLabel, LinkUrl, LinkColumnCount };

QString titleOf(const InsightBug &bug, int index) {
    const QString title = bug.title.simplified();
    return title.isEmpty() ? BugsEditor::tr("Bug %1, without a title").arg(index + 1) : title;
}

QBoxLayout *addRow(QVBoxLayout &layout, std::initializer_list<QWidget *> widgets) {
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    row->addStretch(1);
    layout.addLayout(row);
    return row;
}

} // namespace

BugsEditor::BugsEditor(QWidget *parent)
    : QWidget(parent), m_list(new QListWidget), m_add(new QPushButton(tr("Add bug"))),
      m_remove(new QPushButton(tr("Remove bug"))), m_fields(new QWidget),
      m_title(new InsightText(tr("Bug's title"), 1, kMaxBugTitle)),
      m_impact(new InsightText(tr("Bug's impact"), 2, kMaxBugText)),
      m_cause(new InsightText(tr("Bug's root cause"), 2, kMaxBugText)),
      m_links(new QTableWidget(0, LinkColumnCount)), m_addLink(new QPushButton(tr("Add link"))),
      m_removeLink(new QPushButton(tr("Remove link"))) {
    m_list->setAccessibleName(tr("Bugs"));
    m_list->setFixedHeight(96);
    m_add->setObjectName(QStringLiteral("addBug"));
    m_add->setToolTip(tr("At most %1 bugs").arg(kMaxBugs));
    m_remove->setObjectName(QStringLiteral("removeBug"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_list);
    addRow(*layout, {m_add, m_remove});
    makeFields();
    layout->addWidget(m_fields);
    connect(m_list, &QListWidget::currentRowChanged, this, &BugsEditor::showBug);
    connect(m_add, &QPushButton::clicked, this, &BugsEditor::add);
    connect(m_remove, &QPushButton::clicked, this, &BugsEditor::remove);
    setBugs({});
}

void BugsEditor::makeFields() {
    auto *layout = new QVBoxLayout(m_fields);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    struct Row {
        QString title;
        InsightText *field;
        QString InsightBug::*text;
        QString place;
    };
    for (const Row &row : {Row{tr("Title"), m_title, &InsightBug::title, QStringLiteral("title")},
                           Row{tr("Impact"), m_impact, &InsightBug::impact, QStringLiteral("impact")},
                           Row{tr("Root cause"), m_cause, &InsightBug::rootCause, QStringLiteral("cause")}}) {
        auto *label = makeLabel(m_fields, font(), Tone::Muted);
        label->setText(row.title);
        label->setBuddy(row.field);
        layout->addWidget(label);
        row.field->addTo(*layout);
        connect(row.field, &InsightText::edited, this,
                [this, text = row.text, place = row.place](const QString &value) {
                    setText(text, value, place);
                });
        connect(row.field, &InsightText::left, this, &BugsEditor::left);
    }
    makeLinks();
    auto *label = makeLabel(m_fields, font(), Tone::Muted);
    label->setText(tr("Fixed in"));
    label->setBuddy(m_links);
    layout->addWidget(label);
    layout->addWidget(m_links);
    addRow(*layout, {m_addLink, m_removeLink});
}

void BugsEditor::makeLinks() {
    m_links->setObjectName(QStringLiteral("links"));
    m_links->setAccessibleName(tr("Links to where it was fixed"));
    m_links->setHorizontalHeaderLabels({tr("Label"), tr("Address, http or https")});
    m_links->horizontalHeader()->setStretchLastSection(true);
    m_links->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft);
    m_links->verticalHeader()->hide();
    m_links->setShowGrid(false);
    m_links->setFixedHeight(110);
    m_links->setTabKeyNavigation(false);
    m_links->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_addLink->setObjectName(QStringLiteral("addLink"));
    m_addLink->setToolTip(tr("At most %1 links").arg(kMaxLinks));
    m_removeLink->setObjectName(QStringLiteral("removeLink"));
    connect(m_links, &QTableWidget::itemChanged, this, &BugsEditor::takeLinks);
    connect(m_addLink, &QPushButton::clicked, this, [this] {
        const int bug = current();
        if (bug < 0)
            return;
        m_bugs[bug].fixedIn.append(InsightLink{});
        showLinks(m_bugs.at(bug));
        m_links->setFocus();
        m_links->editItem(m_links->item(m_links->rowCount() - 1, LinkLabel));
        Q_EMIT edited(m_bugs, QStringLiteral("bug %1 links").arg(bug));
    });
    connect(m_removeLink, &QPushButton::clicked, this, [this] {
        const int bug = current();
        const int row = m_links->currentRow();
        if (bug < 0 || row < 0 || row >= m_bugs.at(bug).fixedIn.size())
            return;
        m_bugs[bug].fixedIn.removeAt(row);
        showLinks(m_bugs.at(bug));
        Q_EMIT edited(m_bugs, QStringLiteral("bug %1 links").arg(bug));
    });
}

int BugsEditor::current() const {
    const int row = m_list->currentRow();
    return row < m_bugs.size() ? row : -1;
}

void BugsEditor::setBugs(const QList<InsightBug> &bugs) {
    const int before = std::max(0, m_list->currentRow());
    m_bugs = bugs;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (int i = 0; i < m_bugs.size(); ++i)
            m_list->addItem(titleOf(m_bugs.at(i), i));
        m_list->setCurrentRow(std::min(before, static_cast<int>(m_bugs.size()) - 1));
    }
    m_list->setVisible(!m_bugs.isEmpty());
    m_add->setEnabled(!m_readOnly && m_bugs.size() < kMaxBugs);
    showBug();
}

void BugsEditor::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    for (QWidget *widget : {static_cast<QWidget *>(m_remove), m_fields})
        widget->setEnabled(!readOnly);
    m_add->setEnabled(!readOnly && m_bugs.size() < kMaxBugs);
}

void BugsEditor::setEvidence(const std::shared_ptr<const EvidenceNumbers> &numbers, bool isOver) {
    for (InsightText *field : {m_title, m_impact, m_cause})
        field->marks().setEvidence(numbers, isOver);
}

void BugsEditor::showBug() {
    const int bug = current();
    m_fields->setVisible(bug >= 0);
    m_remove->setVisible(bug >= 0);
    if (bug < 0)
        return;
    m_title->showText(m_bugs.at(bug).title);
    m_impact->showText(m_bugs.at(bug).impact);
    m_cause->showText(m_bugs.at(bug).rootCause);
    showLinks(m_bugs.at(bug));
}

void BugsEditor::showLinks(const InsightBug &bug) {
    m_showing = true;
    m_links->setRowCount(static_cast<int>(bug.fixedIn.size()));
    for (int row = 0; row < m_links->rowCount(); ++row) {
        m_links->setItem(row, LinkLabel, new QTableWidgetItem(bug.fixedIn.at(row).label));
        m_links->setItem(row, LinkUrl, new QTableWidgetItem(bug.fixedIn.at(row).url));
    }
    m_links->setVisible(m_links->rowCount() > 0);
    m_removeLink->setVisible(m_links->rowCount() > 0);
    m_addLink->setEnabled(m_links->rowCount() < kMaxLinks);
    m_showing = false;
}

void BugsEditor::add() {
    m_bugs.append(InsightBug{});
    setBugs(m_bugs);
    m_list->setCurrentRow(static_cast<int>(m_bugs.size()) - 1);
    m_title->setFocus();
    Q_EMIT edited(m_bugs, QStringLiteral("bug added %1").arg(m_bugs.size()));
}

void BugsEditor::remove() {
    const int bug = current();
    if (bug < 0)
        return;
    m_bugs.removeAt(bug);
    setBugs(m_bugs);
    Q_EMIT edited(m_bugs, QStringLiteral("bug removed %1").arg(m_bugs.size()));
}

void BugsEditor::setText(QString InsightBug::*text, const QString &value, const QString &place) {
    const int bug = current();
    if (bug < 0 || m_bugs.at(bug).*text == value)
        return;
    m_bugs[bug].*text = value;
    m_list->item(bug)->setText(titleOf(m_bugs.at(bug), bug));
    Q_EMIT edited(m_bugs, QStringLiteral("bug %1 %2").arg(bug).arg(place));
}

void BugsEditor::takeLinks() {
    const int bug = current();
    if (m_showing || bug < 0)
        return;
    QList<InsightLink> &links = m_bugs[bug].fixedIn;
    for (int row = 0; row < std::min(m_links->rowCount(), static_cast<int>(links.size())); ++row) {
        links[row].label = m_links->item(row, LinkLabel)->text();
        links[row].url = m_links->item(row, LinkUrl)->text().trimmed();
    }
    Q_EMIT edited(m_bugs, QStringLiteral("bug %1 links").arg(bug));
}

} // namespace slipway
