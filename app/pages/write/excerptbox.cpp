// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/excerptbox.h"

#include "app/pages/write/checktables.h"
#include "app/pages/write/htmlwriter.h"
#include "models/evidence/excerpt.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr int kAround = 2; // lines before and after
constexpr int kLead = 14;  // characters of a line that are kept before the marked ones

// One line of the excerpt, from its character `from` on, with the marked characters between two others.
void writeMarkedLine(HtmlWriter &html, const Excerpt &excerpt, int indent, const QString &style) {
    const QString &line = excerpt.lines.at(excerpt.marked);
    const int from = std::max(indent, excerpt.from > kLead + indent ? excerpt.from - kLead : indent);
    html.text((from > indent ? QString(QChar(0x2026)) : QString()) + line.mid(from, excerpt.from - from));
    html.element("mark", line.mid(excerpt.from, std::max(1, excerpt.length)), {{"class", style}});
    html.text(line.mid(excerpt.from + std::max(1, excerpt.length)));
}

int indentOf(const QStringList &lines) {
    int indent = 1000;
    for (const QString &line : lines) {
        const auto text =
            std::find_if(line.begin(), line.end(), [](QChar c) { return c != QLatin1Char(' '); });
        if (text != line.end())
            indent = std::min(indent, static_cast<int>(text - line.begin()));
    }
    return indent == 1000 ? 0 : indent;
}

} // namespace

void writeExcerptBox(HtmlWriter &html, const RunPageContent &content, const SourceRange &source,
                     const QString &style) {
    const QByteArray bytes = fileBytes(content.run.files, source.file);
    const Excerpt excerpt = excerptOf(bytes, source, kAround);
    if (excerpt.marked < 0) {
        if (!source.file.isEmpty())
            html.element("p",
                         QStringLiteral("%1 %2, so there are no bytes to show.")
                             .arg(source.file, findFile(content.run.files, source.file)
                                                   ? QStringLiteral("is empty")
                                                   : QStringLiteral("is not there")),
                         {{"class", QStringLiteral("from")}});
        return;
    }
    const int indent = indentOf(excerpt.lines);
    // The lines are as in the file, numbers and all marks come from the list: so what searches pages for
    // secrets reads the bytes as it read them in the file.
    html.open("div", {{"class", QStringLiteral("excerpt")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", QStringLiteral("Excerpt of %1").arg(source.file)}});
    html.open("ol", {{"start", QString::number(lineNumberOf(bytes, source.offset) - excerpt.marked)}});
    for (int i = 0; i < excerpt.lines.size(); ++i) {
        html.open("li", {{"class", i == excerpt.marked ? QStringLiteral("marked") : QString()}});
        html.open("code");
        if (i == excerpt.marked)
            writeMarkedLine(html, excerpt, indent, style);
        else
            html.text(excerpt.lines.at(i).mid(indent));
        html.text(QStringLiteral("\n"));
        html.close();
        html.close();
    }
    html.close();
    html.close();
    html.open("p", {{"class", QStringLiteral("from")}});
    html.text(QStringLiteral("Read from "));
    writeSource(html, content, source);
    html.close();
}

} // namespace slipway
