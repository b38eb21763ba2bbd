// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace slipway {

/// One number or text that shapes a campaign. Reaches phase programs as SLIPWAY_<NAME>.
struct Parameter {
    enum class Type { Integer, Real, Text };

    QString name; ///< [a-z][a-z0-9_]*
    Type type = Type::Integer;
    QString defaultValue;
    QString scalesWith; ///< an integer of the same protocol: the default grows and shrinks with its value
    double min = 0;     ///< for Integer and Real
    double max = 0;
    QString unit;
    QString description;
    bool isPlace = false; ///< an address, a port or a path: only such may stand in a fleet file
};

/// Null when none has this name.
[[nodiscard]] const Parameter *findParameter(const QList<Parameter> &parameters, const QString &name);

/// Why the parameter cannot have this value; empty when it can.
[[nodiscard]] QString valueProblem(const Parameter &parameter, const QString &value);

/// Both are whole numbers, and the other (null: there is none) has a default that can be divided by.
[[nodiscard]] bool canScale(const Parameter &parameter, const Parameter *other);

/// The default in the proportion in which the other's value is to its own default, rounded down.
[[nodiscard]] QString scaledDefault(const Parameter &parameter, const Parameter &other, const QString &value);

} // namespace slipway
