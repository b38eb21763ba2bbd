// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/publishing.h"

#include "app/cli/asking.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/stopsignal.h"
#include "app/git/gitorigin.h"
#include "app/pages/write/runbadge.h"
#include "app/session/publishrunner.h"
#include "app/session/session.h"
#include "models/core/countof.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::cli {

namespace {

void showStep(PublishStep step, int attempt) {
    showPassing(attempt > 1 ? QStringLiteral("%1, attempt %2").arg(publishStepName(step)).arg(attempt)
                            : publishStepName(step));
}

QList<FileChange> changesOf(const PagesCount &count) {
    return count.exported.changes + count.others;
}

TerminalText diffText(const QList<DiffLine> &diff) {
    TerminalText text;
    for (const DiffLine &line : diff) {
        const auto mark = line.kind == DiffLine::Kind::Removed   ? "-"
                          : line.kind == DiffLine::Kind::Added   ? "+"
                          : line.kind == DiffLine::Kind::LeftOut ? "…"
                                                                 : " ";
        text += lineText(QStringLiteral("    %1 %2").arg(QString::fromUtf8(mark), line.text));
    }
    return text;
}

TerminalText wouldText(const PagesCount &count) {
    const qsizetype files = changesOf(count).size();
    return files == 0
               ? TerminalText("All of it is there already; nothing would change.\n")
               : lineText(countOf(files, "file") + QStringLiteral(" would change; nothing was written."));
}

TerminalText seriesText(const ExportCount &count) {
    TerminalText text;
    for (auto it = count.series.constBegin(); it != count.series.constEnd(); ++it)
        text +=
            lineText(QStringLiteral("Series %1: %2, %3").arg(it.key(), verdictName(it->verdict), it->head));
    return text;
}

QJsonObject countJson(const PagesCount &count) {
    QJsonObject series;
    for (auto it = count.exported.series.constBegin(); it != count.exported.series.constEnd(); ++it)
        series.insert(it.key(), QJsonObject{{QStringLiteral("verdict"), verdictName(it->verdict)},
                                            {QStringLiteral("head"), it->head}});
    QJsonArray changes;
    for (const FileChange &change : changesOf(count))
        changes.append(QJsonObject{{QStringLiteral("change"), changeName(change.kind)},
                                   {QStringLiteral("path"), change.path},
                                   {QStringLiteral("before"), change.before},
                                   {QStringLiteral("after"), change.after}});
    return {{QStringLiteral("schema"), schemaText(QStringLiteral("publication/1"))},
            {QStringLiteral("changes"), changes},
            {QStringLiteral("masked"), count.exported.masked.size()},
            {QStringLiteral("badges"), badgesJson(count.exported)},
            {QStringLiteral("series"), series},
            {QStringLiteral("held_back"), QJsonArray::fromStringList(count.exported.heldBack)},
            {QStringLiteral("warnings"), QJsonArray::fromStringList(count.exported.warnings)}};
}

ExitCode report(const PagesPublished &published, bool dryRun, bool json) {
    clearPassing();
    const PublishReport &outcome = published.report;
    const ExitCode code = outcome.ok()                             ? exitCodeOf(published.count.exported)
                          : outcome.state == PublishState::Stopped ? ExitCode::Stopped
                                                                   : ExitCode::NotDone;
    if (json) {
        QJsonObject object = countJson(published.count);
        object.insert(QStringLiteral("dry_run"), dryRun);
        object.insert(QStringLiteral("publication"), publishReportToJson(outcome));
        print(jsonText(QJsonDocument(object)));
        return code;
    }
    if (!outcome.ok()) {
        TerminalText lines;
        for (const QString &line : outcome.fullText().split(QLatin1Char('\n')))
            lines += lineText(line);
        return fail(lines, code);
    }
    print(changesText(changesOf(published.count)) + maskedText(published.count.exported) +
          (dryRun ? wouldText(published.count)
                  : lineText(QStringLiteral("%1 %2").arg(outcome.text, outcome.commit.left(12))) +
                        badgesText(published.count.exported)) +
          seriesText(published.count.exported) + heldBackText(published.count.exported.heldBack, dryRun));
    return code;
}

ExitCode report(const Result<PagesCount> &count, bool dryRun, bool json) {
    if (!count)
        return fail(count.error(),
                    count.error().code == ErrorCode::Cancelled ? ExitCode::Stopped : ExitCode::NotDone);
    if (json) {
        QJsonObject object = countJson(*count);
        object.insert(QStringLiteral("dry_run"), dryRun);
        print(jsonText(QJsonDocument(object)));
    } else if (dryRun) {
        print(changesText(changesOf(*count)) + maskedText(count->exported) + wouldText(*count) +
              seriesText(count->exported) + heldBackText(count->exported.heldBack, dryRun));
    } else
        print((changesOf(*count).isEmpty() ? TerminalText("All of it is there already.\n")
                                           : changesText(changesOf(*count)) + maskedText(count->exported)) +
              badgesText(count->exported) + seriesText(count->exported) +
              heldBackText(count->exported.heldBack, dryRun));
    return exitCodeOf(count->exported);
}

} // namespace

TerminalText changesText(const QList<FileChange> &changes) {
    QList<QStringList> rows;
    for (const FileChange &change : changes) {
        const QString size = change.kind == FileChange::Kind::Added ? QString::number(change.after)
                             : change.kind == FileChange::Kind::Removed
                                 ? QString::number(change.before)
                                 : QStringLiteral("%1 → %2").arg(change.before).arg(change.after);
        rows.append({changeName(change.kind), change.path, size + QStringLiteral(" bytes")});
    }
    TerminalText text = tableText(rows);
    for (const FileChange &change : changes) {
        if (!change.diff.isEmpty())
            text += "\n" + lineText(change.path) + diffText(change.diff);
    }
    return text;
}

TerminalText maskedText(const ExportCount &count) {
    QList<QStringList> rows;
    for (const Masked &masked : count.masked)
        rows.append({QStringLiteral("masked"), masked.file, masked.kind,
                     QStringLiteral("byte %1, %2 bytes").arg(masked.offset).arg(masked.length)});
    TerminalText text = rows.isEmpty() ? TerminalText() : "\n" + tableText(rows);
    for (const QString &warning : count.warnings)
        text += lineText(warning);
    return text;
}

TerminalText heldBackText(const QStringList &files, bool dryRun) {
    constexpr qsizetype kNamed = 5;
    if (files.isEmpty())
        return {};
    QString names = files.mid(0, kNamed).join(QStringLiteral(", "));
    if (files.size() > kNamed)
        names += QStringLiteral(" and %1 more").arg(files.size() - kNamed);
    return lineText(QStringLiteral("%1 %2 held back: %3")
                        .arg(countOf(files.size(), "file"),
                             dryRun              ? QStringLiteral("would be")
                             : files.size() == 1 ? QStringLiteral("was")
                                                 : QStringLiteral("were"),
                             names));
}

TerminalText badgesText(const ExportCount &count) {
    if (count.judgements.size() != 1)
        return {};
    return lineText(QStringLiteral("Badge for a README: ") +
                    badgeMarkdown(count.judgements.firstKey(), count.judgements.first()));
}

QJsonObject badgesJson(const ExportCount &count) {
    QJsonObject badges;
    for (auto it = count.judgements.constBegin(); it != count.judgements.constEnd(); ++it)
        badges.insert(it.key(), badgeMarkdown(it.key(), *it));
    return badges;
}

ExitCode exitCodeOf(const ExportCount &count) {
    return !count.failures.isEmpty()   ? ExitCode::No
           : !count.heldBack.isEmpty() ? ExitCode::HeldBack
                                       : ExitCode::Done;
}

QString takePublishOptions(const QCommandLineParser &parser, ExportOptions &options) {
    options.replaceOthers = parser.isSet(QStringLiteral("replace"));
    options.withDiffs = parser.isSet(QStringLiteral("diff"));
    return options.withDiffs && !parser.isSet(QStringLiteral("dry-run"))
               ? QStringLiteral("--diff goes with --dry-run")
               : QString();
}

QString takePublishOptions(const QCommandLineParser &parser, PagesRequest &request) {
    request.repo = parser.value(QStringLiteral("to"));
    if (request.repo.isEmpty())
        return QStringLiteral("--to REPO is missing");
    if (parser.isSet(QStringLiteral("branch")))
        request.branch = parser.value(QStringLiteral("branch"));
    if (const auto named = checkBranchName(request.branch, GitProgram(QDir::currentPath(), {})); !named)
        return named.error().text;
    if (QString problem = takePublishOptions(parser, request.options); !problem.isEmpty())
        return problem;
    const bool isHere = QFileInfo(request.repo).isDir();
    if (!isHere && !parser.isSet(QStringLiteral("push")))
        return QStringLiteral("%1 is not a folder; an address needs --push").arg(request.repo);
    if (isHere)
        request.repo = QDir(request.repo).absolutePath();
    return {};
}

ExitCode publishAndExit(const Context &context, const QCommandLineParser &parser,
                        const PagesRequest &request) {
    const bool json = parser.isSet(QStringLiteral("json"));
    const bool push = parser.isSet(QStringLiteral("push"));
    const bool dryRun = parser.isSet(QStringLiteral("dry-run"));
    std::unique_ptr<StopSignal> stop;
    return lookWithSession(context, [&](Session &session) {
        stop = std::make_unique<StopSignal>([&runner = session.publications()] { runner.cancel(); });
        const auto finish = [=](const PagesPublished &published) {
            exitWith(report(published, dryRun, json));
        };
        if (push && dryRun)
            session.publications().preview(request, finish);
        else if (push)
            session.publications().publish(request, showStep, finish);
        else
            session.publications().write(request, dryRun, [=](const Result<PagesCount> &count) {
                exitWith(report(count, dryRun, json));
            });
    });
}

} // namespace slipway::cli
