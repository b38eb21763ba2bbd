// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/core/stopsignal.h"
#include "app/pages/import/importsource.h"
#include "app/session/importrunner.h"
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

void showProgress(const ImportCount &count) {
    showPassing(QStringLiteral("%1 of %2").arg(count.folders).arg(countOf(count.total, "folder")));
}

TerminalText countText(const ImportCount &count) {
    QString first = QStringLiteral("%1: %2 new, %3 changed, %4 unchanged")
                        .arg(countOf(count.folders, "folder"))
                        .arg(count.created)
                        .arg(count.changed)
                        .arg(count.unchanged);
    if (count.own > 0)
        first += QStringLiteral(", %1 run here and left alone").arg(count.own);
    TerminalText text =
        lineText(QStringLiteral("%1; %2").arg(first, countOf(count.documents, "new document")));
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
            "\n" + lineText(countOf(count.anomalies.size(), "file") + QStringLiteral(" could not be read:"));
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

ExitCode importPath(const Context &context, const QCommandLineParser &parser) {
    const QString given = parser.positionalArguments().constFirst();
    const QString path = isGitAddress(given) ? given : QDir(given).absolutePath();
    const bool json = parser.isSet(QStringLiteral("json"));
    std::unique_ptr<StopSignal> stop;
    return withSession(context, [&](Session &session) {
        stop = std::make_unique<StopSignal>([&runner = session.imports()] { runner.cancel(); });
        session.imports().start(path, showProgress, [json](const Result<ImportCount> &count) {
            clearPassing();
            if (!count) {
                exitWith(fail(count.error().text, count.error().code == ErrorCode::Cancelled
                                                      ? ExitCode::Stopped
                                                      : ExitCode::NotDone));
                return;
            }
            print(json ? jsonText(QJsonDocument(countJson(*count))) : countText(*count));
            exitWith(ExitCode::Done);
        });
    });
}

} // namespace slipway::cli
