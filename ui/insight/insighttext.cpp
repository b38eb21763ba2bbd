// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/insighttext.h"

#include "ui/common/tonelabel.h"

#include <QDragLeaveEvent>
#include <QDropEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextCursor>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMaxLines = 14;

} // namespace

InsightText::InsightText(const QString &accessibleName, int lines, int max, QWidget *parent)
    : QPlainTextEdit(parent), m_lines(lines), m_max(max), m_room(makeLabel(this, font(), Tone::Warning)),
      m_marks(new LintHighlighter(document())) {
    setObjectName(QStringLiteral("field"));
    setAccessibleName(accessibleName);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        Q_EMIT edited(toPlainText());
    });
    m_room->setObjectName(QStringLiteral("room"));
    m_room->setWordWrap(true);
    fit();
}

void InsightText::addTo(QVBoxLayout &layout) {
    layout.addWidget(this);
    layout.addWidget(m_room);
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

void InsightText::keyPressEvent(QKeyEvent *event) {
    const QString typed = event->text();
    const bool isText = !typed.isEmpty() && (typed.at(0).isPrint() || typed.at(0) == QLatin1Char('\r'));
    if (!isText || takes(typed.size(), tr("It was not typed.")))
        QPlainTextEdit::keyPressEvent(event);
}

void InsightText::inputMethodEvent(QInputMethodEvent *event) {
    if (!takes(event->commitString().size(), tr("It was not typed.")))
        event->setCommitString(QString());
    QPlainTextEdit::inputMethodEvent(event);
}

void InsightText::insertFromMimeData(const QMimeData *source) {
    if (takes(source->text().size(), tr("Nothing was pasted; it is still where you copied it.")))
        QPlainTextEdit::insertFromMimeData(source);
}

void InsightText::dropEvent(QDropEvent *event) {
    if (takes(event->mimeData()->text().size(), tr("Nothing was inserted; it is still where it was."))) {
        QPlainTextEdit::dropEvent(event);
        return;
    }
    event->ignore(); // else what was dragged is removed there
    QDragLeaveEvent leave;
    QPlainTextEdit::dragLeaveEvent(&leave);
}

qsizetype InsightText::length() const {
    return document()->characterCount() - 1; // a document ends with a separator of its own
}

bool InsightText::takes(qsizetype length, const QString &otherwise) {
    // What is selected gives way.
    const qsizetype room =
        std::max<qsizetype>(0, m_max - this->length() + textCursor().selectedText().size());
    if (isReadOnly() || length <= room)
        return true;
    const QLocale locale;
    m_room->setText(
        tr("%1 characters are more than the %2 that still fit here, of %3. %4")
            .arg(locale.toString(length), locale.toString(room), locale.toString(m_max), otherwise));
    m_room->show();
    return false;
}

void InsightText::fit() {
    if (m_length != length()) { // else what was refused stays shown
        m_length = length();
        const QLocale locale;
        m_room->setText(tr("%1 of %2 characters").arg(locale.toString(m_length), locale.toString(m_max)));
        m_room->setVisible(m_length > qsizetype{m_max} / 4 * 3);
    }
    const int lines =
        std::clamp(document()->blockCount() + static_cast<int>(length()) / 55, // about what a line holds
                   m_lines, kMaxLines);
    setFixedHeight(lines * fontMetrics().lineSpacing() + 20);
}

} // namespace slipway
