// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/elidedlabel.h"

#include <QPainter>
#include <QTextLayout>

namespace slipway {

ElidedLabel::ElidedLabel(int lines, const QFont &font, Tone tone, QWidget *parent)
    : QWidget(parent), m_lines(lines) {
    setFont(font);
    setTone(*this, tone);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString &text) {
    m_text = text;
    setAccessibleName(text);
    update();
}

QSize ElidedLabel::sizeHint() const {
    return {80, fontMetrics().lineSpacing() * m_lines};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {0, sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    QTextLayout layout(m_text, font());
    layout.beginLayout();
    int shown = 0;
    bool whole = true;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width());
        const int top = shown * fontMetrics().lineSpacing();
        const QString rest = m_text.mid(line.textStart());
        if (++shown == m_lines) {
            const QString last = fontMetrics().elidedText(rest, Qt::ElideRight, width());
            whole = last == rest;
            painter.drawText(QRect(0, top, width(), fontMetrics().lineSpacing()),
                             Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, last);
            break;
        }
        painter.drawText(QRect(0, top, width(), fontMetrics().lineSpacing()),
                         Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine,
                         rest.left(line.textLength()).trimmed());
    }
    layout.endLayout();
    setToolTip(whole ? QString() : m_text.toHtmlEscaped());
}

} // namespace slipway
