// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;

namespace slipway {

/// The look's tokens (colours that mean something, sizes of type), light or dark. A plain value; `theme()` is
/// the one in use, set on the GUI thread: at the start, and when the system's changes.
struct Theme {
    bool dark = false;
    QColor window, surface, line, text, muted, accent, selection;
    QColor proven, unproven, fail, invalid, incomplete, warning;

    [[nodiscard]] QColor of(Verdict verdict) const;
    [[nodiscard]] QPalette palette() const;
};

[[nodiscard]] Theme lightTheme();
[[nodiscard]] Theme darkTheme();
[[nodiscard]] const Theme &theme();

/// `choice`: "light", "dark" or empty for what the platform's palette is. Sets palette, base font and style
/// sheet.
void applyTheme(QApplication &application, const QString &choice);

[[nodiscard]] QFont smallFont();  ///< 11 px
[[nodiscard]] QFont numberFont(); ///< 18 px semibold
[[nodiscard]] QFont titleFont();  ///< 22 px semibold
[[nodiscard]] QFont strongFont(); ///< 13 px semibold
[[nodiscard]] QFont logFont();    ///< fixed, 12 px

/// WCAG 2.1 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

} // namespace slipway
