// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exporter/changesview.h"

#include "app/pages/write/htmltext.h"
#include "models/core/quantitytext.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QHeaderView>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTextCursor>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

enum FileColumn { FileName, FileSize };
enum MaskColumn { Rule, MaskedFile, Place };
constexpr int kFileRole = Qt::UserRole; // index in m_files
constexpr int kShown = 2000;            // rows of a kind
constexpr int kRowHeight = 22;

QTreeWidget *makeTree(const QStringList &headers, const QString &name) {
    auto *tree = new QTreeWidget;
    tree->setHeaderLabels(headers);
    tree->setAccessibleName(name);
    tree->setRootIsDecorated(false);
    tree->setIndentation(12);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setTextElideMode(Qt::ElideMiddle); // what differs is at the end
    tree->setUniformRowHeights(true);
    tree->header()->setStretchLastSection(false);
    return tree;
}

QString sizesText(const FileChange &change) {
    switch (change.kind) {
    case FileChange::Kind::Changed:
        return ChangesView::tr("%1, was %2").arg(bytesText(change.after), bytesText(change.before));
    case FileChange::Kind::Removed:
        return bytesText(change.before);
    case FileChange::Kind::Added:
    case FileChange::Kind::Unchanged:
        break;
    }
    return bytesText(change.after);
}

QString markOf(DiffLine::Kind kind) {
    return kind == DiffLine::Kind::Removed ? QStringLiteral("− ")
           : kind == DiffLine::Kind::Added ? QStringLiteral("+ ")
                                           : QStringLiteral("  ");
}

} // namespace

ChangesView::ChangesView(QWidget *parent)
    : QWidget(parent), m_state(makeLabel(this, font(), Tone::Muted)),
      m_size(makeLabel(this, font(), Tone::Muted)), m_warnings(makeLabel(this, font(), Tone::Warning)),
      m_tabs(new QTabWidget), m_tree(makeTree({tr("File"), tr("Size")}, tr("Files that would change"))),
      m_diff(new QPlainTextEdit),
      m_masked(makeTree({tr("Rule"), tr("File"), tr("Where")}, tr("What was masked"))),
      m_nothingMasked(makeLabel(this, font(), Tone::Muted)) {
    for (QLabel *label : {m_state, m_size, m_warnings, m_nothingMasked})
        label->setWordWrap(true);
    m_state->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_tree->setObjectName(QStringLiteral("changes"));
    m_tree->header()->setSectionResizeMode(FileName, QHeaderView::Stretch);
    m_tree->headerItem()->setTextAlignment(FileSize, Qt::AlignRight | Qt::AlignVCenter);
    m_tree->header()->setSectionResizeMode(FileSize, QHeaderView::ResizeToContents);
    m_diff->setAccessibleName(tr("Lines that would change"));
    m_diff->setReadOnly(true);
    m_diff->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_diff->setFont(logFont());
    m_diff->setTabChangesFocus(true);
    m_masked->setObjectName(QStringLiteral("masked"));
    m_masked->header()->setSectionResizeMode(MaskedFile, QHeaderView::Stretch);
    m_masked->setColumnWidth(Rule, 190);
    m_nothingMasked->setText(tr("Nothing had to be masked."));
    m_nothingMasked->setContentsMargins(0, 8, 0, 0);
    auto *files = new QSplitter(Qt::Vertical);
    files->setChildrenCollapsible(false);
    files->setHandleWidth(9);
    files->addWidget(m_tree);
    files->addWidget(m_diff);
    files->setSizes({240, 200});
    auto *masked = new QWidget;
    auto *maskedLayout = new QVBoxLayout(masked);
    maskedLayout->setContentsMargins(0, 0, 0, 0);
    maskedLayout->addWidget(m_nothingMasked, 0, Qt::AlignTop);
    maskedLayout->addWidget(m_masked, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(files, tr("Changes"));
    m_tabs->addTab(masked, tr("Masked"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_state);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_size);
    layout->addWidget(m_warnings);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &ChangesView::showDiff);
    say({});
}

void ChangesView::say(const QString &text) {
    m_state->setText(text);
    m_state->show();
    for (QWidget *widget :
         {static_cast<QWidget *>(m_tabs), static_cast<QWidget *>(m_size), static_cast<QWidget *>(m_warnings)})
        widget->hide();
}

void ChangesView::setCount(const PagesCount &count, qint64 sizeLimit) {
    m_files = count.exported.changes + count.others + count.exported.unchanged;
    m_tree->clear();
    m_diff->clear();
    addFiles(tr("Changed"), FileChange::Kind::Changed, m_files);
    addFiles(tr("New"), FileChange::Kind::Added, m_files);
    addFiles(tr("Removed"), FileChange::Kind::Removed, m_files);
    addFiles(tr("Unchanged"), FileChange::Kind::Unchanged, m_files);
    const qsizetype changed = m_files.size() - count.exported.unchanged.size();
    m_tabs->setTabText(0, tr("Changes %L1").arg(changed));
    m_diff->setVisible(std::any_of(m_files.begin(), m_files.end(), [](const FileChange &file) {
        return file.kind == FileChange::Kind::Changed;
    }));
    m_state->setVisible(changed == 0);
    m_state->setText(tr("Everything is published already; nothing would change."));
    showMasked(count.exported.masked);
    QStringList sizes;
    bool isNear = false;
    for (auto it = count.exported.sizes.constBegin(); it != count.exported.sizes.constEnd(); ++it) {
        sizes << tr("runs/%1 uses %2 of at most %3.").arg(it.key(), bytesText(*it), bytesText(sizeLimit));
        isNear = isNear || *it > sizeLimit / 4 * 3;
    }
    m_size->setText(sizes.join(QLatin1Char('\n')));
    setTone(*m_size, isNear ? Tone::Warning : Tone::Muted);
    m_warnings->setText(count.exported.warnings.join(QLatin1Char('\n')));
    m_warnings->setVisible(!count.exported.warnings.isEmpty());
    m_size->setVisible(!sizes.isEmpty());
    m_tabs->show();
    showDiff();
}

void ChangesView::addFiles(const QString &title, FileChange::Kind kind, const QList<FileChange> &files) {
    QTreeWidgetItem *heading = nullptr;
    int count = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        if (files.at(i).kind != kind || ++count > kShown)
            continue;
        if (!heading) {
            heading = new QTreeWidgetItem(m_tree);
            heading->setFont(FileName, strongFont());
            heading->setFlags(Qt::ItemIsEnabled);
            heading->setFirstColumnSpanned(true);
            heading->setSizeHint(FileName, QSize(0, kRowHeight));
        }
        auto *item = new QTreeWidgetItem(heading, {files.at(i).path, sizesText(files.at(i))});
        item->setSizeHint(FileName, QSize(0, kRowHeight));
        item->setTextAlignment(FileSize, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(FileName, files.at(i).path.toHtmlEscaped());
        item->setData(FileName, kFileRole, i);
    }
    if (!heading)
        return;
    heading->setText(FileName, QStringLiteral("%1 %L2").arg(title).arg(count));
    heading->setExpanded(kind != FileChange::Kind::Unchanged);
    if (!m_tree->currentItem() && kind == FileChange::Kind::Changed)
        m_tree->setCurrentItem(heading->child(0));
}

void ChangesView::showMasked(const QList<Masked> &masked) {
    m_tabs->setTabText(1, masked.isEmpty() ? tr("Masked") : tr("Masked %L1").arg(masked.size()));
    m_masked->clear();
    m_masked->setVisible(!masked.isEmpty());
    m_nothingMasked->setVisible(masked.isEmpty());
    QList<QTreeWidgetItem *> items;
    for (const Masked &one : masked.mid(0, kShown)) {
        items << new QTreeWidgetItem(
            {one.kind, one.file, tr("byte %L1, %L2 bytes").arg(one.offset).arg(one.length)});
        items.constLast()->setToolTip(MaskedFile, one.file.toHtmlEscaped());
    }
    m_masked->addTopLevelItems(items);
    m_masked->resizeColumnToContents(Place);
}

// Changed lines have a sign and the text's colour, the others are quiet: colour alone says nothing.
void ChangesView::showDiff() {
    m_diff->clear();
    const QTreeWidgetItem *item = m_tree->currentItem();
    const QVariant index = item ? item->data(FileName, kFileRole) : QVariant();
    if (!index.isValid()) {
        m_diff->setPlaceholderText(tr("Choose a changed file to see its lines."));
        return;
    }
    const FileChange &file = m_files.at(index.toLongLong());
    m_diff->setPlaceholderText(file.kind == FileChange::Kind::Changed
                                   ? tr("It is not a text, or too large to show.")
                               : file.kind == FileChange::Kind::Added   ? tr("The file is new.")
                               : file.kind == FileChange::Kind::Removed ? tr("The file goes.")
                                                                        : tr("The file stays as it is."));
    QTextCursor cursor(m_diff->document());
    QTextCharFormat loud;
    loud.setForeground(theme().text);
    QTextCharFormat quiet;
    quiet.setForeground(theme().muted);
    cursor.beginEditBlock();
    for (const DiffLine &line : file.diff) {
        const bool isChange = line.kind == DiffLine::Kind::Added || line.kind == DiffLine::Kind::Removed;
        const QString text =
            line.kind == DiffLine::Kind::LeftOut ? QStringLiteral("⋯ %1").arg(line.text) : line.text;
        if (!cursor.atStart())
            cursor.insertBlock();
        cursor.insertText(markOf(line.kind) + visibleText(text), isChange ? loud : quiet);
    }
    cursor.endEditBlock();
    m_diff->moveCursor(QTextCursor::Start);
}

} // namespace slipway
