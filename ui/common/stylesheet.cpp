// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/stylesheet.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QFile>

#include <array>

namespace slipway {

namespace {

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

} // namespace

QString styleSheet(const Theme &t) {
    QFile file(QStringLiteral(":/slipway/widgets/window.qss"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the style sheet of the window is not in this program");
    const std::array values{
        std::pair("@text", t.text.name()),
        std::pair("@surface", t.surface.name()),
        std::pair("@line", t.line.name()),
        std::pair("@fieldLine", fieldLine(t).name()),
        std::pair("@muted", t.muted.name()),
        std::pair("@accent", t.accent.name()),
        std::pair("@onAccent", t.dark ? QStringLiteral("#0B1420") : QStringLiteral("#FFFFFF")),
        std::pair("@selection", t.selection.name()),
        std::pair("@window", t.window.name()),
        std::pair("@scheme", t.dark ? QStringLiteral("dark") : QStringLiteral("light"))};
    QString sheet = QString::fromUtf8(file.readAll());
    for (const auto &[name, value] : values)
        sheet.replace(QLatin1String(name), value);
    return sheet + toneRules(t);
}

} // namespace slipway
