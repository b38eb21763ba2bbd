// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/launchchoice.h"

namespace slipway {

Result<QMap<QString, QString>> parseSettings(const QStringList &settings) {
    QMap<QString, QString> values;
    for (const QString &setting : settings) {
        const qsizetype equals = setting.indexOf(QLatin1Char('='));
        if (equals < 1)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("--set must be NAME=VALUE, not \"%1\"").arg(setting)};
        values.insert(setting.left(equals), setting.mid(equals + 1));
    }
    return values;
}

Result<QList<int>> parsePhases(const QString &text) {
    QList<int> phases;
    for (const QString &word : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        const int number = word.toInt(&isNumber);
        if (!isNumber || (!phases.isEmpty() && number <= phases.constLast()))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("--phases must be ascending numbers such as 1,2,4, not \"%1\"").arg(text)};
        phases.append(number);
    }
    return phases;
}

} // namespace slipway
