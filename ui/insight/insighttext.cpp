// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/insighttext.h"

#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextCursor>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMostLines = 14;

} // namespace

InsightText::InsightText(const QString &accessibleName, int lines, QWidget *parent)
    : QPlainTextEdit(parent), m_lines(lines), m_marks(new LintHighlighter(document())) {
    setObjectName(QStringLiteral("field"));
    setAccessibleName(accessibleName);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        Q_EMIT edited(toPlainText());
    });
    fit();
}

void InsightText::showText(const QString &text) {
    if (text == toPlainText())
        return;
    const QSignalBlocker quiet(this);
    const int position = textCursor().position();
    setPlainText(text);
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(position, static_cast<int>(text.size())));
    setTextCursor(cursor);
    fit();
}

void InsightText::focusOutEvent(QFocusEvent *event) {
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT left();
}

void InsightText::fit() {
    const int lines = std::clamp(document()->blockCount() +
                                     static_cast<int>(toPlainText().size()) / 55, // about what a line holds
                                 m_lines, kMostLines);
    setFixedHeight(lines * fontMetrics().lineSpacing() + 20);
}

} // namespace slipway
