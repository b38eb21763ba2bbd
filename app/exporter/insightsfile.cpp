// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/insightsfile.h"

#include "models/insight/insightentry.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace slipway {

namespace {

constexpr qint64 kMostBytes = 64LL * 1024 * 1024;

// The first link on the way from the tree to the file; empty when there is none.
QString linkOnTheWay(const QString &tree, const QString &name) {
    QString path = tree;
    for (const QString &part : name.split(QLatin1Char('/'))) {
        path += QLatin1Char('/') + part;
        if (QFileInfo(path).isSymLink())
            return path;
    }
    return {};
}

} // namespace

Result<QByteArray> readTreeFile(const QString &tree, const QString &name) {
    if (const QString link = linkOnTheWay(tree, name); !link.isEmpty())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 is a symbolic link, which is not followed.").arg(link)};
    const QFileInfo info(tree + QLatin1Char('/') + name);
    if (!info.exists())
        return QByteArray();
    QFile file(info.filePath());
    if (!info.isFile() || info.size() > kMostBytes || !file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be read.").arg(info.filePath())};
    return file.readAll();
}

Result<bool> writeTreeFile(const QString &tree, const QString &name, const QByteArray &bytes) {
    const auto before = readTreeFile(tree, name);
    if (!before)
        return before.error();
    const QString path = tree + QLatin1Char('/') + name;
    if (QFileInfo::exists(path) && *before == bytes)
        return false;
    QSaveFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) ||
        file.write(bytes) != bytes.size() || !file.commit())
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString())};
    return true;
}

Result<bool> writeInsight(const QString &tree, const QString &campaign, const QByteArray &entry) {
    const auto file = readTreeFile(tree, kInsights);
    if (!file)
        return file.error();
    const auto changed = withInsightEntry(*file, campaign, entry);
    if (!changed)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1/%2: %3").arg(tree, kInsights, changed.error().text)};
    return writeTreeFile(tree, kInsights, *changed);
}

Result<bool> hasInsight(const QString &tree, const QString &campaign) {
    const auto file = readTreeFile(tree, kInsights);
    if (!file)
        return file.error();
    return !insightEntry(*file, campaign).isEmpty();
}

} // namespace slipway
