// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logview.h"

#include "models/log/severity.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace slipway {

namespace {

constexpr int kMargin = 12;
constexpr int kLineHeight = 20;
constexpr qsizetype kShownLimit = 2000; // characters of a line that are laid out
constexpr qint64 kErrorSearch = 100'000;

// "ESC [ … m" sets a terminal's colours; it is dropped, every other escape shows.
qsizetype colourSequence(const QString &text, qsizetype at) {
    if (at + 1 >= text.size() || text.at(at + 1) != QLatin1Char('['))
        return 0;
    for (qsizetype i = at + 2; i < text.size() && i < at + 34; ++i) {
        const char16_t c = text.at(i).unicode();
        if (c == u'm')
            return i - at + 1;
        if (!(c == u';' || (c >= u'0' && c <= u'9')))
            return 0;
    }
    return 0;
}

} // namespace

QString shownLine(const QByteArray &line) {
    const QString text = QString::fromUtf8(line.left(kShownLimit * 4));
    QString shown;
    for (qsizetype i = 0; i < text.size() && shown.size() < kShownLimit; ++i) {
        const QChar c = text.at(i);
        if (c == QChar(0x1b)) {
            if (const qsizetype length = colourSequence(text, i); length > 0) {
                i += length - 1;
                continue;
            }
        }
        if (c == QLatin1Char('\t'))
            shown += QStringLiteral("    ");
        else if (c.unicode() < 0x20)
            shown += QChar(0x2400 + c.unicode()); // the control pictures
        else if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            shown += QStringLiteral("<U+%1>").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            shown += c;
    }
    return shown;
}

LogView::LogView(QWidget *parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Log"));
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_adjusting)
            setFollowing(value == verticalScrollBar()->maximum());
        viewport()->update();
    });
}

void LogView::setSource(std::shared_ptr<const LogSource> source) {
    m_source = std::move(source);
    m_widest = 0;
    m_selected = m_anchor = -1;
    setFollowing(true);
    updateScrollBar();
}

void LogView::sourceGrew() {
    updateScrollBar();
}

void LogView::setFollowing(bool following) {
    if (m_following == following)
        return;
    m_following = following;
    if (following)
        updateScrollBar();
    Q_EMIT followingChanged(following);
}

int LogView::lineHeight() const {
    return kLineHeight;
}

qint64 LogView::visibleLines() const {
    return std::max(1, viewport()->height() / lineHeight());
}

qint64 LogView::firstLine() const {
    return verticalScrollBar()->value();
}

void LogView::goToLine(qint64 line) {
    setFollowing(false);
    verticalScrollBar()->setValue(static_cast<int>(line));
}

bool LogView::goToError(bool forward) {
    if (!m_source)
        return false;
    const qint64 total = m_source->lineCount();
    const qint64 from = m_selected >= 0 ? m_selected : firstLine() - (forward ? 1 : 0);
    for (qint64 i = 1; i <= kErrorSearch; ++i) {
        const qint64 line = forward ? from + i : from - i;
        if (line < 0 || line >= total)
            return false;
        const QList<QByteArray> text = m_source->lines(line, 1);
        if (!text.isEmpty() && severityOf(text.constFirst()) == Severity::Error) {
            m_selected = m_anchor = line;
            goToLine(std::max<qint64>(0, line - visibleLines() / 2));
            viewport()->update();
            return true;
        }
    }
    return false;
}

void LogView::updateScrollBar() {
    m_adjusting = true;
    const qint64 total = m_source ? m_source->lineCount() : 0;
    const qint64 most = std::max<qint64>(0, total - visibleLines());
    verticalScrollBar()->setPageStep(static_cast<int>(visibleLines()));
    verticalScrollBar()->setRange(0,
                                  static_cast<int>(std::min<qint64>(most, std::numeric_limits<int>::max())));
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, m_widest - viewport()->width()));
    m_adjusting = false;
    viewport()->update();
}

void LogView::paintEvent(QPaintEvent *) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme().surface);
    painter.setFont(logFont());
    if (!m_source || m_source->lineCount() == 0) {
        painter.setPen(theme().muted);
        painter.setFont(font());
        painter.drawText(viewport()->rect(), Qt::AlignCenter,
                         m_source ? tr("The log is empty so far.")
                                  : tr("No log was recorded for this step."));
        return;
    }
    const qint64 first = firstLine();
    const QList<QByteArray> lines = m_source->lines(first, visibleLines() + 1);
    const auto [from, to] = std::minmax(m_selected, m_anchor);
    const int left = kMargin - horizontalScrollBar()->value();
    int widest = m_widest;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QRect row(0, static_cast<int>(i) * lineHeight(), viewport()->width(), lineHeight());
        if (m_selected >= 0 && first + i >= from && first + i <= to)
            painter.fillRect(row, theme().selection);
        const Severity severity = severityOf(lines.at(i));
        painter.setPen(severity == Severity::Error     ? theme().fail
                       : severity == Severity::Warning ? theme().warning
                                                       : theme().text);
        const QString text = shownLine(lines.at(i));
        const int width = painter.fontMetrics().horizontalAdvance(text);
        widest = std::max(widest, width + 2 * kMargin);
        painter.drawText(QRect(left, row.top(), width + 1, row.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    }
    // As wide as the widest line that was shown so far: to know all widths would mean to read all lines.
    if (widest != m_widest) {
        m_widest = widest;
        QMetaObject::invokeMethod(this, &LogView::updateScrollBar, Qt::QueuedConnection);
    }
}

void LogView::resizeEvent(QResizeEvent *event) {
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBar();
}

void LogView::mousePressEvent(QMouseEvent *event) {
    const qint64 line = firstLine() + static_cast<qint64>(event->position().y()) / lineHeight();
    if (!m_source || line >= m_source->lineCount())
        return;
    m_selected = line;
    if (!event->modifiers().testFlag(Qt::ShiftModifier))
        m_anchor = line;
    viewport()->update();
}

void LogView::keyPressEvent(QKeyEvent *event) {
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
    } else if (event->key() == Qt::Key_End) {
        setFollowing(true);
    } else if (event->key() == Qt::Key_Home) {
        goToLine(0);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::copySelected() const {
    if (!m_source || m_selected < 0)
        return;
    const auto [from, to] = std::minmax(m_selected, m_anchor);
    QStringList text;
    for (const QByteArray &line : m_source->lines(from, std::min<qint64>(to - from + 1, kErrorSearch)))
        text << QString::fromUtf8(line);
    QApplication::clipboard()->setText(text.join(QLatin1Char('\n')));
}

} // namespace slipway
