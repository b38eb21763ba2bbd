// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asking.h"
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/core/stopsignal.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

#include <unistd.h>

namespace slipway::cli {

namespace {

constexpr int kFailed = 4;
constexpr int kStopped = 5;

const char *const kHelp =
    "slipwayctl [--data-dir DIR] import PATH [--json]\n\n"
    "Takes a Pages repo, its runs/ folder or one campaign's folder into the archive: every file byte for "
    "byte,\n"
    "judged anew. Importing again adds what is new; a file that changed becomes a new revision.\n"
    "Exit code: 0, 4 when the path or the archive cannot be used, 5 when it was stopped.\n";

void showProgress(const ImportCount &count) {
    if (isatty(STDERR_FILENO) != 0) {
        const QByteArray line = QByteArray("\r") + QByteArray::number(count.folders) + " of " +
                                QByteArray::number(count.total) + " folders";
        (void)std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    }
}

QString countText(const ImportCount &count) {
    QString text = QStringLiteral("%1 folders: %2 new, %3 changed, %4 as they were")
                       .arg(count.folders)
                       .arg(count.created)
                       .arg(count.changed)
                       .arg(count.unchanged);
    if (count.own > 0)
        text += QStringLiteral(", %1 run here and left alone").arg(count.own);
    text += QStringLiteral("; %1 new documents\n").arg(count.documents);
    for (auto it = count.verdicts.constBegin(); it != count.verdicts.constEnd(); ++it)
        text += QStringLiteral("  %1  %2\n").arg(*it, 6).arg(verdictName(it.key()));
    if (!count.anomalies.isEmpty())
        text += QStringLiteral("\n%1 files could not be read:\n").arg(count.anomalies.size());
    for (const QString &anomaly : count.anomalies)
        text += QStringLiteral("  ") + plainText(anomaly) + QLatin1Char('\n');
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
            {QStringLiteral("anomalies"), QJsonArray::fromStringList(count.anomalies)}};
}

} // namespace

int importPath(const Context &context, const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), {}});
    if (const auto code = parse(parser, QStringLiteral("import"), arguments, kHelp, 1, 1))
        return *code;
    const QString path = QDir(parser.positionalArguments().constFirst()).absolutePath();
    const bool json = parser.isSet(QStringLiteral("json"));
    std::unique_ptr<StopSignal> stop;
    return withServices(context, [&](Services &services) {
        stop = std::make_unique<StopSignal>([&services] { services.cancelImport(); });
        services.importPages(path, showProgress, [json](const Result<ImportCount> &count) {
            if (isatty(STDERR_FILENO) != 0)
                (void)std::fputs("\r\033[K", stderr);
            if (!count) {
                QCoreApplication::exit(fail(count.error().text,
                                            count.error().code == ErrorCode::Cancelled ? kStopped : kFailed));
                return;
            }
            print(json ? QString::fromUtf8(QJsonDocument(countJson(*count)).toJson()) : countText(*count));
            QCoreApplication::exit(0);
        });
    });
}

} // namespace slipway::cli
