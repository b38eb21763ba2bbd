// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/layoutfaults.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QMenuBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QTabBar>

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
    const auto tooSmall = [&](QSize wanted) {
        return widget.width() + kTolerance < wanted.width() || widget.height() + kTolerance < wanted.height();
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
