// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/publishing.h"

#include "app/cli/asking.h"
#include "app/cli/tables.h"
#include "app/core/stopsignal.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

#include <unistd.h>

namespace slipway::cli {

namespace {

constexpr int kStopped = 5;

void clearLine() {
    if (isatty(STDERR_FILENO) != 0)
        std::fputs("\r\033[K", stderr);
}

void showStep(PublishStep step, int attempt) {
    if (isatty(STDERR_FILENO) == 0)
        return;
    clearLine();
    const QString text = attempt > 1
                             ? QStringLiteral("%1, attempt %2").arg(publishStepName(step)).arg(attempt)
                             : publishStepName(step);
    std::fputs(text.toUtf8().constData(), stderr);
}

QList<FileChange> changesOf(const PagesCount &count) {
    return count.exported.changes + count.others;
}

QString changesText(const PagesCount &count) {
    QList<QStringList> rows;
    for (const FileChange &change : changesOf(count))
        rows.append({changeName(change.kind), change.path, QStringLiteral("%1 bytes").arg(change.after)});
    QString text = rows.isEmpty() ? QString() : tableText(rows);
    for (const Masked &masked : count.exported.masked)
        text += QStringLiteral("masked  %1: %2, %3 bytes at %4\n")
                    .arg(plainText(masked.file), masked.kind)
                    .arg(masked.length)
                    .arg(masked.offset);
    for (const QString &warning : count.exported.warnings)
        text += plainText(warning) + QLatin1Char('\n');
    return text;
}

QJsonObject countJson(const PagesCount &count) {
    QJsonArray changes;
    for (const FileChange &change : changesOf(count))
        changes.append(QJsonObject{{QStringLiteral("change"), changeName(change.kind)},
                                   {QStringLiteral("path"), change.path},
                                   {QStringLiteral("before"), change.before},
                                   {QStringLiteral("after"), change.after}});
    return {{QStringLiteral("changes"), changes},
            {QStringLiteral("masked"), count.exported.masked.size()},
            {QStringLiteral("warnings"), QJsonArray::fromStringList(count.exported.warnings)}};
}

int report(const PagesPublished &published, bool json) {
    clearLine();
    const PublishReport &outcome = published.report;
    const int code = outcome.ok() ? 0 : outcome.state == PublishState::Stopped ? kStopped : kNothing;
    if (json) {
        QJsonObject object = countJson(published.count);
        object.insert(QStringLiteral("publication"), publishReportToJson(outcome));
        print(QString::fromUtf8(QJsonDocument(object).toJson()));
        return code;
    }
    if (!outcome.ok()) {
        QStringList lines;
        for (const QString &line : outcome.fullText().split(QLatin1Char('\n')))
            lines << plainText(line);
        return fail(lines.join(QLatin1Char('\n')), code);
    }
    print(changesText(published.count) +
          QStringLiteral("%1 %2\n").arg(plainText(outcome.text), outcome.commit.left(12)));
    return 0;
}

int report(const Result<PagesCount> &count, bool json) {
    if (!count)
        return fail(count.error().text, count.error().code == ErrorCode::Cancelled ? kStopped : kNothing);
    if (json)
        print(QString::fromUtf8(QJsonDocument(countJson(*count)).toJson()));
    else
        print(changesOf(*count).isEmpty() ? QStringLiteral("All of it is there already.\n")
                                          : changesText(*count));
    return 0;
}

} // namespace

const char *const kPublishHelp =
    "  --to REPO                 a checkout, a folder, or with --push also an address or a bare repository\n"
    "  --push                    commits and pushes with your own git, from a tree of its own: a checkout is "
    "not touched,\n"
    "                            what its \"origin\" points to gets a commit. When others are faster: fetch, "
    "rebase, push\n"
    "                            again, five times, never by force. Whatever ends it, the same command goes "
    "on\n"
    "  --branch NAME             what to push to, main unless said\n";

void addPublishOptions(QCommandLineParser &parser) {
    parser.addOptions({{QStringLiteral("to"), {}, QStringLiteral("repo")},
                       {QStringLiteral("push"), {}},
                       {QStringLiteral("branch"), {}, QStringLiteral("name"), QStringLiteral("main")},
                       {QStringLiteral("json"), {}}});
}

QString takePublishOptions(const QCommandLineParser &parser, PagesRequest &request) {
    request.repo = parser.value(QStringLiteral("to"));
    if (request.repo.isEmpty())
        return QStringLiteral("--to REPO is missing");
    request.branch = parser.value(QStringLiteral("branch"));
    const bool isHere = QFileInfo(request.repo).isDir();
    if (!isHere && !parser.isSet(QStringLiteral("push")))
        return QStringLiteral("%1 is no folder; an address needs --push").arg(request.repo);
    if (isHere)
        request.repo = QDir(request.repo).absolutePath();
    return {};
}

int publishAndExit(const Context &context, const QCommandLineParser &parser, const PagesRequest &request) {
    const bool json = parser.isSet(QStringLiteral("json"));
    const bool push = parser.isSet(QStringLiteral("push"));
    std::unique_ptr<StopSignal> stop;
    return withServices(context, [&](Services &services) {
        stop = std::make_unique<StopSignal>([&services] { services.cancelPublication(); });
        if (push)
            services.publish(request, showStep, [json](const PagesPublished &published) {
                QCoreApplication::exit(report(published, json));
            });
        else
            services.writePages(request, false, [json](const Result<PagesCount> &count) {
                QCoreApplication::exit(report(count, json));
            });
    });
}

} // namespace slipway::cli
