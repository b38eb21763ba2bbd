// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

#include <QLabel>

namespace slipway {

/// What a text's colour means. The colour itself is the theme's, also after it changed.
enum class Tone { Text, Muted, Accent, Warning, Proven, Unproven, Fail, Invalid, Incomplete };
[[nodiscard]] Tone toneOf(Verdict verdict);
void setTone(QWidget &widget, Tone tone);

/// A label for texts from outside: never markup; can be selected with the mouse.
[[nodiscard]] QLabel *makeLabel(QWidget *parent, const QFont &font, Tone tone);

} // namespace slipway
