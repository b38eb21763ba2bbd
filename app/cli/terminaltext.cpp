// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminaltext.h"

#include "app/cli/screen.h"
#include "models/core/plaintext.h"
#include "models/evidence/verdict.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace slipway::cli {

namespace {

constexpr qsizetype kMinWidth = 6;

QString &documentName() {
    static QString name;
    return name;
}

QJsonObject withSchema(QJsonObject object) {
    if (!object.contains(QStringLiteral("schema")))
        object.insert(QStringLiteral("schema"), schemaText(documentName()));
    return object;
}

// A verdict in the colour that it has everywhere; any other word, and where there are no colours, as it is.
QString painted(const QString &word) {
    static const QHash<QString, QString> colours{
        {verdictName(Verdict::Proven), QStringLiteral("32")},
        {verdictName(Verdict::Fail), QStringLiteral("31")},
        {verdictName(Verdict::InvalidEvidence), QStringLiteral("31")},
        {verdictName(Verdict::UnprovenPass), QStringLiteral("33")},
        {verdictName(Verdict::Incomplete), QStringLiteral("33")},
        {verdictName(Verdict::NoEvidence), QStringLiteral("33")}};
    const QString colour = screen().isColoured ? colours.value(word) : QString();
    return colour.isEmpty() ? word : QStringLiteral("\x1b[%1m%2\x1b[0m").arg(colour, word);
}

// Takes from the widest columns until a line fits; each of them keeps some characters, and `whole` keeps all.
void fitWidths(QList<qsizetype> &widths, qsizetype columns, qsizetype whole) {
    if (columns <= 0 || widths.isEmpty())
        return;
    qsizetype all = 2 * (widths.size() - 1);
    for (const qsizetype width : widths)
        all += width;
    while (all > columns) {
        qsizetype widest = -1;
        for (qsizetype i = 0; i < widths.size(); ++i) {
            if (i != whole && (widest < 0 || widths.at(i) > widths.at(widest)))
                widest = i;
        }
        if (widest < 0 || widths.at(widest) <= kMinWidth)
            return;
        --widths[widest];
        --all;
    }
}

QString cutCell(const QString &cell, qsizetype width) {
    return cell.size() <= width ? cell : cell.left(width - 1) + QChar(0x2026);
}

} // namespace

TerminalText lineText(const QString &text) {
    return TerminalText::ofClean(plainText(text) + QLatin1Char('\n'));
}

TerminalText verdictLine(const QString &before, const QString &verdict, const QString &after) {
    return TerminalText::ofClean(plainText(before) + painted(plainText(verdict)) + plainText(after) +
                                 QLatin1Char('\n'));
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
    // Only a column of our own verdicts has colours, so that no word from outside can look like one.
    const qsizetype verdicts = rows.value(0).indexOf(QStringLiteral("VERDICT"));
    fitWidths(widths, screen().columns, verdicts);
    TerminalText text;
    for (const QStringList &row : rows) {
        QString line;
        qsizetype end = 0;   // of the cell before, and the gap behind it
        qsizetype shown = 0; // of the line, without what colours it
        for (qsizetype i = 0; i < row.size(); ++i) {
            const QString cell = cutCell(plainText(row.at(i)), widths.at(i));
            if (!cell.trimmed().isEmpty()) {
                line += QString(end - shown, QLatin1Char(' '));
                line += i == verdicts ? painted(cell) : cell;
                shown = end + cell.size();
            }
            end += widths.at(i) + 2;
        }
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += TerminalText::ofClean(line + QLatin1Char('\n'));
    }
    return text;
}

QJsonValue orNull(const QString &text) {
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

void setDocument(const QString &name) {
    documentName() = name;
}

QString schemaText(const QString &document) {
    return QStringLiteral("slipway-") + document;
}

// Line ends are the document's own: those inside of texts are escaped already.
TerminalText jsonText(const QJsonDocument &document) {
    QJsonDocument named;
    if (document.isArray()) {
        QJsonArray items;
        for (const QJsonValue item : document.array())
            items << withSchema(item.toObject());
        named.setArray(items);
    } else {
        named.setObject(withSchema(document.object()));
    }
    QString text;
    for (const QStringView part : QString::fromUtf8(named.toJson()).split(QLatin1Char('\n'))) {
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
