// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignnotes.h"

#include "app/core/outputfile.h"
#include "app/core/steadytime.h"
#include "models/core/plaintext.h"

#include <QFile>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMaxRead = 64LL * 1024;
constexpr qsizetype kMaxNotes = 100;

QString journal(const QString &spoolDir) {
    return spoolDir + QStringLiteral("/notes.log");
}

} // namespace

void addNote(const QString &spoolDir, const QString &text) {
    const QByteArray line =
        steadyNowUtc().toString(Qt::ISODate).toUtf8() + ' ' + plainText(text).toUtf8() + '\n';
    [[maybe_unused]] const auto added = appendToFile(journal(spoolDir), line, {.permissions = kOwnerOnly});
}

QStringList notesOf(const QString &spoolDir) {
    QFile file(journal(spoolDir));
    if (!file.open(QIODevice::ReadOnly) || !file.seek(std::max<qint64>(0, file.size() - kMaxRead)))
        return {};
    QStringList notes = QString::fromUtf8(file.read(kMaxRead)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return notes.mid(std::max<qsizetype>(0, notes.size() - kMaxNotes));
}

} // namespace slipway
