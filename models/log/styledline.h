// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace slipway {

/// What "ESC [ … m" asked for. A colour is -1 (none), 0 to 255 (the terminal's palette) or kTrueColour | rgb.
struct TextStyle {
    int foreground = -1;
    int background = -1;
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool operator==(const TextStyle &) const = default;
};
inline constexpr int kTrueColour = 0x1000000;

struct StyledRun {
    qsizetype from = 0;
    qsizetype length = 0;
    TextStyle style;
    bool operator==(const StyledRun &) const = default;
};

/// A line as it may be shown: plain text, and the runs of it that have a style of their own.
struct StyledLine {
    QString text;
    QList<StyledRun> runs;
};

/// UTF-8 with replacement; colours of terminals become runs, other control bytes and marks of text direction
/// become visible. Pure; styles begin anew with each line.
[[nodiscard]] StyledLine styledLine(QByteArrayView line);

} // namespace slipway
