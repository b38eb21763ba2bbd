// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/layoutfaults.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>

namespace slipway::test {

namespace {

constexpr int kTolerance = 1; // of a pixel: rounding at scales between whole ones

QString nameOf(const QWidget &widget) {
    QString text;
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        text = label->text();
    else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        text = button->text();
    if (text.isEmpty())
        text = widget.accessibleName();
    QStringList parents;
    for (const QWidget *one = widget.parentWidget(); one && parents.size() < 3; one = one->parentWidget())
        parents.prepend(QString::fromLatin1(one->metaObject()->className()).section(QLatin1Char(':'), -1));
    return QStringLiteral("%1 > %2 \"%3\"")
        .arg(parents.join(QStringLiteral(" > ")),
             QString::fromLatin1(widget.metaObject()->className()).section(QLatin1Char(':'), -1),
             text.left(60));
}

// What Qt's own widgets keep inside them.
bool isInnerPart(const QWidget &widget) {
    for (const QWidget *one = widget.parentWidget(); one; one = one->parentWidget()) {
        if (qobject_cast<const QAbstractItemView *>(one) || qobject_cast<const QTabBar *>(one) ||
            qobject_cast<const QLineEdit *>(one) || qobject_cast<const QComboBox *>(one))
            return true;
    }
    return false;
}

bool isScrolled(const QWidget &widget) {
    const auto *area = widget.parentWidget()
                           ? qobject_cast<const QAbstractScrollArea *>(widget.parentWidget()->parentWidget())
                           : nullptr;
    return area && area->viewport() == widget.parentWidget();
}

bool isCut(const QWidget &widget) {
    const QSize hint = widget.sizeHint();
    const auto tooSmall = [&](QSize size) {
        return widget.width() + kTolerance < size.width() || widget.height() + kTolerance < size.height();
    };
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (label->text().isEmpty())
            return false;
        if (label->wordWrap())
            return label->height() + kTolerance < label->heightForWidth(label->width());
        return tooSmall(hint);
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return !button->text().isEmpty() && tooSmall(hint);
    if (const auto *combo = qobject_cast<const QComboBox *>(&widget)) {
        const int arrow = 40; // with padding, as the style sheet has it
        const int text = combo->fontMetrics().horizontalAdvance(combo->currentText());
        return !combo->isEditable() && tooSmall({text + arrow, hint.height()});
    }
    if (qobject_cast<const QLineEdit *>(&widget))
        return tooSmall({0, hint.height()});
    return false;
}

QStringList overlapsIn(const QWidget &parent) {
    QStringList faults;
    const QLayout *layout = parent.layout();
    if (!layout)
        return faults;
    QList<const QWidget *> children;
    for (const QObject *object : parent.children()) {
        const auto *child = qobject_cast<const QWidget *>(object);
        if (child && child->isVisible() && !child->isWindow() &&
            child->objectName() != QLatin1String("popup"))
            children << child;
    }
    for (qsizetype i = 0; i < children.size(); ++i) {
        for (qsizetype j = i + 1; j < children.size(); ++j) {
            const QRect common = children.at(i)->geometry() & children.at(j)->geometry();
            const bool drawers =
                children.at(i)->property("drawer").toBool() || children.at(j)->property("drawer").toBool();
            if (common.width() > kTolerance && common.height() > kTolerance && !drawers)
                faults << QStringLiteral("overlap: %1 and %2")
                              .arg(nameOf(*children.at(i)), nameOf(*children.at(j)));
        }
    }
    return faults;
}

// A word that is cut off is not a word: "unsup…". Sentences, ids and paths may end early, their tool tip has
// them.
bool isWord(const QString &text) {
    static const QRegularExpression word(QStringLiteral("^[A-Za-z_]{1,24}$"));
    return word.match(text).hasMatch();
}

QStringList elidedIn(const QAbstractItemView &view) {
    QStringList faults;
    const auto *table = qobject_cast<const QTableView *>(&view);
    const auto *tree = qobject_cast<const QTreeView *>(&view);
    const QAbstractItemModel *model = view.model();
    const QHeaderView *header = table ? table->horizontalHeader() : tree ? tree->header() : nullptr;
    if (!header || !model)
        return faults;
    for (int column = 0; header->isVisible() && column < header->count(); ++column) {
        const QString title = model->headerData(column, Qt::Horizontal).toString();
        if (isWord(title) && !header->isSectionHidden(column) &&
            header->fontMetrics().horizontalAdvance(title) > header->sectionSize(column))
            faults << QStringLiteral("elided: heading \"%1\" of %2").arg(title, nameOf(view));
    }
    QModelIndex top = view.indexAt({1, 1});
    for (QModelIndex row = top; row.isValid();) {
        const QRect at = view.visualRect(row.siblingAtColumn(0));
        if (at.top() > view.viewport()->height())
            break;
        for (int column = 0; column < model->columnCount(row.parent()); ++column) {
            const QModelIndex cell = row.siblingAtColumn(column);
            const QString text = cell.data().toString();
            if (isWord(text) && !header->isSectionHidden(column) &&
                view.sizeHintForIndex(cell).width() > view.visualRect(cell).width() + kTolerance)
                faults << QStringLiteral("elided: \"%1\" in %2").arg(text, nameOf(view));
        }
        row = tree ? tree->indexBelow(row) : row.siblingAtRow(row.row() + 1);
    }
    faults.removeDuplicates();
    return faults;
}

} // namespace

QStringList layoutFaults(const QWidget &window) {
    QStringList faults = overlapsIn(window);
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        if (widget->objectName() == QLatin1String("qt_menubar_ext_button")) {
            faults << QStringLiteral("cut: the menu bar");
            continue;
        }
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
            faults += elidedIn(*view);
        if (isInnerPart(*widget))
            continue;
        const QRect inside =
            widget->parentWidget()->rect().adjusted(-kTolerance, -kTolerance, kTolerance, kTolerance);
        if (!isScrolled(*widget) && !widget->geometry().isEmpty() && !inside.contains(widget->geometry()))
            faults << QStringLiteral("outside of its parent: %1").arg(nameOf(*widget));
        if (isCut(*widget))
            faults << QStringLiteral("cut: %1, %2 of %3 by %4 of %5")
                          .arg(nameOf(*widget))
                          .arg(widget->width())
                          .arg(widget->sizeHint().width())
                          .arg(widget->height())
                          .arg(widget->sizeHint().height());
        if (const auto *area = qobject_cast<const QScrollArea *>(widget);
            area && area->horizontalScrollBar()->maximum() > kTolerance)
            faults << QStringLiteral("scrolled sideways by %1: %2")
                          .arg(area->horizontalScrollBar()->maximum())
                          .arg(nameOf(*area));
        faults += overlapsIn(*widget);
    }
    return faults;
}

} // namespace slipway::test
