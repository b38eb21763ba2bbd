// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/sidecolumns.h"

#include <QApplication>
#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>

namespace slipway {

namespace {

// In heights of a line of text, so that they grow with it.
constexpr int kThreeColumns = 72; // below it the right one is a drawer
constexpr int kTwoColumns = 58;   // below it the left one is too
constexpr std::array kMin{14, 21};
constexpr std::array kDefaultWidths{16, 22};
constexpr int kMaxShare = 3; // of the width, for a column: a third
constexpr int kHandle = 1;
constexpr int kMinEm = 16; // pixels, of the usual type

int indexOf(SideColumns::Side side) {
    return side == SideColumns::Side::Left ? 0 : 1;
}

} // namespace

SideColumns::SideColumns(QWidget *left, QWidget *middle, QWidget *right, QWidget *parent)
    : QWidget(parent), m_split(new QSplitter(Qt::Horizontal)), m_bar(new QWidget) {
    m_columns.at(0).widget = left;
    m_columns.at(1).widget = right;
    m_bar->setObjectName(QStringLiteral("bar"));
    m_bar->setAttribute(Qt::WA_StyledBackground);
    auto *buttons = new QHBoxLayout(m_bar);
    buttons->setContentsMargins(12, 4, 12, 4);
    for (const Side side : {Side::Left, Side::Right}) {
        Column &one = column(side);
        one.width = kDefaultWidths.at(indexOf(side)) * em();
        one.button = new QPushButton(one.widget->accessibleName());
        one.button->setObjectName(QStringLiteral("chip"));
        one.button->setCheckable(true);
        connect(one.button, &QPushButton::clicked, this, [this, side] { toggle(side); });
        buttons->addWidget(one.button);
        if (side == Side::Left)
            buttons->addStretch(1);
    }
    m_bar->hide();
    m_split->setHandleWidth(kHandle);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(left);
    m_split->addWidget(middle);
    m_split->addWidget(right);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    m_split->setStretchFactor(2, 0);
    connect(m_split, &QSplitter::splitterMoved, this, [this] {
        for (Column &one : m_columns) {
            if (!one.drawer && one.widget->isVisible())
                one.width = one.widget->width();
        }
    });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_split, 1);
    // Whoever turns to the middle is done with the drawer.
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget *, const QWidget *now) {
        if (now && m_split->isAncestorOf(now))
            closeDrawers();
    });
}

int SideColumns::em() const {
    return std::max(kMinEm, fontMetrics().height());
}

void SideColumns::setUseful(Side side, bool useful) {
    column(side).useful = useful;
    arrange();
}

bool SideColumns::isShown(Side side) const {
    return column(side).widget->isVisibleTo(this);
}

void SideColumns::arrange() {
    setDrawer(Side::Right, width() < kThreeColumns * em());
    setDrawer(Side::Left, width() < kTwoColumns * em());
    m_bar->setVisible(std::any_of(m_columns.begin(), m_columns.end(),
                                  [](const Column &one) { return one.drawer && one.useful; }));
    for (const Side side : {Side::Left, Side::Right}) {
        Column &one = column(side);
        one.button->setVisible(one.drawer && one.useful);
        if (!one.drawer) {
            bound(side);
            one.widget->setVisible(one.useful && !one.hidden);
        } else if (!one.useful) {
            one.widget->hide();
        } else if (one.widget->isVisible()) {
            place(side);
        }
    }
    QList<int> sizes{0, 0, 0};
    const Column &left = column(Side::Left);
    const Column &right = column(Side::Right);
    const int leftWidth = left.drawer || !isShown(Side::Left) ? 0 : left.width;
    const int rightWidth = right.drawer || !isShown(Side::Right) ? 0 : right.width;
    sizes = {leftWidth, std::max(1, width() - leftWidth - rightWidth - 2 * kHandle), rightWidth};
    if (left.drawer)
        sizes.removeFirst();
    if (right.drawer)
        sizes.removeLast();
    m_split->setSizes(sizes);
}

void SideColumns::bound(Side side) {
    Column &one = column(side);
    const int min = kMin.at(indexOf(side)) * em();
    const int max = std::max(min, width() / kMaxShare);
    one.width = std::clamp(one.width, min, max);
    one.widget->setMinimumWidth(min);
    one.widget->setMaximumWidth(max);
}

void SideColumns::setDrawer(Side side, bool drawer) {
    Column &one = column(side);
    if (one.drawer == drawer)
        return;
    one.drawer = drawer;
    one.button->setChecked(false);
    if (drawer) {
        one.widget->setParent(this);
        one.widget->setProperty("drawer", true);
        one.widget->setMinimumWidth(0);
        one.widget->setMaximumWidth(QWIDGETSIZE_MAX);
        one.widget->hide();
    } else {
        one.widget->setProperty("drawer", false);
        m_split->insertWidget(side == Side::Left ? 0 : m_split->count(), one.widget);
        m_split->setStretchFactor(m_split->indexOf(one.widget), 0);
    }
}

void SideColumns::place(Side side) {
    const int max = std::max(1, width() - 3 * em());
    const int wide = std::min(max, (side == Side::Left ? 24 : 27) * em());
    const int top = m_bar->isVisibleTo(this) ? m_bar->sizeHint().height() : 0;
    const int x = side == Side::Left ? 0 : width() - wide;
    column(side).widget->setGeometry(x, top, wide, std::max(1, height() - top));
    column(side).widget->raise();
}

void SideColumns::reveal(Side side) {
    Column &one = column(side);
    if (!one.useful)
        return;
    one.hidden = false;
    if (!one.drawer) {
        arrange();
        return;
    }
    if (one.widget->isVisible())
        return;
    m_before = QApplication::focusWidget();
    const Side other = side == Side::Left ? Side::Right : Side::Left;
    if (column(other).drawer) {
        column(other).widget->hide();
        column(other).button->setChecked(false);
    }
    place(side);
    one.widget->show();
    one.button->setChecked(true);
    if (QWidget *first = one.widget->nextInFocusChain(); first && one.widget->isAncestorOf(first))
        one.widget->setFocus(Qt::OtherFocusReason);
}

void SideColumns::toggle(Side side) {
    Column &one = column(side);
    if (one.drawer && one.widget->isVisible()) {
        closeDrawers();
    } else if (!one.drawer && isShown(side)) {
        one.hidden = true;
        arrange();
    } else {
        reveal(side);
    }
}

void SideColumns::closeDrawers() {
    bool closed = false;
    for (Column &one : m_columns) {
        if (!one.drawer)
            continue;
        closed = closed || one.widget->isVisible();
        one.widget->hide();
        one.button->setChecked(false);
    }
    const QWidget *now = QApplication::focusWidget();
    if (closed && m_before && (!now || !m_split->isAncestorOf(now)))
        m_before->setFocus(Qt::OtherFocusReason);
    m_before = nullptr;
}

QList<int> SideColumns::widths() const {
    return {m_columns.at(0).width, m_columns.at(1).width};
}

void SideColumns::setWidths(const QList<int> &widths) {
    for (qsizetype i = 0; i < std::min<qsizetype>(2, widths.size()); ++i)
        m_columns.at(static_cast<std::size_t>(i)).width = widths.at(i);
    arrange();
}

void SideColumns::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    arrange();
}

void SideColumns::keyPressEvent(QKeyEvent *event) {
    const bool open = (column(Side::Left).drawer && isShown(Side::Left)) ||
                      (column(Side::Right).drawer && isShown(Side::Right));
    if (event->key() == Qt::Key_Escape && open)
        closeDrawers();
    else
        QWidget::keyPressEvent(event);
}

void SideColumns::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace slipway
