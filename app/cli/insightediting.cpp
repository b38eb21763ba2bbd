// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/insightediting.h"

#include "models/insight/insightentry.h"
#include "models/insight/jsonsplice.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

namespace slipway::cli {

namespace {

constexpr qint64 kMostBytes = 1024LL * 1024;
const QString kBugs = QStringLiteral("bugs");

QByteArray emptyEntry() {
    QByteArray entry;
    for (const InsightField &field : insightFields()) {
        if (const auto with = withInsightText(entry, field, QString()))
            entry = *with;
    }
    const auto with = withInsightBugs(entry, {});
    return with ? *with : entry;
}

// Runs $VISUAL or $EDITOR as git does: a command line of the person's own, with the file as its last word.
Result<QByteArray> edited(const QByteArray &bytes, const QString &suffix) {
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("insight") + suffix);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString())};
    file.close();
    QString editor = qEnvironmentVariable("VISUAL", qEnvironmentVariable("EDITOR"));
    if (editor.isEmpty())
        editor = QStringLiteral("editor");
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.setInputChannelMode(QProcess::ForwardedInputChannel);
    process.start(QStringLiteral("/bin/sh"),
                  {QStringLiteral("-c"), editor + QStringLiteral(" \"$@\""), editor, path});
    constexpr int kForever = -1; // as long as the person writes
    if (!process.waitForFinished(kForever) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0)
        return Error{
            ErrorCode::CommandFailed,
            QStringLiteral("The editor \"%1\" did not end well; nothing was changed. Set EDITOR to another.")
                .arg(editor)};
    return readInput(path);
}

} // namespace

bool isInsightField(const QString &field) {
    return field == kBugs || insightField(field) != nullptr;
}

Result<QByteArray> readInput(const QString &name) {
    QFile file(name);
    const bool opened =
        name == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be read: %2").arg(name, file.errorString())};
    QByteArray bytes = file.read(kMostBytes + 1);
    if (bytes.size() > kMostBytes)
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 holds more than 1 MiB.").arg(name)};
    return bytes;
}

Result<QByteArray> withInsightField(const QByteArray &entry, const QString &field, const QByteArray &typed) {
    if (const InsightField *text = insightField(field)) {
        QString words = QString::fromUtf8(typed);
        while (words.endsWith(QLatin1Char('\n')))
            words.chop(1);
        return withInsightText(entry, *text, words);
    }
    const auto bugs = readInsightBugs(typed);
    if (!bugs)
        return Error{bugs.error().code, QStringLiteral("bugs: ") + bugs.error().text};
    return withInsightBugs(entry, *bugs);
}

Result<QByteArray> editedInsight(const QByteArray &entry, const QString &field) {
    if (const InsightField *text = insightField(field)) {
        const auto before = readInsight(entry.isEmpty() ? QByteArray("{}") : entry);
        if (!before)
            return before.error();
        const auto typed = edited(((*before).*(text->text)).toUtf8() + '\n', QStringLiteral(".txt"));
        return typed ? withInsightField(entry, field, *typed) : typed;
    }
    if (!field.isEmpty()) {
        const QByteArray bugs = memberValue(entry, kBugs);
        const auto typed = edited((bugs.isEmpty() ? QByteArray("[]") : bugs) + '\n', QStringLiteral(".json"));
        return typed ? withInsightField(entry, field, *typed) : typed;
    }
    const QByteArray shown = entry.isEmpty() ? emptyEntry() : entry;
    auto typed = edited(shown + '\n', QStringLiteral(".json"));
    if (!typed)
        return typed;
    const QByteArray changed = typed->trimmed();
    if (changed == shown)
        return entry;
    if (const auto read = readInsight(changed); !read)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("What was written is no JSON (%1); nothing was changed.").arg(read.error().text)};
    return changed;
}

} // namespace slipway::cli
