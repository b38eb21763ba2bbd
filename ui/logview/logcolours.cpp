// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logcolours.h"

#include "models/log/styledline.h"
#include "ui/common/theme.h"

#include <array>

namespace slipway {

namespace {

constexpr double kReadable = 4.5;

QColor cube(int colour) {
    if (colour >= 232) {
        const int grey = 8 + (colour - 232) * 10;
        return {grey, grey, grey};
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + step * 40; };
    const int index = colour - 16;
    return {level(index / 36), level(index / 6 % 6), level(index % 6)};
}

} // namespace

QColor terminalColour(int colour) {
    if (colour >= kTrueColour)
        return QColor::fromRgb(static_cast<QRgb>(colour & 0xffffff));
    if (colour >= 16)
        return cube(colour);
    const Theme &t = theme();
    const std::array<QColor, 8> basic{
        t.text, t.fail, t.proven, t.warning, t.accent, t.invalid, QColor(0x17, 0x7E, 0x89), t.muted};
    return basic.at(static_cast<size_t>(colour % 8));
}

QColor readableOn(const QColor &colour, const QColor &ground) {
    const bool lighter = contrast(QColor(Qt::white), ground) > contrast(QColor(Qt::black), ground);
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    QColor result = colour.toRgb();
    result.getHslF(&hue, &saturation, &lightness);
    while (contrast(result, ground) < kReadable && (lighter ? lightness < 1 : lightness > 0)) {
        lightness = lighter ? std::min(1.F, lightness + 0.04F) : std::max(0.F, lightness - 0.04F);
        result = QColor::fromHslF(std::max(0.F, hue), saturation, lightness).toRgb();
    }
    return result;
}

QColor highlightColour(int index) {
    const Theme &t = theme();
    const std::array colours{t.accent, t.invalid, t.unproven, t.proven, QColor(0x17, 0x7E, 0x89), t.warning};
    return readableOn(colours.at(static_cast<size_t>(index) % colours.size()), t.surface);
}

} // namespace slipway
