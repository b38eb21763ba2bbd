// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocol/deadline.h"

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr double kMaxSeconds = 31.0 * 86400;

// What a factor counts; nothing for what is neither a number nor a parameter.
std::optional<double> factorOf(const QString &word, const QMap<QString, QString> &parameters) {
    bool isNumber = false;
    const qint64 number = word.toLongLong(&isNumber);
    if (isNumber)
        return number >= 0 ? std::optional(static_cast<double>(number)) : std::nullopt;
    const auto parameter = parameters.constFind(word);
    if (parameter == parameters.constEnd())
        return std::nullopt;
    const qint64 value = parameter->toLongLong(&isNumber);
    if (!isNumber)
        return static_cast<double>(parameter->split(QLatin1Char(' '), Qt::SkipEmptyParts).size());
    const auto exact = static_cast<double>(std::max<qint64>(value, 0));
    return word.endsWith(QLatin1String("_ms")) ? std::ceil(exact / 1000) : exact;
}

} // namespace

Result<qint64> deadlineSeconds(const QString &deadline, const QMap<QString, QString> &parameters) {
    double sum = 0;
    for (const QString &term : deadline.split(QLatin1Char('+'))) {
        double product = 1;
        for (const QString &word : term.split(QLatin1Char('*'))) {
            const auto factor = factorOf(word.trimmed(), parameters);
            if (!factor)
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("\"%1\" is neither a whole number nor a parameter")
                                 .arg(word.trimmed().left(80))};
            product *= *factor;
        }
        sum += product;
    }
    return static_cast<qint64>(std::clamp(sum, 1.0, kMaxSeconds));
}

} // namespace slipway
