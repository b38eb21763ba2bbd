// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/observation.h"

namespace slipway::test {

/// A line of observations with a time of its own. Single quotes in `fields` are double quotes there: moc
/// loses its way among raw strings.
[[nodiscard]] QByteArray observedLine(const QByteArray &fields);
/// A program's answer, whole; `fields` come with it.
[[nodiscard]] QByteArray observedOutput(const QByteArray &name, const QByteArray &answer,
                                        const QByteArray &fields = "'exit':0");
[[nodiscard]] ObservedStream streamOf(int phase, const QByteArray &bytes);

using Lines = QList<QJsonObject>;
/// A stream's bytes as objects, a line each, and back.
[[nodiscard]] Lines linesOf(const QByteArray &bytes);
[[nodiscard]] QByteArray bytesOf(const Lines &lines);

} // namespace slipway::test
