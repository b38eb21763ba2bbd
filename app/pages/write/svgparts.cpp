// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/svgparts.h"

#include "app/pages/write/htmlwriter.h"

namespace slipway::svg {

QString number(double value) {
    return QString::number(value, 'f', 1);
}

void line(HtmlWriter &html, const char *style, double x1, double y1, double x2, double y2) {
    html.empty("line", {{"class", QString::fromLatin1(style)},
                        {"x1", number(x1)},
                        {"y1", number(y1)},
                        {"x2", number(x2)},
                        {"y2", number(y2)}});
}

void label(HtmlWriter &html, const QString &text, double x, double y, const char *anchor) {
    html.element("text", text,
                 {{"x", number(x)}, {"y", number(y)}, {"text-anchor", QString::fromLatin1(anchor)}});
}

} // namespace slipway::svg
