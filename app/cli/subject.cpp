// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/subject.h"

#include "app/cli/asking.h"
#include "app/importer/folderjudge.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/publishedsummary.h"
#include "models/cycles/cycleline.h"

#include <QCoreApplication>
#include <QDir>

#include <memory>

namespace slipway::cli {

namespace {

bool isFolder(const QString &name) {
    return name.contains(QLatin1Char('/')) || name == QLatin1String(".") || name == QLatin1String("..");
}

Result<CampaignRecord> readFolderRecord(const QString &path, FolderCycles cycles) {
    const auto files = readCampaignFolder(path);
    if (!files)
        return files.error();
    CampaignRecord record;
    record.files = *files;
    const PublishedSummary published = readPublishedSummary(record.files);
    record.summary.id = QDir(QDir(path).absolutePath()).dirName();
    record.summary.ref = published.ref;
    record.summary.finishedAt = published.completedAt;
    record.summary.source = kImported;
    for (const EvidenceFile &file : record.files) {
        if (cycles == FolderCycles::Read && !faultOfCycleFile(file.name).isEmpty())
            record.cycles += readCycleFile(file).cycles;
    }
    setJudgement(record, judgeFolder(path, record.summary.id, record.files));
    return record;
}

// Takes one name after the other until all are read.
class Subjects : public std::enable_shared_from_this<Subjects> {
public:
    Subjects(const CampaignQueries *queries, QStringList names, FolderCycles cycles,
             std::function<ExitCode(const QList<CampaignRecord> &)> then)
        : m_queries(queries), m_names(std::move(names)), m_cycles(cycles), m_then(std::move(then)) {}

    /// The exit code, once all are read; otherwise it goes to exitWith().
    std::optional<ExitCode> next() {
        while (m_records.size() < m_names.size()) {
            const QString &name = m_names.at(m_records.size());
            if (isFolder(name)) {
                if (const auto code = take(readFolderRecord(name, m_cycles)))
                    return code;
                continue;
            }
            m_queries->judge(name, [self = shared_from_this()](const Result<CampaignRecord> &record) {
                auto code = self->take(record);
                if (!code)
                    code = self->next();
                if (code)
                    exitWith(*code);
            });
            return std::nullopt;
        }
        return m_then(m_records);
    }

private:
    std::optional<ExitCode> take(const Result<CampaignRecord> &record) {
        if (!record)
            return fail(record.error(), ExitCode::NotDone);
        m_records.append(*record);
        return std::nullopt;
    }

    const CampaignQueries *m_queries;
    QStringList m_names;
    FolderCycles m_cycles;
    QList<CampaignRecord> m_records;
    std::function<ExitCode(const QList<CampaignRecord> &)> m_then;
};

} // namespace

ExitCode withSubjects(const Context &context, const QStringList &names, FolderCycles cycles,
                      const std::function<ExitCode(const QList<CampaignRecord> &)> &then) {
    if (std::all_of(names.begin(), names.end(), isFolder))
        return std::make_shared<Subjects>(nullptr, names, cycles, then)->next().value_or(ExitCode::NotDone);
    return lookWithSession(context, [&](Session &session) {
        const auto subjects = std::make_shared<Subjects>(&session.queries(), names, cycles, then);
        if (const auto code = subjects->next())
            QMetaObject::invokeMethod(
                QCoreApplication::instance(), [code] { exitWith(*code); }, Qt::QueuedConnection);
    });
}

} // namespace slipway::cli
