// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "models/core/countof.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

namespace slipway::cli {

namespace {

constexpr qint64 kProgressMs = 2000; // nothing is silent for longer
constexpr qint64 kShowMs = 100;

// What takes long says what it does: in place on a terminal, and as lines elsewhere.
ArchiveProgress progressPrinter() {
    return [shown = QElapsedTimer()](const QString &doing, qint64 done, qint64 total) mutable {
        const bool isShown = showsPassing();
        if (!shown.isValid())
            shown.start();
        if (!shown.hasExpired(isShown ? kShowMs : kProgressMs))
            return;
        shown.restart();
        QString text = doing;
        if (done > 0)
            text += QStringLiteral(": %1").arg(done);
        if (total > 0)
            text += QStringLiteral(" of %1").arg(total);
        if (isShown)
            showPassing(text);
        else
            printProgress(text);
    };
}

void printHealth(const ArchiveHealth &health) {
    print(lineText(QStringLiteral("%1, %2, %3, %4 in the chain")
                       .arg(countOf(health.campaigns, "campaign"), countOf(health.files, "file"),
                            countOf(health.observations, "observation"), countOf(health.entries, "link"))));
    for (const QString &problem : health.problems)
        print(lineText(QStringLiteral("  ") + problem));
}

ExitCode reportHealth(const Result<ArchiveHealth> &health, const QString &sound) {
    clearPassing();
    if (!health)
        return fail(health.error(),
                    health.error().code == ErrorCode::Corrupt ? ExitCode::No : ExitCode::NotDone);
    printHealth(*health);
    if (!health->problems.isEmpty())
        return fail(
            QStringLiteral("The archive is damaged. Run slipwayctl archive recover, or restore a backup."),
            ExitCode::No);
    print(lineText(sound));
    return ExitCode::Done;
}

ExitCode runRecover(const Paths &paths) {
    const auto recovery = recover(paths, progressPrinter());
    clearPassing();
    if (!recovery)
        return fail(recovery.error(), ExitCode::NotDone);
    if (recovery->setAside.isEmpty()) {
        print("The archive is sound; nothing was done.\n");
        return ExitCode::Done;
    }
    print(lineText(QStringLiteral("Recovered %1, %2, %3. The damaged archive is in %4, unchanged.")
                       .arg(countOf(recovery->campaigns, "campaign"), countOf(recovery->files, "file"),
                            countOf(recovery->observations, "observation"), recovery->setAside)));
    for (const QString &lost : recovery->lost)
        print(lineText(QStringLiteral("  lost: ") + lost));
    return recovery->lost.isEmpty() ? ExitCode::Done : ExitCode::No;
}

ExitCode runCompact(const Paths &paths, bool json) {
    const auto compaction = compact(paths, progressPrinter());
    clearPassing();
    if (!compaction)
        return fail(compaction.error().text,
                    compaction.error().code == ErrorCode::Corrupt ? ExitCode::No : ExitCode::NotDone);
    if (json) {
        print(jsonText(QJsonDocument(
            QJsonObject{{QStringLiteral("streams"), compaction->streams},
                        {QStringLiteral("bytes_before"), compaction->bytesBefore},
                        {QStringLiteral("bytes_after"), compaction->bytesAfter},
                        {QStringLiteral("left"), QJsonArray::fromStringList(compaction->left)}})));
    } else {
        print(lineText(QStringLiteral("%1 of observations compressed; %2 of %3 bytes freed.")
                           .arg(countOf(compaction->streams, "stream"))
                           .arg(compaction->bytesBefore - compaction->bytesAfter)
                           .arg(compaction->bytesBefore)));
        for (const QString &left : compaction->left)
            print(lineText(QStringLiteral("  left as it was: ") + left));
    }
    return compaction->left.isEmpty() ? ExitCode::Done : ExitCode::No;
}

ExitCode withPaths(const Context &context, const std::function<ExitCode(const Paths &)> &then) {
    const auto paths = dataPaths(context.dataDir);
    return paths ? then(*paths) : fail(paths.error(), ExitCode::NotDone);
}

QString folderOf(const QCommandLineParser &parser) {
    return QDir(parser.positionalArguments().constFirst()).absolutePath();
}

} // namespace

ExitCode archiveCheck(const Context &context, const QCommandLineParser &) {
    return withPaths(context, [](const Paths &paths) {
        return reportHealth(checkArchive(paths, progressPrinter()), QStringLiteral("The archive is sound."));
    });
}

ExitCode archiveBackup(const Context &context, const QCommandLineParser &parser) {
    return withPaths(context, [&](const Paths &paths) {
        return reportHealth(backUp(paths, folderOf(parser), progressPrinter()),
                            QStringLiteral("The backup is sound."));
    });
}

ExitCode archiveRestore(const Context &context, const QCommandLineParser &parser) {
    return withPaths(context, [&](const Paths &paths) {
        return reportHealth(restore(paths, folderOf(parser), progressPrinter()),
                            QStringLiteral("The backup is restored."));
    });
}

ExitCode archiveRecover(const Context &context, const QCommandLineParser &) {
    return withPaths(context, runRecover);
}

ExitCode archiveCompact(const Context &context, const QCommandLineParser &parser) {
    return withPaths(context, [json = parser.isSet(QStringLiteral("json"))](const Paths &paths) {
        return runCompact(paths, json);
    });
}

} // namespace slipway::cli
