// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/insightediting.h"

#include "app/core/inputfile.h"
#include "models/insight/insightentry.h"
#include "models/insight/jsonsplice.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringDecoder>

namespace slipway::cli {

namespace {

constexpr qint64 kMaxBytes = 1024LL * 1024;
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

Result<QByteArray> wholeEntry(const QByteArray &typed) {
    const QByteArray entry = typed.trimmed();
    if (const auto read = readInsight(entry); !read)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("What was written is not a JSON object (%1).").arg(read.error().text)};
    const QString problem = insightShapeProblem(QJsonDocument::fromJson(entry).object());
    if (!problem.isEmpty())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("What was written cannot be taken: %1.").arg(problem)};
    return entry;
}

} // namespace

bool isInsightField(const QString &field) {
    return field == kBugs || insightField(field) != nullptr;
}

Result<QByteArray> shownInsight(const QByteArray &entry, const QString &field) {
    if (field.isEmpty())
        return (entry.isEmpty() ? emptyEntry() : entry) + '\n';
    const QByteArray value = memberValue(entry, field);
    if (field == kBugs)
        return (value.isEmpty() ? QByteArray("[]") : value) + '\n';
    const auto insight = readInsight(entry.isEmpty() ? QByteArray("{}") : entry);
    if (!insight)
        return insight.error();
    if (!value.isEmpty() && !value.startsWith('"') && value != "null")
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 contains something that is not a text. Change the whole entry: edit "
                                    "without a FIELD.")
                         .arg(field)};
    return ((*insight).*(insightField(field)->text)).toUtf8() + '\n';
}

Result<QByteArray> withInsightField(const QByteArray &entry, const QString &field, const QByteArray &typed) {
    if (field.isEmpty())
        return wholeEntry(typed);
    if (const InsightField *text = insightField(field)) {
        QStringDecoder decoder(QStringDecoder::Utf8);
        QString words = decoder.decode(typed);
        if (decoder.hasError())
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1: what was written is not UTF-8.").arg(field)};
        while (words.endsWith(QLatin1Char('\n')))
            words.chop(1);
        return withInsightText(entry, *text, words);
    }
    const auto bugs = readInsightBugs(typed);
    if (!bugs)
        return Error{bugs.error().code,
                     QStringLiteral("A JSON array of bugs was expected: ") + bugs.error().text};
    return withInsightBugs(entry, *bugs);
}

// As git does: $VISUAL or $EDITOR is a command line of the person's own, with the file as its last word.
Result<QByteArray> editedFile(const QString &path) {
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
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral(
                         "The editor \"%1\" ended with an error; nothing was changed. Set EDITOR to another.")
                         .arg(editor)};
    return readInput(path, kMaxBytes);
}

} // namespace slipway::cli
