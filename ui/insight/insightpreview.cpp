// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/insightpreview.h"

#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace slipway {

namespace {

QString translated(const char *text) {
    return QCoreApplication::translate("slipway::InsightPreview", text);
}

constexpr qsizetype kMaxShown = 40'000; // it is written anew in each pause of the typing

class Writer {
public:
    explicit Writer(QTextDocument &document) : m_cursor(&document) {
        document.clear();
        m_cursor.beginEditBlock();
    }
    ~Writer() { m_cursor.endEditBlock(); }
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;
    Writer(Writer &&) = delete;
    Writer &operator=(Writer &&) = delete;

    void line(const QString &text, const QFont &font, const QColor &color, int space) {
        QTextBlockFormat block;
        block.setTopMargin(space);
        if (m_isFirst)
            m_cursor.setBlockFormat(block);
        else
            m_cursor.insertBlock(block);
        m_isFirst = false;
        QTextCharFormat format;
        format.setFont(font);
        format.setForeground(color);
        m_cursor.insertText(text.left(m_room), format);
        if (text.size() > m_room)
            m_cursor.insertText(translated(" … The page has the rest."), format);
        m_room = std::max<qsizetype>(0, m_room - text.size());
    }
    void heading(const char *title) { line(translated(title), strongFont(), theme().text, 14); }
    void text(const QString &text) {
        const bool isThere = !text.trimmed().isEmpty();
        line(isThere ? text : translated("Not written yet."), QFont(), isThere ? theme().text : theme().muted,
             2);
    }
    void part(const char *title, const QString &words) {
        heading(title);
        text(words);
    }

private:
    QTextCursor m_cursor;
    qsizetype m_room = kMaxShown; ///< characters
    bool m_isFirst = true;
};

void writeBug(Writer &writer, const InsightBug &bug, qsizetype number) {
    writer.line(QStringLiteral("%1. %2").arg(number).arg(bug.title), strongFont(), theme().text, 6);
    if (!bug.impact.trimmed().isEmpty())
        writer.text(translated("Impact: %1").arg(bug.impact));
    if (!bug.rootCause.trimmed().isEmpty())
        writer.text(translated("Root cause: %1").arg(bug.rootCause));
    QStringList links;
    for (const InsightLink &link : bug.fixedIn)
        links << (link.label.trimmed().isEmpty() ? link.url
                                                 : QStringLiteral("%1 (%2)").arg(link.label, link.url));
    writer.text(links.isEmpty() ? translated("Fixed in: nothing is named")
                                : translated("Fixed in: %1").arg(links.join(QStringLiteral(", "))));
}

} // namespace

void fillPreview(QTextDocument &document, const Insight &insight) {
    Writer writer(document);
    writer.line(insight.headline.trimmed().isEmpty() ? translated("No headline yet") : insight.headline,
                numberFont(), theme().text, 0);
    writer.part(QT_TRANSLATE_NOOP("slipway::InsightPreview", "What this campaign set out to test"),
                insight.whatItTested);
    writer.part(QT_TRANSLATE_NOOP("slipway::InsightPreview", "What it demonstrated"), insight.whatItProved);
    writer.part(QT_TRANSLATE_NOOP("slipway::InsightPreview", "Analysis"), insight.verdict);
    writer.part(QT_TRANSLATE_NOOP("slipway::InsightPreview", "For non-technical end users"),
                insight.forNonTechnical);
    writer.part(QT_TRANSLATE_NOOP("slipway::InsightPreview", "For decision makers"), insight.forCLevel);
    writer.part(QT_TRANSLATE_NOOP("slipway::InsightPreview", "For engineers and architects"), insight.forSme);
    writer.heading(QT_TRANSLATE_NOOP("slipway::InsightPreview", "Bugs surfaced, and where they were fixed"));
    if (insight.bugs.isEmpty())
        writer.line(translated("None."), QFont(), theme().text, 2);
    for (qsizetype i = 0; i < insight.bugs.size(); ++i)
        writeBug(writer, insight.bugs.at(i), i + 1);
    writer.part(QT_TRANSLATE_NOOP("slipway::InsightPreview", "What changes going into the next campaign"),
                insight.nextRunChange);
}

} // namespace slipway
