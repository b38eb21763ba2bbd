// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/tonelabel.h"

#include "models/evidence/verdictclaim.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>

#include <algorithm>
#include <array>
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

QString toneRules(const Theme &t) {
    const std::array colors{std::pair{Tone::Text, t.text},
                            std::pair{Tone::Muted, t.muted},
                            std::pair{Tone::Accent, t.accent},
                            std::pair{Tone::Warning, t.warning},
                            std::pair{Tone::Proven, t.proven},
                            std::pair{Tone::Unproven, t.unproven},
                            std::pair{Tone::Fail, t.fail},
                            std::pair{Tone::Invalid, t.invalid},
                            std::pair{Tone::Incomplete, t.incomplete}};
    QString rules;
    for (const auto &[tone, color] : colors)
        rules +=
            QStringLiteral("*[tone=\"%1\"] { color: %2; }").arg(static_cast<int>(tone)).arg(color.name());
    return rules;
}

// Of fields and buttons: 3 : 1 on the surface, as WCAG 2.1 asks (1.4.11).
QColor fieldLine(const Theme &t) {
    return t.dark ? QColor(0x62, 0x6C, 0x77) : QColor(0x8B, 0x95, 0xA0);
}

QString styleSheet(const Theme &t) {
    return QStringLiteral(
               "QToolTip { color: %1; background: %2; border: 1px solid %3; padding: 4px; }"
               "QFrame#card, QFrame#pane { background: %2; border: 1px solid %3; border-radius: 8px; }"
               "QWidget#side, QWidget#bar, QStatusBar { background: %2; }"
               "QWidget#bar { border-bottom: 1px solid %3; }"
               "QWidget#sideLeft { background: %2; border-right: 1px solid %3; }"
               "QWidget#sideRight { background: %2; border-left: 1px solid %3; }"
               "QStatusBar { border-top: 1px solid %3; color: %4; } QStatusBar::item { border: 0; }"
               "QPushButton { background: %2; color: %1; border: 1px solid %10; border-radius: 6px; padding: "
               "6px 12px; }"
               "QPushButton:hover { border-color: %4; } QPushButton:focus { border-color: %5; }"
               "QPushButton:disabled { color: %4; }"
               "QPushButton#primary { background: %5; color: %6; border-color: %5; font-weight: 600; }"
               "QPushButton#primary:disabled { background: %3; color: %4; border-color: %3; }"
               "QPushButton:checked { background: %7; border-color: %5; }" // bold would not fit its width
               "QPushButton#field { color: %4; text-align: left; padding: 6px 12px; }"
               "QFrame#popup { background: %2; border: 1px solid %3; border-radius: 8px; }"
               "QPushButton#chip { border-color: transparent; color: %4; padding: 3px 8px; } "
               "QPushButton#chip:hover { "
               "border-color: %3; } QPushButton#chip:checked { background: %7; color: %1; } "
               "QPushButton#chip:focus { border-color: %5; }"
               "QPushButton#link { background: transparent; color: %5; border: 0; padding: 0; text-align: "
               "left; "
               "} QPushButton#link:focus, QPushButton#link:hover { text-decoration: underline; }"
               "QPlainTextEdit#excerpt { background: %8; border-radius: 6px; padding: 6px; }"
               "QListView, QTableView, QTextEdit, QPlainTextEdit { background: %2; border: 0; outline: 0; "
               "color: %1; }"
               "QTableView { gridline-color: transparent; selection-background-color: %7; selection-color: "
               "%1; }"
               "QAbstractScrollArea::corner { background: transparent; border: 0; }"
               "QPlainTextEdit#field { border: 1px solid %10; border-radius: 6px; padding: 2px 4px; } "
               "QPlainTextEdit#field:focus { border-color: %5; }"
               "QTreeView { background: %2; border: 0; outline: 0; color: %1; selection-background-color: "
               "%7; "
               "selection-color: %1; }"
               "QHeaderView::section { background: %2; color: %4; border: 0; border-bottom: 1px solid %3; "
               "padding: 4px 3px; font-weight: 400; }" // cells begin 3 px in
               // Without a border Qt takes no padding of an item.
               "QTableView::item { border: 0; padding: 0 8px; }"
               "QTreeView#plain::item { border: 0; padding: 4px 8px; }"
               "QListView#rentals::item { border: 0; padding: 0 6px; }"
               "QTreeView#plain::item:selected, QTableView::item:selected, "
               "QListView#rentals::item:selected { background: %7; }"
               "QTreeView#plain QHeaderView::section, QTableView QHeaderView::section { padding: 4px 11px; }"
               "QTabWidget::pane { border: 0; border-top: 1px solid %3; } QTabBar { background: transparent; "
               "}"
               "QTabBar::tab { background: transparent; color: %4; padding: 8px 2px; margin-right: 20px; "
               "border-bottom: 2px solid transparent; }"
               "QTabBar::tab:selected { color: %1; font-weight: 600; border-bottom-color: %5; }"
               "QTabBar::tab:focus { color: %5; }"
               "QSplitter::handle { background: transparent; }"
               "QLineEdit, QSpinBox, QComboBox { background: %2; border: 1px solid %10; "
               "border-radius: 6px; padding: 5px 8px; }"
               "QLineEdit:focus { border-color: %5; }"
               "QComboBox:focus { border-color: %5; } QComboBox:disabled { color: %4; }"
               "QComboBox::drop-down { border: 0; width: 24px; } QComboBox::down-arrow { image: "
               "url(:/slipway/widgets/chevron.svg); }"
               "QCheckBox::indicator, QTreeView::indicator { width: 14px; height: 14px; border: 1px solid "
               "%4; border-radius: 3px; "
               "background: %2; } QCheckBox::indicator:focus { border-color: %5; }"
               "QCheckBox::indicator:disabled { border-color: %3; }"
               "QCheckBox::indicator:checked, QTreeView::indicator:checked { background: %5; border-color: "
               "%5; image: "
               "url(:/slipway/widgets/tick-%9.svg); }"
               "QCheckBox::indicator:checked:disabled { background: %4; border-color: %4; }"
               "QFrame#drop { border: 2px dashed %10; border-radius: 8px; }"
               "QMenuBar { background: %2; color: %1; } QMenuBar::item { background: transparent; padding: "
               "4px 8px; }"
               "QMenuBar::item:selected { background: %7; }"
               "QMenu { background: %2; color: %1; border: 1px solid %10; padding: 4px; }"
               "QMenu::item { padding: 5px 24px 5px 12px; } QMenu::item:selected { background: %7; }"
               "QMenu::item:disabled { color: %4; }"
               "QMenu::separator { height: 1px; background: %3; margin: 4px 8px; }"
               "QProgressBar { background: %8; border: 1px solid %10; border-radius: 3px; max-height: 6px; }"
               "QProgressBar::chunk { background: %5; border-radius: 2px; }"
               "QScrollBar:vertical { background: transparent; width: 10px; } QScrollBar:horizontal { "
               "background: transparent; height: 10px; }"
               "QScrollBar::handle { background: %3; border-radius: 5px; min-height: 24px; min-width: 24px; }"
               "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; } QScrollBar::add-page, "
               "QScrollBar::sub-page { background: transparent; }")
               .arg(t.text.name(), t.surface.name(), t.line.name(), t.muted.name(), t.accent.name(),
                    t.dark ? QStringLiteral("#0B1420") : QStringLiteral("#FFFFFF"), t.selection.name(),
                    t.window.name(), t.dark ? QStringLiteral("dark") : QStringLiteral("light"))
               .arg(fieldLine(t).name()) +
           toneRules(t);
}

void paintTick(QPainter &painter, const QRectF &r, const QColor &color) {
    painter.setPen(QPen(color, r.width() * 0.11, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const std::array points{QPointF(r.left() + r.width() * 0.29, r.top() + r.height() * 0.52),
                            QPointF(r.left() + r.width() * 0.44, r.top() + r.height() * 0.67),
                            QPointF(r.left() + r.width() * 0.72, r.top() + r.height() * 0.36)};
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(points.data(), static_cast<int>(points.size()));
}

void paintOctagon(QPainter &painter, const QRectF &r, const QColor &fill, const QColor &cross) {
    QPolygonF octagon;
    for (int i = 0; i < 8; ++i) {
        const double angle = (2 * i + 1) * M_PI / 8;
        octagon << QPointF(r.center().x() + r.width() * 0.5 * std::cos(angle),
                           r.center().y() + r.height() * 0.5 * std::sin(angle));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(octagon);
    painter.setPen(QPen(cross, r.width() * 0.11, Qt::SolidLine, Qt::RoundCap));
    const double d = r.width() * 0.17;
    painter.drawLine(r.center() - QPointF(d, d), r.center() + QPointF(d, d));
    painter.drawLine(r.center() - QPointF(d, -d), r.center() + QPointF(d, -d));
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

void paintHatch(QPainter &painter, const QRectF &area) {
    painter.save();
    painter.setClipRect(area);
    painter.setPen(QPen(g_theme.muted, 1));
    for (double x = area.left() - area.height(); x < area.right(); x += 4)
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    painter.restore();
}

void paintVerdict(QPainter &painter, const QRectF &square, std::optional<Verdict> verdict) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double stroke = std::max(1.0, square.width() * 0.1);
    const QRectF r = square.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    const QColor color = verdict ? g_theme.of(*verdict) : g_theme.accent;
    painter.setPen(QPen(color, stroke));
    painter.setBrush(Qt::NoBrush);
    if (!verdict) {
        QPainterPath triangle(QPointF(r.left() + r.width() * 0.2, r.top()));
        triangle.lineTo(r.right(), r.center().y());
        triangle.lineTo(r.left() + r.width() * 0.2, r.bottom());
        triangle.closeSubpath();
        painter.fillPath(triangle, color);
    } else if (*verdict == Verdict::Proven) {
        painter.setBrush(color);
        painter.drawEllipse(r);
        paintTick(painter, square, g_theme.surface);
    } else if (*verdict == Verdict::UnprovenPass) {
        painter.drawEllipse(r);
        paintTick(painter, square, color);
    } else if (*verdict == Verdict::Fail) {
        paintOctagon(painter, square, color, g_theme.surface);
    } else if (*verdict == Verdict::InvalidEvidence) {
        painter.drawEllipse(r);
        const double d = r.width() * 0.5 * M_SQRT1_2;
        painter.drawLine(r.center() - QPointF(d, d), r.center() + QPointF(d, d));
    } else if (*verdict == Verdict::Incomplete) {
        painter.drawEllipse(r);
        painter.setBrush(color);
        painter.drawPie(r, 90 * 16, 180 * 16);
    } else {
        QPen dashed(color, stroke);
        dashed.setDashPattern({1.6, 1.6});
        painter.setPen(dashed);
        painter.drawEllipse(r);
    }
    painter.restore();
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

QString verdictLabel(Verdict verdict) {
    const QString name = verdictName(verdict).toLower();
    return name.left(1).toUpper() + name.mid(1);
}

QString verdictLabel(Verdict verdict, const QString &claim) {
    return withClaim(verdictLabel(verdict), verdict, claim);
}

} // namespace slipway
