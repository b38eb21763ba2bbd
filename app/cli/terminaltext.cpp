// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminaltext.h"

#include "models/core/plaintext.h"

#include <algorithm>

namespace slipway::cli {

TerminalText lineText(const QString &text) {
    return TerminalText::ofClean(plainText(text) + QLatin1Char('\n'));
}

TerminalText tableText(const QList<QStringList> &rows) {
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == widths.size())
                widths.append(0);
            widths[i] = std::max(widths.at(i), row.at(i).size());
        }
    }
    TerminalText text;
    for (const QStringList &row : rows) {
        QString line;
        qsizetype end = 0; // of the cell before, and the gap behind it
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (!row.at(i).isEmpty()) {
                line.resize(end, QLatin1Char(' '));
                line += row.at(i);
            }
            end += widths.at(i) + 2;
        }
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += lineText(line);
    }
    return text;
}

// Line ends are the document's own: those inside of texts are escaped already.
TerminalText jsonText(const QJsonDocument &document) {
    QString text;
    for (const QStringView part : QString::fromUtf8(document.toJson()).split(QLatin1Char('\n'))) {
        if (!part.isEmpty())
            text += escapedForJson(part.toString()) + QLatin1Char('\n');
    }
    return TerminalText::ofClean(text);
}

TerminalText fileText(const QByteArray &bytes) {
    TerminalText text;
    for (const QByteArray &line : bytes.split('\n'))
        text += lineText(QString::fromUtf8(line));
    return text;
}

} // namespace slipway::cli
