// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignstore.h"

#include "app/archive/changedrows.h"
#include "app/archive/database.h"
#include "app/archive/rowtext.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/versionorder.h"
#include "models/evidence/judgementjson.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>
#include <vector>

namespace slipway {

namespace {

constexpr const char *kSummaryColumns = "SELECT id, ref, fleet, protocol, source, started_at, state, "
                                        "finished_at, verdict, claimed, reason, claim FROM campaign ";

CampaignSummary readSummary(const Statement &row) {
    CampaignSummary summary;
    summary.id = row.text(0);
    summary.ref = row.text(1);
    summary.fleet = row.text(2);
    summary.protocol = row.text(3);
    summary.source = row.text(4);
    summary.startedAt = timeFrom(row.optionalInteger(5));
    readOutcome(row, 6, summary);
    return summary;
}

// Ids in version order where times are equal. Published folders do not say when they began.
void sortNewestFirst(QList<CampaignSummary> &list) {
    struct Place {
        qint64 time;
        qsizetype index;
    };
    std::vector<Place> places; // a summary is large, and would be moved many times
    places.reserve(static_cast<size_t>(list.size()));
    for (qsizetype i = 0; i < list.size(); ++i) {
        const CampaignSummary &summary = list.at(i);
        const QDateTime &time = summary.startedAt.isValid() ? summary.startedAt : summary.finishedAt;
        places.push_back({time.toMSecsSinceEpoch(), i});
    }
    std::sort(places.begin(), places.end(), [&](const Place &a, const Place &b) {
        return a.time != b.time ? a.time > b.time : versionLess(list.at(b.index).id, list.at(a.index).id);
    });
    QList<CampaignSummary> sorted;
    sorted.reserve(list.size());
    for (const Place &place : places)
        sorted.append(std::move(list[place.index]));
    list = std::move(sorted);
}

constexpr qsizetype kTrigram = 3;

// A word as FTS5 takes it: quoted, so that it is not an operator.
QString quotedWord(QString word) {
    return QLatin1Char('"') + word.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QString likePattern(QString word) {
    for (const QLatin1Char letter : {QLatin1Char('\\'), QLatin1Char('%'), QLatin1Char('_')})
        word.replace(letter, QLatin1Char('\\') + QString(letter));
    return QLatin1Char('%') + word + QLatin1Char('%');
}

} // namespace

Result<QList<CampaignSummary>> CampaignStore::listCampaigns() {
    // The last word about a campaign stands (a bare column beside max() is of its row).
    const QByteArray sql =
        QByteArray(kSummaryColumns) +
        "WHERE id NOT IN (SELECT campaign FROM (SELECT campaign, removed, max(id) FROM removal "
        "GROUP BY campaign) WHERE removed)";
    auto select = m_database->prepare(sql.constData());
    if (!select)
        return select.error();
    QList<CampaignSummary> list;
    while (select->next())
        list.append(readSummary(*select));
    if (select->status() != SQLITE_DONE)
        return m_database->error(QStringLiteral("listing campaigns"));
    sortNewestFirst(list);
    TRY(addTriage(list));
    return list;
}

Result<CampaignSummary> CampaignStore::loadSummary(const QString &id) {
    const QByteArray sql = QByteArray(kSummaryColumns) + "WHERE id=?";
    auto select = m_database->prepare(sql.constData());
    if (!select)
        return select.error();
    select->bind(1, id);
    if (!select->next())
        return noSuchCampaign(id);
    return readSummary(*select);
}

Result<CampaignRecord> CampaignStore::loadCampaign(const QString &id) {
    CampaignRecord record;
    record.summary.id = id;
    const auto loaded = m_database->atOneMoment([&]() -> Result<void> {
        if (!m_database->isWriting()) {
            const auto changed = changedRowsOf(*m_database, id);
            if (!changed)
                return changed.error();
            record.findings = *changed;
        }
        return loadParts(record);
    });
    // Without its row, or with one that cannot be read, what was done to it is still told.
    if (!loaded && !record.findings.isEmpty())
        return notAsRecorded(id, record.findings, loaded.error());
    if (!loaded)
        return loaded.error();
    if (!record.findings.isEmpty()) {
        Judgement judgement;
        judgement.claimedPass = record.summary.claimedPass;
        judgement.claim = record.summary.claim;
        setJudgement(record, record.judgement.value_or(judgement));
    }
    return record;
}

Result<void> CampaignStore::loadParts(CampaignRecord &record) {
    const auto summary = loadSummary(record.summary.id);
    if (!summary)
        return summary.error();
    record.summary = *summary;
    for (const auto load :
         {&CampaignStore::loadPlan, &CampaignStore::loadRuns, &CampaignStore::loadFiles,
          &CampaignStore::loadClones, &CampaignStore::loadJudgements, &CampaignStore::loadCycles,
          &CampaignStore::loadInsight, &CampaignStore::loadTriage}) {
        TRY((this->*load)(record));
    }
    return {};
}

Result<void> CampaignStore::loadPlan(CampaignRecord &record) {
    const QString &id = record.summary.id;
    auto parameters = m_database->prepare("SELECT name, value FROM parameter WHERE campaign=?");
    if (!parameters)
        return parameters.error();
    parameters->bind(1, id);
    while (parameters->next())
        record.parameters.insert(parameters->text(0), parameters->text(1));
    auto plan = m_database->prepare("SELECT peers, phases FROM campaign WHERE id=?");
    if (!plan)
        return plan.error();
    plan->bind(1, id);
    if (plan->next()) {
        record.peers = plan->text(0).split(kListSeparator, Qt::SkipEmptyParts);
        record.requiredPhases = numbersFromText(plan->text(1));
    }
    return {};
}

Result<void> CampaignStore::loadRuns(CampaignRecord &record) {
    auto select = m_database->prepare(
        "SELECT phase, step, host, state, started_at, finished_at, exit_code, job, message "
        "FROM phase_run WHERE campaign=? ORDER BY position");
    if (!select)
        return select.error();
    select->bind(1, record.summary.id);
    while (select->next()) {
        PhaseRun run;
        run.phase = static_cast<int>(select->integer(0));
        run.step = select->text(1);
        run.host = select->text(2);
        run.state = runStateFromName(select->text(3)).value_or(RunState::Lost);
        run.startedAt = timeFrom(select->optionalInteger(4));
        run.finishedAt = timeFrom(select->optionalInteger(5));
        if (const auto code = select->optionalInteger(6))
            run.exitCode = static_cast<int>(*code);
        run.jobId = select->text(7);
        run.message = select->text(8);
        record.phaseRuns.append(run);
    }
    return {};
}

Result<void> CampaignStore::loadFiles(CampaignRecord &record) {
    auto select =
        m_database->prepare("SELECT name, bytes, problem, removed, max(revision) FROM evidence_file WHERE "
                            "campaign=? GROUP BY name ORDER BY name");
    if (!select)
        return select.error();
    select->bind(1, record.summary.id);
    while (select->next()) {
        if (select->integer(3) == 0)
            record.files.append({select->text(0), select->blob(1), select->text(2)});
    }
    if (select->status() != SQLITE_DONE)
        return m_database->error(QStringLiteral("reading the files of %1").arg(record.summary.id));
    return {};
}

Result<void> CampaignStore::loadClones(CampaignRecord &record) {
    auto select =
        m_database->prepare("SELECT count(DISTINCT campaign) FROM evidence_file WHERE name=? AND sha256=? "
                            "AND campaign<>?");
    if (!select)
        return select.error();
    for (const EvidenceFile &file : record.files) {
        if (file.bytes.isEmpty())
            continue;
        select->reset();
        select->bind(1, file.name).bind(2, sha256Text(file.bytes)).bind(3, record.summary.id);
        if (!select->next())
            return m_database->error(QStringLiteral("counting copies of %1").arg(file.name));
        if (select->integer(0) > 0)
            record.clones.insert(file.name, select->integer(0));
    }
    return {};
}

Result<void> CampaignStore::loadJudgements(CampaignRecord &record) {
    auto history = m_database->prepare(
        "SELECT judged_at, rules_version, verdict FROM judgement WHERE campaign=? ORDER BY id");
    auto select =
        m_database->prepare("SELECT content FROM judgement WHERE campaign=? ORDER BY id DESC LIMIT 1");
    if (!history || !select)
        return history ? select.error() : history.error();
    history->bind(1, record.summary.id);
    while (history->next())
        record.history.append({timeFrom(history->integer(0)), static_cast<int>(history->integer(1)),
                               verdictFromName(history->text(2)).value_or(Verdict::NoEvidence)});
    select->bind(1, record.summary.id);
    if (!select->next())
        return {};
    const auto judgement = judgementFromJson(QJsonDocument::fromJson(select->text(0).toUtf8()).object());
    if (!judgement)
        return judgement.error();
    record.judgement = *judgement;
    return {};
}

// The index is of three letters each. Shorter words are looked for in what the longer ones found, or in
// everything.
Result<QList<SearchHit>> CampaignStore::search(const QString &words, int most) {
    QStringList indexed;
    QStringList patterns;
    for (const QString &word : foldedText(words).simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (word.toUcs4().size() >= kTrigram)
            indexed << quotedWord(word);
        else
            patterns << likePattern(word);
    }
    if (indexed.isEmpty() && patterns.isEmpty())
        return QList<SearchHit>();
    QByteArray sql = "SELECT campaign, kind, place, salient.text FROM ";
    sql += indexed.isEmpty()
               ? "salient WHERE 1"
               : "salient_text JOIN salient ON salient.id = salient_text.rowid WHERE salient_text "
                 "MATCH ?2";
    for (qsizetype i = 0; i < patterns.size(); ++i)
        sql += " AND salient.folded LIKE ?" + QByteArray::number(i + 3) + " ESCAPE '\\'";
    sql += " AND campaign NOT IN (SELECT campaign FROM (SELECT campaign, removed, max(id) FROM "
           "removal GROUP BY campaign) WHERE removed)";
    sql += indexed.isEmpty() ? " ORDER BY salient.id DESC LIMIT ?1" : " ORDER BY rank LIMIT ?1";
    auto select = m_database->prepare(sql.constData());
    if (!select)
        return select.error();
    select->bind(1, qint64(most));
    if (!indexed.isEmpty())
        select->bind(2, indexed.join(QLatin1Char(' ')));
    for (int i = 0; i < patterns.size(); ++i)
        select->bind(i + 3, patterns.at(i));
    QList<SearchHit> hits;
    while (select->next())
        hits.append({select->text(0), select->text(1), select->text(2), select->text(3)});
    if (select->status() != SQLITE_DONE)
        return m_database->error(QStringLiteral("searching for %1").arg(words));
    return hits;
}

} // namespace slipway
