// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

class HtmlWriter;

// What the pictures of all pages are drawn with. Lengths are units of the picture's viewBox.
namespace svg {

/// A length or a place: one decimal.
[[nodiscard]] QString number(double value);
/// `style` is a class of the page's style sheet.
void line(HtmlWriter &html, const char *style, double x1, double y1, double x2, double y2);
/// `anchor` is start, middle or end.
void label(HtmlWriter &html, const QString &text, double x, double y, const char *anchor);

} // namespace svg

} // namespace slipway
