// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/stopsignal.h"
#include "app/importsource.h"

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

constexpr OwnWords kHelp =
    "slipwayctl [--data-dir DIR] import PATH|ADDRESS [--json]\n\n"
    "Takes a Pages repo, its runs/ folder or one campaign's folder into the archive: every file byte for "
    "byte,\n"
    "judged anew. Importing again adds what is new; a file that changed becomes a new revision. It may be "
    "packed\n"
    "(zip, tar, tar.gz, …), a bare repository, or an address that git takes. A folder is a campaign by what "
    "it\n"
    "holds: a report, a summary, a manifest, cycles or observations.\n"
    "Exit code: 0, 4 when the path or the archive cannot be used, 5 when it was stopped.\n";

void showProgress(const ImportCount &count) {
    showPassing(QStringLiteral("%1 of %2 folders").arg(count.folders).arg(count.total));
}

TerminalText countText(const ImportCount &count) {
    QString first = QStringLiteral("%1 folders: %2 new, %3 changed, %4 as they were")
                        .arg(count.folders)
                        .arg(count.created)
                        .arg(count.changed)
                        .arg(count.unchanged);
    if (count.own > 0)
        first += QStringLiteral(", %1 run here and left alone").arg(count.own);
    TerminalText text = lineText(first + QStringLiteral("; %1 new documents").arg(count.documents));
    for (auto it = count.verdicts.constBegin(); it != count.verdicts.constEnd(); ++it)
        text += lineText(QStringLiteral("  %1  %2").arg(*it, 6).arg(verdictName(it.key())));
    for (const QString &rejudged : count.rejudged)
        text += lineText(rejudged);
    for (const QString &renamed : count.renamed)
        text += lineText(renamed);
    for (const QString &leftOut : count.leftOut)
        text += lineText(QStringLiteral("Left out: ") + leftOut);
    if (!count.anomalies.isEmpty())
        text +=
            "\n" + lineText(count.anomalies.size() == 1
                                ? QStringLiteral("1 file could not be read:")
                                : QStringLiteral("%1 files could not be read:").arg(count.anomalies.size()));
    for (const QString &anomaly : count.anomalies)
        text += lineText(QStringLiteral("  ") + anomaly);
    return text;
}

QJsonObject countJson(const ImportCount &count) {
    QJsonObject verdicts;
    for (auto it = count.verdicts.constBegin(); it != count.verdicts.constEnd(); ++it)
        verdicts.insert(verdictName(it.key()), *it);
    return {{QStringLiteral("folders"), count.folders},
            {QStringLiteral("new"), count.created},
            {QStringLiteral("changed"), count.changed},
            {QStringLiteral("unchanged"), count.unchanged},
            {QStringLiteral("own"), count.own},
            {QStringLiteral("documents"), count.documents},
            {QStringLiteral("verdicts"), verdicts},
            {QStringLiteral("verdicts_changed"), QJsonArray::fromStringList(count.rejudged)},
            {QStringLiteral("renamed"), QJsonArray::fromStringList(count.renamed)},
            {QStringLiteral("left_out"), QJsonArray::fromStringList(count.leftOut)},
            {QStringLiteral("anomalies"), QJsonArray::fromStringList(count.anomalies)}};
}

} // namespace

int importPath(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("import"), arguments, kHelp, 1, 1))
        return *code;
    const QString given = parser.positionalArguments().constFirst();
    const QString path = isGitAddress(given) ? given : QDir(given).absolutePath();
    const bool json = parser.isSet(QStringLiteral("json"));
    std::unique_ptr<StopSignal> stop;
    return withServices(context, [&](Services &services) {
        stop = std::make_unique<StopSignal>([&services] { services.cancelImport(); });
        services.importPages(path, showProgress, [json](const Result<ImportCount> &count) {
            clearPassing();
            if (!count) {
                QCoreApplication::exit(fail(count.error().text,
                                            count.error().code == ErrorCode::Cancelled ? kStopped : kFailed));
                return;
            }
            print(json ? jsonText(QJsonDocument(countJson(*count))) : countText(*count));
            QCoreApplication::exit(0);
        });
    });
}

} // namespace slipway::cli
