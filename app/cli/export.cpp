// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/publishing.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/stopsignal.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr int kFailed = 4;
constexpr int kStopped = 5;
constexpr qint64 kMiB = 1024LL * 1024;

TerminalText helpText() {
    return TerminalText(
               "slipwayctl [--data-dir DIR] export ID … | --all --to REPO [--dry-run [--diff]] "
               "[--sign KEY]\n"
               "    [--mask-private-addresses] [--publish-unsearched FILE] … [--max-mib N] [--replace] "
               "[--push]\n"
               "    [--branch NAME] [--json]\n\n"
               "Writes campaigns as runs/ID/ into a Pages repo's files, with a page, checks.json and "
               "evidence-manifest.json, "
               "and the\n"
               "list of runs anew. Imported files come out byte for byte. Tokens, private keys and passwords "
               "are masked in what\n"
               "is written, never in the archive. What is compressed or an archive is opened and searched; "
               "what cannot be\n"
               "searched, and what holds a secret that cannot be masked in it, is held back and named. Each "
               "folder appears whole or not at all; a second export "
               "writes "
               "nothing.\n"
               "  --all                     every campaign of the archive that has ended\n"
               "Only what lies in REPO/runs is touched.\n"
               "  --sign KEY                signs the manifest with this SSH key (ssh-keygen -Y sign)\n"
               "  --mask-private-addresses  10.250.0.11 and the like too\n"
               "  --publish-unsearched FILE publishes this file though it was held back: its name, or "
               "ID/NAME; "
               "may be repeated\n"
               "  --max-mib N               what a run's folder may hold, 64 unless said\n") +
           kPublishHelp +
           "Exit code: 0, 1 when a campaign could not be exported (the others were), 4 when the repo or the "
           "archive "
           "cannot be\n"
           "used, 5 when it was stopped.\n";
}

void showProgress(const ExportProgress &progress) {
    showPassing(QStringLiteral("%1 of %2 campaigns").arg(progress.runs).arg(progress.total));
}

TerminalText countText(const ExportCount &count, bool dryRun) {
    TerminalText text = changesText(count.changes) + maskedText(count);
    if (!text.isEmpty())
        text += "\n";
    text += lineText(QStringLiteral("%1 of %2 campaigns %3; %4 files %5, %6 as they were")
                         .arg(count.changedRuns)
                         .arg(count.runs)
                         .arg(dryRun ? QStringLiteral("would change") : QStringLiteral("changed"))
                         .arg(count.changes.size())
                         .arg(dryRun ? QStringLiteral("would be touched") : QStringLiteral("touched"))
                         .arg(count.unchangedFiles));
    return text;
}

QJsonObject countJson(const ExportCount &count, bool dryRun) {
    QJsonArray changes;
    for (const FileChange &change : count.changes)
        changes.append(QJsonObject{{QStringLiteral("change"), changeName(change.kind)},
                                   {QStringLiteral("path"), change.path},
                                   {QStringLiteral("before"), change.before},
                                   {QStringLiteral("after"), change.after}});
    QJsonArray masked;
    for (const Masked &one : count.masked)
        masked.append(QJsonObject{{QStringLiteral("file"), one.file},
                                  {QStringLiteral("kind"), one.kind},
                                  {QStringLiteral("offset"), one.offset},
                                  {QStringLiteral("length"), one.length}});
    QJsonObject verdicts;
    QJsonObject claims;
    for (auto it = count.judgements.constBegin(); it != count.judgements.constEnd(); ++it) {
        verdicts.insert(it.key(), verdictName(it->verdict));
        claims.insert(it.key(), it->claim);
    }
    return {{QStringLiteral("dry_run"), dryRun},
            {QStringLiteral("campaigns"), count.runs},
            {QStringLiteral("changed_campaigns"), count.changedRuns},
            {QStringLiteral("unchanged_files"), count.unchangedFiles},
            {QStringLiteral("changes"), changes},
            {QStringLiteral("masked"), masked},
            {QStringLiteral("verdicts"), verdicts},
            {QStringLiteral("claims"), claims},
            {QStringLiteral("held_back"), QJsonArray::fromStringList(count.heldBack)},
            {QStringLiteral("warnings"), QJsonArray::fromStringList(count.warnings)},
            {QStringLiteral("failures"), QJsonArray::fromStringList(count.failures)}};
}

int report(const Result<ExportCount> &count, bool dryRun, bool json) {
    clearPassing();
    if (!count)
        return fail(count.error().text, count.error().code == ErrorCode::Cancelled ? kStopped : kFailed);
    print(json ? jsonText(QJsonDocument(countJson(*count, dryRun))) : countText(*count, dryRun));
    for (const QString &failure : count->failures)
        (void)fail(failure, 1);
    return count->failures.isEmpty() ? 0 : 1;
}

} // namespace

int exportRuns(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    addPublishOptions(parser);
    parser.addOptions({{QStringLiteral("all"), {}},
                       {QStringLiteral("sign"), {}, QStringLiteral("key")},
                       {QStringLiteral("mask-private-addresses"), {}},
                       {QStringLiteral("publish-unsearched"), {}, QStringLiteral("file")},
                       {QStringLiteral("max-mib"), {}, QStringLiteral("n"), QStringLiteral("64")}});
    const QString name = QStringLiteral("export");
    if (const auto code = parse(parser, name, arguments, helpText(), 0, arguments.size()))
        return *code;
    const bool all = parser.isSet(QStringLiteral("all"));
    if (all == !parser.positionalArguments().isEmpty())
        return failUsage(name, QStringLiteral("name campaigns, or --all, and not both"));
    bool isNumber = false;
    const int mib = parser.value(QStringLiteral("max-mib")).toInt(&isNumber);
    if (!isNumber || mib < 1 || mib > 1024)
        return failUsage(name, QStringLiteral("--max-mib wants a whole number from 1 to 1024"));
    ExportOptions options;
    if (const QString problem = takePublishOptions(parser, options); !problem.isEmpty())
        return failUsage(name, problem);
    options.publishUnsearched = parser.values(QStringLiteral("publish-unsearched"));
    options.redaction.privateAddresses = parser.isSet(QStringLiteral("mask-private-addresses"));
    options.signKey = parser.value(QStringLiteral("sign"));
    options.sizeLimit = mib * kMiB;
    ExportRequest request;
    request.ids = parser.positionalArguments();
    request.options = options;
    request.dryRun = parser.isSet(QStringLiteral("dry-run"));
    if (parser.isSet(QStringLiteral("push"))) {
        PagesRequest pages;
        if (const QString problem = takePublishOptions(parser, pages); !problem.isEmpty())
            return failUsage(name, problem);
        pages.runs = request.ids;
        pages.everyRun = all;
        pages.options = options;
        return publishAndExit(context, parser, pages);
    }
    if (parser.value(QStringLiteral("to")).isEmpty())
        return failUsage(name, QStringLiteral("--to REPO is missing"));
    request.tree = QDir(parser.value(QStringLiteral("to"))).absolutePath();
    const bool json = parser.isSet(QStringLiteral("json"));
    std::unique_ptr<StopSignal> stop;
    return lookWithServices(context, [&](Services &services) {
        stop = std::make_unique<StopSignal>([&services] { services.cancelExport(); });
        services.exportPages(request, showProgress, [=](const Result<ExportCount> &count) {
            QCoreApplication::exit(report(count, request.dryRun, json));
        });
    });
}

} // namespace slipway::cli
