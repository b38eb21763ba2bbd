// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/publishing.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/cli/unsearched.h"
#include "app/core/stopsignal.h"
#include "app/session/exportrunner.h"
#include "app/session/session.h"
#include "models/core/countof.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

constexpr int kDefaultMib = 64;
constexpr qint64 kMiB = 1024LL * 1024;

void showProgress(const ExportProgress &progress) {
    showPassing(QStringLiteral("%1 of %2").arg(progress.runs).arg(countOf(progress.total, "campaign")));
}

TerminalText countText(const ExportCount &count, bool dryRun) {
    TerminalText text = changesText(count.changes) + maskedText(count);
    if (!text.isEmpty())
        text += "\n";
    text += lineText(QStringLiteral("%1 of %2 %3; %4 %5, %6 unchanged")
                         .arg(count.changedRuns)
                         .arg(countOf(count.runs, "campaign"),
                              dryRun ? QStringLiteral("would change") : QStringLiteral("changed"),
                              countOf(count.changes.size(), "file"),
                              dryRun ? QStringLiteral("would be written") : QStringLiteral("written"))
                         .arg(count.unchangedFiles));
    if (!dryRun)
        text += badgesText(count);
    return text + heldBackText(count.heldBack, dryRun);
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
            {QStringLiteral("badges"), badgesJson(count)},
            {QStringLiteral("claims"), claims},
            {QStringLiteral("held_back"), QJsonArray::fromStringList(count.heldBack)},
            {QStringLiteral("warnings"), QJsonArray::fromStringList(count.warnings)},
            {QStringLiteral("failures"), QJsonArray::fromStringList(count.failures)}};
}

ExitCode report(const Result<ExportCount> &count, bool dryRun, bool json) {
    clearPassing();
    if (!count)
        return fail(count.error(),
                    count.error().code == ErrorCode::Cancelled ? ExitCode::Stopped : ExitCode::NotDone);
    print(json ? jsonText(QJsonDocument(countJson(*count, dryRun))) : countText(*count, dryRun));
    for (const QString &failure : count->failures)
        printNote(failure);
    return exitCodeOf(*count);
}

} // namespace

ExitCode exportRuns(const Context &context, const QCommandLineParser &parser) {
    const bool all = parser.isSet(QStringLiteral("all"));
    const bool refresh = parser.isSet(QStringLiteral("refresh"));
    if ((all ? 1 : 0) + (refresh ? 1 : 0) + (parser.positionalArguments().isEmpty() ? 0 : 1) != 1)
        return failUsage(context, QStringLiteral("name campaigns, or --all, or --refresh: one of the three"));
    bool isNumber = false;
    const int mib = parser.isSet(QStringLiteral("max-mib"))
                        ? parser.value(QStringLiteral("max-mib")).toInt(&isNumber)
                        : kDefaultMib;
    if ((parser.isSet(QStringLiteral("max-mib")) && !isNumber) || mib < 1 || mib > 1024)
        return failUsage(context, QStringLiteral("--max-mib must be a whole number from 1 to 1024"));
    ExportOptions options;
    if (const QString problem = takePublishOptions(parser, options); !problem.isEmpty())
        return failUsage(context, problem);
    options.publishUnsearched = parser.values(QStringLiteral("publish-unsearched"));
    options.redaction.privateAddresses = parser.isSet(QStringLiteral("mask-private-addresses"));
    options.signKey = parser.value(QStringLiteral("sign"));
    options.sizeLimit = mib * kMiB;
    if (!options.publishUnsearched.isEmpty()) {
        const auto known = checkUnsearched(context, parser.positionalArguments(), options.publishUnsearched);
        if (!known)
            return known.error().code == ErrorCode::InvalidInput ? failUsage(context, known.error().text)
                                                                 : fail(known.error(), ExitCode::NotDone);
    }
    ExportRequest request;
    request.ids = parser.positionalArguments();
    request.refresh = refresh;
    request.options = options;
    request.dryRun = parser.isSet(QStringLiteral("dry-run"));
    if (parser.isSet(QStringLiteral("push"))) {
        PagesRequest pages;
        if (const QString problem = takePublishOptions(parser, pages); !problem.isEmpty())
            return failUsage(context, problem);
        pages.runs = request.ids;
        pages.everyRun = all;
        pages.refresh = refresh;
        pages.options = options;
        return publishAndExit(context, parser, pages);
    }
    if (parser.value(QStringLiteral("to")).isEmpty())
        return failUsage(context, QStringLiteral("--to REPO is missing"));
    request.tree = QDir(parser.value(QStringLiteral("to"))).absolutePath();
    const bool json = parser.isSet(QStringLiteral("json"));
    std::unique_ptr<StopSignal> stop;
    return lookWithSession(context, [&](Session &session) {
        stop = std::make_unique<StopSignal>([&runner = session.exports()] { runner.cancel(); });
        session.exports().start(request, showProgress, [=](const Result<ExportCount> &count) {
            exitWith(report(count, request.dryRun, json));
        });
    });
}

} // namespace slipway::cli
