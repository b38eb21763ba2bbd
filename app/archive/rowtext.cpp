// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowtext.h"

#include "app/archive/statement.h"
#include "models/campaign/campaign.h"
#include "models/core/instant.h"

#include <QCryptographicHash>
#include <QStringList>

namespace slipway {

QString numbersText(const QList<int> &numbers) {
    QStringList words;
    for (const int number : numbers)
        words << QString::number(number);
    return words.join(kListSeparator);
}

QList<int> numbersFromText(const QString &text) {
    QList<int> numbers;
    for (const QString &word : text.split(kListSeparator, Qt::SkipEmptyParts))
        numbers << word.toInt();
    return numbers;
}

QString foldedText(const QString &text) {
    QString folded = text.normalized(QString::NormalizationForm_D);
    folded.removeIf([](QChar letter) { return letter.unicode() >= 0x300 && letter.unicode() <= 0x36f; });
    return folded.normalized(QString::NormalizationForm_C).toCaseFolded();
}

QString sha256Text(const QByteArray &bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QDateTime timeFrom(const std::optional<qint64> &value) {
    return value ? utcOfMilliseconds(*value) : QDateTime();
}

void readOutcome(const Statement &row, int first, CampaignSummary &summary) {
    summary.state = runStateFromName(row.text(first)).value_or(RunState::Lost);
    summary.finishedAt = timeFrom(row.optionalInteger(first + 1));
    summary.verdict = verdictFromName(row.text(first + 2));
    if (const auto claimed = row.optionalInteger(first + 3))
        summary.claimedPass = *claimed != 0;
    summary.reason = row.text(first + 4);
    summary.claim = row.text(first + 5);
}

} // namespace slipway
