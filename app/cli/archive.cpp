// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <span>

namespace slipway::cli {

namespace {

constexpr int kDamaged = 1;

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] archive check\n"
    "slipwayctl [--data-dir DIR] archive backup FOLDER\n"
    "slipwayctl [--data-dir DIR] archive restore FOLDER\n"
    "slipwayctl [--data-dir DIR] archive recover\n"
    "slipwayctl [--data-dir DIR] archive compact [--json]\n\n"
    "check    every page, every row against the hash chain, every file and log against its SHA-256\n"
    "backup   the archive and its logs, as they are at one moment, into a new folder; checked there\n"
    "restore  a backup into a data directory that has no archive\n"
    "recover  builds a new archive of what is whole in a damaged one, and sets that aside\n"
    "compact  compresses the observations that older versions kept as rows, and gives the room back\n\n"
    "  --json  the result of compact as one JSON object\n\n"
    "Exit code: 0, 1 when check found damage, recover lost something or compact left something as it was, 4 "
    "when it could\n"
    "not be done.\n";

constexpr qint64 kTellMs = 2000; // nothing is silent for longer
constexpr qint64 kShowMs = 100;

// What takes long says what it does: in place on a terminal, and as lines elsewhere.
ArchiveProgress tellingProgress() {
    return [told = QElapsedTimer()](const QString &doing, qint64 done, qint64 total) mutable {
        const bool isShown = showsPassing();
        if (!told.isValid())
            told.start();
        if (!told.hasExpired(isShown ? kShowMs : kTellMs))
            return;
        told.restart();
        QString text = doing;
        if (done > 0)
            text += QStringLiteral(": %1").arg(done);
        if (total > 0)
            text += QStringLiteral(" of %1").arg(total);
        if (isShown)
            showPassing(text);
        else
            tellProgress(text);
    };
}

void printHealth(const ArchiveHealth &health) {
    print(lineText(QStringLiteral("%1 campaigns, %2 files, %3 observations, %4 links in the chain")
                       .arg(health.campaigns)
                       .arg(health.files)
                       .arg(health.observations)
                       .arg(health.entries)));
    for (const QString &problem : health.problems)
        print(lineText(QStringLiteral("  ") + problem));
}

int reportHealth(const Result<ArchiveHealth> &health, const QString &sound) {
    clearPassing();
    if (!health)
        return fail(health.error().text, health.error().code == ErrorCode::Corrupt ? kDamaged : kNothing);
    printHealth(*health);
    if (!health->problems.isEmpty())
        return fail(
            QStringLiteral("The archive is damaged. Run slipwayctl archive recover, or restore a backup."),
            kDamaged);
    print(lineText(sound));
    return 0;
}

int runRecover(const Paths &paths) {
    const auto recovery = recover(paths, tellingProgress());
    clearPassing();
    if (!recovery)
        return fail(recovery.error().text, kNothing);
    if (recovery->setAside.isEmpty()) {
        print("The archive is sound; nothing was done.\n");
        return 0;
    }
    print(lineText(
        QStringLiteral(
            "Recovered %1 campaigns, %2 files, %3 observations. The damaged archive is in %4, unchanged.")
            .arg(recovery->campaigns)
            .arg(recovery->files)
            .arg(recovery->observations)
            .arg(recovery->setAside)));
    for (const QString &lost : recovery->lost)
        print(lineText(QStringLiteral("  lost: ") + lost));
    return recovery->lost.isEmpty() ? 0 : kDamaged;
}

int runCompact(const Paths &paths, bool json) {
    const auto compaction = compact(paths, tellingProgress());
    clearPassing();
    if (!compaction)
        return fail(compaction.error().text,
                    compaction.error().code == ErrorCode::Corrupt ? kDamaged : kNothing);
    if (json) {
        print(jsonText(QJsonDocument(
            QJsonObject{{QStringLiteral("streams"), compaction->streams},
                        {QStringLiteral("bytes_before"), compaction->bytesBefore},
                        {QStringLiteral("bytes_after"), compaction->bytesAfter},
                        {QStringLiteral("left"), QJsonArray::fromStringList(compaction->left)}})));
    } else {
        print(lineText(QStringLiteral("%1 streams of observations compressed; %2 of %3 bytes given back.")
                           .arg(compaction->streams)
                           .arg(compaction->bytesBefore - compaction->bytesAfter)
                           .arg(compaction->bytesBefore)));
        for (const QString &left : compaction->left)
            print(lineText(QStringLiteral("  left as it was: ") + left));
    }
    return compaction->left.isEmpty() ? 0 : kDamaged;
}

} // namespace

int archive(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), QString()});
    if (const auto code = parse(parser, QStringLiteral("archive"), arguments, kHelp, 1, 2))
        return *code;
    const QStringList words = parser.positionalArguments();
    const QString &what = words.constFirst();
    const bool wantsFolder = what == QLatin1String("backup") || what == QLatin1String("restore");
    if (wantsFolder != (words.size() == 2))
        return failUsage(QStringLiteral("archive"), wantsFolder ? QStringLiteral("name a folder")
                                                                : QStringLiteral("unexpected arguments"));
    const bool json = parser.isSet(QStringLiteral("json"));
    if (json && what != QLatin1String("compact"))
        return failUsage(QStringLiteral("archive"), QStringLiteral("--json is for compact"));
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error().text, kNothing);
    if (what == QLatin1String("check"))
        return reportHealth(checkArchive(*paths, tellingProgress()), QStringLiteral("The archive is sound."));
    if (what == QLatin1String("backup"))
        return reportHealth(backUp(*paths, QDir(words.at(1)).absolutePath(), tellingProgress()),
                            QStringLiteral("The backup is sound."));
    if (what == QLatin1String("restore"))
        return reportHealth(restore(*paths, QDir(words.at(1)).absolutePath(), tellingProgress()),
                            QStringLiteral("The backup is restored."));
    if (what == QLatin1String("recover"))
        return runRecover(*paths);
    if (what == QLatin1String("compact"))
        return runCompact(*paths, json);
    return failUsage(QStringLiteral("archive"), QStringLiteral("there is no \"%1\"").arg(what));
}

} // namespace slipway::cli
