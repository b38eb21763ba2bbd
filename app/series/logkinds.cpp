// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/logkinds.h"

#include "models/log/logtemplate.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMaxBytes = qint64{8} * 1024 * 1024;
constexpr qint64 kMaxLine = 64 * 1024; // what follows counts as another line
constexpr qsizetype kMaxLogs = 200;
constexpr qsizetype kMaxKinds = 20'000;

} // namespace

QList<quint64> logKindsOf(const Paths &paths, const QString &campaign) {
    const QDir spools(paths.spoolDir(campaign));
    const QStringList logs = spools.entryList({QStringLiteral("phase*.log")}, QDir::Files | QDir::NoSymLinks);
    QSet<QByteArray> texts;
    for (const QString &name : logs.mid(0, kMaxLogs)) {
        QFile log(spools.filePath(name));
        LogTemplates templates;
        qint64 number = 0;
        if (!log.open(QIODevice::ReadOnly))
            continue;
        while (!log.atEnd() && log.pos() < kMaxBytes && !templates.isFull())
            templates.add(log.readLine(kMaxLine), number++);
        templates.addTextsTo(texts);
        if (texts.size() > kMaxKinds)
            break;
    }
    QList<quint64> kinds;
    kinds.reserve(texts.size());
    for (const QByteArray &text : std::as_const(texts))
        kinds << qHash(text, 0);
    std::sort(kinds.begin(), kinds.end());
    return kinds;
}

} // namespace slipway
