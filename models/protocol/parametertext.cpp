// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocol/parametertext.h"

#include <QRegularExpression>

namespace slipway {

namespace {

// The first clause says what it is, what follows says more about it.
QString firstClause(const QString &text) {
    static const QRegularExpression end(QStringLiteral("[;:]|\\. "));
    const qsizetype at = text.indexOf(end);
    return at < 0 ? text : text.left(at);
}

} // namespace

ParameterText parameterText(const Parameter &parameter) {
    static const QRegularExpression ofPhases(QStringLiteral("^(Phases? [^:]*): *"));
    const auto match = ofPhases.match(parameter.description);
    ParameterText text;
    text.phases = match.captured(1);
    text.label = firstClause(parameter.description.mid(match.capturedLength())).trimmed();
    if (text.label.isEmpty())
        text.label = parameter.name;
    else
        text.label[0] = text.label.at(0).toUpper();
    return text;
}

QString limitsText(const Parameter &parameter) {
    if (parameter.type == Parameter::Type::Text)
        return {};
    const QString limits = QStringLiteral("%1 to %2").arg(parameter.min).arg(parameter.max, 0, 'g', 12);
    return parameter.unit.isEmpty() ? limits : limits + QLatin1Char(' ') + parameter.unit;
}

} // namespace slipway
