// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QSize>
#include <QString>

#include <functional>

class QPainter;

namespace slipway {

/// Paints a picture of this size, its ground included.
struct Picture {
    QString title;
    QSize size; ///< device-independent pixels
    std::function<void(QPainter &)> paint;
};

[[nodiscard]] QByteArray pngOf(const Picture &picture, double scale = 2); ///< pixels per unit of its size
[[nodiscard]] QByteArray svgOf(const Picture &picture);

/// As the name's end says: .svg, else .png. Replaces the file whole or leaves it as it was.
Result<void> savePicture(const Picture &picture, const QString &path);
/// The image, and a text for where only text goes.
void copyPicture(const Picture &picture, const QString &text);

} // namespace slipway
