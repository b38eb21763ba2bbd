// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/stylesheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

Theme g_theme = lightTheme();

constexpr int kBasePx = 13; // all sizes are drawn for it
constexpr int kMaxBasePx = 40;

// A person's text size is the desktop's: what is larger there is larger here, in proportion.
int basePx() {
    return std::clamp(QFontInfo(QApplication::font()).pixelSize(), kBasePx, kMaxBasePx);
}

int scaled(int px) {
    return static_cast<int>(std::lround(px * basePx() / double(kBasePx)));
}

QFont sized(int px, QFont::Weight weight) {
    QFont font = QApplication::font();
    font.setPixelSize(scaled(px));
    font.setWeight(weight);
    return font;
}

double channel(int value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color) {
    return 0.2126 * channel(color.red()) + 0.7152 * channel(color.green()) + 0.0722 * channel(color.blue());
}

} // namespace

Theme lightTheme() {
    Theme t;
    t.window = QColor(0xF4, 0xF6, 0xF8);
    t.surface = QColor(0xFF, 0xFF, 0xFF);
    t.line = QColor(0xD5, 0xDA, 0xE0);
    t.text = QColor(0x1B, 0x20, 0x26);
    t.muted = QColor(0x57, 0x61, 0x6D);
    t.accent = QColor(0x1F, 0x63, 0xC6);
    t.selection = QColor(0xE3, 0xED, 0xFB);
    t.proven = QColor(0x1A, 0x7A, 0x36);
    t.unproven = QColor(0x56, 0x70, 0x0F);
    t.fail = QColor(0xC0, 0x26, 0x2B);
    t.invalid = QColor(0x70, 0x38, 0xBC);
    t.incomplete = t.warning = QColor(0x8A, 0x5A, 0x00);
    return t;
}

Theme darkTheme() {
    Theme t;
    t.dark = true;
    t.window = QColor(0x12, 0x15, 0x18);
    t.surface = QColor(0x1A, 0x1E, 0x22);
    t.line = QColor(0x2E, 0x35, 0x3C);
    t.text = QColor(0xE4, 0xE9, 0xEE);
    t.muted = QColor(0x98, 0xA3, 0xAE);
    t.accent = QColor(0x6A, 0xA5, 0xF8);
    t.selection = QColor(0x20, 0x32, 0x4A);
    t.proven = QColor(0x46, 0xBF, 0x5C);
    t.unproven = QColor(0xA9, 0xC2, 0x4A);
    t.fail = QColor(0xFF, 0x70, 0x6B);
    t.invalid = QColor(0xBD, 0x97, 0xF7);
    t.incomplete = t.warning = QColor(0xE2, 0xB1, 0x3C);
    return t;
}

const Theme &theme() {
    return g_theme;
}

QColor Theme::of(Verdict verdict) const {
    switch (verdict) {
    case Verdict::Proven:
        return proven;
    case Verdict::UnprovenPass:
        return unproven;
    case Verdict::Fail:
        return fail;
    case Verdict::InvalidEvidence:
        return invalid;
    case Verdict::Incomplete:
        return incomplete;
    case Verdict::NoEvidence:
        return muted;
    }
    return muted;
}

QPalette Theme::palette() const {
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, window);
    p.setColor(QPalette::Button, surface);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::ToolTipText})
        p.setColor(role, text);
    p.setColor(QPalette::ToolTipBase, surface);
    p.setColor(QPalette::Highlight, selection);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Link, accent);
    return p;
}

void applyTheme(QApplication &application, const QString &choice) {
    const bool platformIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    g_theme =
        (choice.isEmpty() ? platformIsDark : choice == QLatin1String("dark")) ? darkTheme() : lightTheme();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(g_theme.palette());
    QFont font = QApplication::font();
    font.setPixelSize(basePx());
    QApplication::setFont(font);
    application.setStyleSheet(styleSheet(g_theme));
}

QFont smallFont() {
    return sized(11, QFont::Normal);
}

QFont numberFont() {
    return sized(18, QFont::DemiBold);
}

QFont titleFont() {
    return sized(22, QFont::DemiBold);
}

QFont strongFont() {
    return sized(kBasePx, QFont::DemiBold);
}

QFont logFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(scaled(12));
    return font;
}

double contrast(const QColor &a, const QColor &b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)}); // values: two references would dangle
    return (high + 0.05) / (low + 0.05);
}

} // namespace slipway
