// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartexport.h"

#include "app/core/outputfile.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QPainter>
#include <QSvgGenerator>

#include <memory>

namespace slipway {

namespace {

constexpr double kCopyScale = 2;

QImage imageOf(const Picture &picture, double scale) {
    QImage image((QSizeF(picture.size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    picture.paint(painter);
    return image;
}

} // namespace

QByteArray pngOf(const Picture &picture, double scale) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImage image = imageOf(picture, scale);
    image.setText(QStringLiteral("Title"), picture.title);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray svgOf(const Picture &picture) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(picture.title);
    generator.setSize(picture.size);
    generator.setViewBox(QRect({0, 0}, picture.size));
    QPainter painter(&generator);
    picture.paint(painter);
    painter.end();
    return bytes;
}

Result<void> savePicture(const Picture &picture, const QString &path) {
    const bool svg = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
    const QByteArray bytes = svg ? svgOf(picture) : pngOf(picture);
    return writeFile(path, bytes);
}

void copyPicture(const Picture &picture, const QString &text) {
    auto data = std::make_unique<QMimeData>();
    data->setImageData(imageOf(picture, kCopyScale));
    data->setText(text);
    QGuiApplication::clipboard()->setMimeData(data.release());
}

} // namespace slipway
