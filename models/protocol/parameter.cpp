// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocol/parameter.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

// A parameter becomes an environment variable and a word in a script: printable, one line, bounded.
bool isParameterText(const QString &text) {
    return text.size() <= 4096 && std::none_of(text.begin(), text.end(), [](QChar c) {
               return c.category() == QChar::Other_Control || c.isNull();
           });
}

bool isWholeText(const QString &text) {
    static const QRegularExpression pattern(QRegularExpression::anchoredPattern(QStringLiteral("-?[0-9]+")));
    return pattern.match(text).hasMatch();
}

} // namespace

const Parameter *findParameter(const QList<Parameter> &parameters, const QString &name) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&name](const Parameter &parameter) { return parameter.name == name; });
    return found == parameters.end() ? nullptr : &*found;
}

QString valueProblem(const Parameter &parameter, const QString &value) {
    if (parameter.type == Parameter::Type::Text) {
        return isParameterText(value)
                   ? QString()
                   : QStringLiteral("must be one line of at most 4096 characters without control characters");
    }
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    const bool isWhole = parameter.type == Parameter::Type::Real ||
                         (isNumber && std::floor(number) == number && isWholeText(value));
    if (!isNumber || !std::isfinite(number) || !isWhole || number < parameter.min || number > parameter.max) {
        return QStringLiteral("must be a %1 from %2 to %3, not \"%4\"")
            .arg(parameter.type == Parameter::Type::Real ? QStringLiteral("number")
                                                         : QStringLiteral("whole number"))
            .arg(parameter.min)
            .arg(parameter.max)
            .arg(value);
    }
    return {};
}

bool canScale(const Parameter &parameter, const Parameter *other) {
    return other && other != &parameter && other->scalesWith.isEmpty() &&
           parameter.type == Parameter::Type::Integer && other->type == Parameter::Type::Integer &&
           other->defaultValue.toLongLong() > 0;
}

QString scaledDefault(const Parameter &parameter, const Parameter &other, const QString &value) {
    const double scaled =
        parameter.defaultValue.toDouble() * value.toDouble() / other.defaultValue.toDouble();
    return QString::number(static_cast<qint64>(std::clamp(scaled, parameter.min, parameter.max)));
}

} // namespace slipway
