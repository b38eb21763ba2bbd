// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/markdown.h"

#include "models/evidence/excerpt.h"

#include <QCryptographicHash>

#include <algorithm>

namespace slipway {

namespace {

qsizetype longestTicks(const QString &text) {
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// CommonMark 6.1: a code span ends at as many ticks as it began with.
} // namespace

QString markdownCode(const QString &text) {
    const QString line = text.simplified();
    if (line.isEmpty())
        return QStringLiteral("–");
    const QString ticks(longestTicks(line) + 1, QLatin1Char('`'));
    const bool touches = line.startsWith(QLatin1Char('`')) || line.endsWith(QLatin1Char('`'));
    const QString pad = touches ? QStringLiteral(" ") : QString();
    return ticks + pad + line + pad + ticks;
}

QString markdownFence(const QString &text) {
    const QString ticks(std::max<qsizetype>(3, longestTicks(text) + 1), QLatin1Char('`'));
    return ticks + QStringLiteral("text\n") + text + QLatin1Char('\n') + ticks + QLatin1Char('\n');
}

QString checkAsMarkdown(const CampaignRecord &record, const Check &check, bool withBytes) {
    QString text = QStringLiteral("- %1: expected %2, measured %3")
                       .arg(markdownCode(check.id), markdownCode(check.expected), markdownCode(check.actual));
    if (check.n)
        text += QStringLiteral(", n = %1").arg(*check.n);
    const EvidenceFile *file = findFile(record.files, check.source.file);
    if (!file)
        return text +
               (check.source.file.isEmpty()
                    ? QString()
                    : QStringLiteral("; %1 is not there").arg(markdownCode(check.source.file))) +
               QLatin1Char('\n');
    text += QStringLiteral("\n  %1, bytes %2 to %3, SHA-256 `%4`\n")
                .arg(markdownCode(check.source.file))
                .arg(check.source.offset)
                .arg(check.source.offset + check.source.length)
                .arg(QString::fromLatin1(
                    QCryptographicHash::hash(file->bytes, QCryptographicHash::Sha256).toHex()));
    const QStringList lines = withBytes ? excerptOf(file->bytes, check.source).lines : QStringList();
    return lines.isEmpty()
               ? text
               : text + QLatin1Char('\n') + markdownFence(lines.join(QLatin1Char('\n'))) + QLatin1Char('\n');
}

} // namespace slipway
