// SPDX-License-Identifier: GPL-3.0-or-later
// slipwayctl report-bug.
#include "app/cli/commands.h"
#include "app/cli/tables.h"
#include "app/core/outputfile.h"
#include "app/diagnostics/bugreport.h"
#include "app/diagnostics/eventlog.h"
#include "app/fleet/fleetstore.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"
#include "models/core/countof.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QMap>

namespace slipway::cli {

namespace {

constexpr int kMaxEvents = 300;

QStringList archiveLines(const Paths &paths) {
    const QFileInfo file(paths.archiveFile());
    if (!file.exists())
        return {QStringLiteral("there is no archive")};
    QStringList lines{QStringLiteral("archive: %1 bytes").arg(file.size())};
    const auto session = Session::openToLook(paths);
    if (!session)
        return lines << session.error().text;
    (*session)->queries().list([&lines](const Result<QList<CampaignSummary>> &campaigns) {
        if (!campaigns) {
            lines << campaigns.error().text;
        } else {
            QMap<QString, int> counts;
            for (const CampaignSummary &campaign : *campaigns)
                ++counts[verdictText(campaign)];
            lines << countOf(campaigns->size(), "campaign");
            for (auto count = counts.cbegin(); count != counts.cend(); ++count)
                lines << QStringLiteral("%1: %2").arg(count.key()).arg(count.value());
        }
        exitWith(ExitCode::Done);
    });
    QCoreApplication::exec();
    return lines << countOf(FleetStore(paths).list().size(), "fleet");
}

Result<void> writeReport(const QString &name, const QString &text) {
    QFile file(name);
    if (file.exists())
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("%1 is there already. Name another file.").arg(name)};
    const QByteArray bytes = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !file.setPermissions(kOwnerOnly) ||
        file.write(bytes) != bytes.size() || !file.flush())
        return unwritable(file);
    return {};
}

} // namespace

ExitCode reportBug(const Context &context, const QCommandLineParser &parser) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    QStringList events = EventLog(paths->eventLog()).lastLines(kMaxEvents);
    if (events.isEmpty())
        events << QStringLiteral("none were kept");
    const auto report = bugReport({machineSection(),
                                   {QStringLiteral("Archive"), archiveLines(*paths)},
                                   {QStringLiteral("Last events"), events}});
    if (!report)
        return fail(report.error(), ExitCode::NotDone);
    const QString out = parser.value(QStringLiteral("out"));
    if (out.isEmpty()) {
        print(fileText(report->toUtf8()));
        return ExitCode::Done;
    }
    if (const auto written = writeReport(out, *report); !written)
        return fail(written.error(), ExitCode::NotDone);
    print(lineText(
        QStringLiteral("%1: %2 bytes. Read it before you send it.").arg(out).arg(QFileInfo(out).size())));
    return ExitCode::Done;
}

} // namespace slipway::cli
