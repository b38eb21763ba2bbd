// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/campaignimport.h"

#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/searchindex.h"
#include "models/evidence/recordedplan.h"
#include "models/log/severity.h"
#include "models/observation/zstream.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kSalientLines = 1000;
constexpr qsizetype kSalientLength = 500;

// Files that are not JSON are logs, wherever they landed; their warnings and errors are worth finding.
QList<SalientLine> salientLines(const QList<EvidenceFile> &files) {
    QList<SalientLine> lines;
    for (const EvidenceFile &file : files) {
        const bool isText =
            file.name.endsWith(QLatin1String(".log")) || file.name.endsWith(QLatin1String(".json"));
        if (!isText || file.bytes.startsWith('{'))
            continue;
        // What follows a line that is too long is not found.
        [[maybe_unused]] const auto read = forEachLine(file, [&](QByteArrayView line, qint64 offset) {
            if (lines.size() == kSalientLines)
                return false;
            const QByteArray begin = line.first(std::min(line.size(), kSalientLength)).toByteArray();
            if (severityOf(begin) != Severity::Normal)
                lines.append(
                    {QStringLiteral("%1, byte %2").arg(file.name).arg(offset), QString::fromUtf8(begin)});
            return true;
        });
    }
    return lines;
}

// The plan is recorded before the start and never again: with another one it is another campaign.
Result<void> refuseOtherPlan(Archive &archive, const CampaignRecord &record) {
    const EvidenceFile *plan = findFile(record.files, kPlanFile);
    const auto known = EvidenceStore(archive).loadRevisions(record.summary.id, kPlanFile);
    if (!known)
        return known.error();
    if (!plan || !plan->problem.isEmpty() || known->isEmpty() || known->constLast() == plan->bytes)
        return {};
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral("it came with another %1 than the campaign that is archived under this name, so "
                       "it is another campaign; the archived one is as it was. Rename the folder to "
                       "import it as one of its own")
            .arg(kPlanFile)};
}

} // namespace

Result<ImportOutcome> importCampaign(Archive &archive, const CampaignRecord &record) {
    CampaignStore campaigns(archive);
    EvidenceStore evidence(archive);
    JudgementStore judgements(archive);
    ImportOutcome outcome;
    const QString &id = record.summary.id;
    const auto done = archive.transaction([&]() -> Result<void> {
        const auto known = campaigns.loadSummary(id);
        if (known && known->source != kImported) {
            outcome.what = Imported::Own;
            return {};
        }
        if (!known) {
            if (known.error().code != ErrorCode::NotFound)
                return known.error();
            TRY(campaigns.create(record));
            outcome.what = Imported::New;
        } else {
            outcome.before = known->verdict;
            TRY(refuseOtherPlan(archive, record));
        }
        bool changed = false;
        for (const EvidenceFile &file : record.files) {
            const auto saved = evidence.save(id, file);
            if (!saved)
                return saved.error();
            changed = changed || *saved;
        }
        const auto removed = evidence.removeOthers(id, record.files);
        if (!removed)
            return removed.error();
        const auto rules = judgements.lastRules(id);
        if (!rules)
            return rules.error();
        changed = changed || *removed;
        if (outcome.what == Imported::Unchanged && changed)
            outcome.what = Imported::Changed;
        if (outcome.what == Imported::Unchanged && *rules >= record.judgement->rulesVersion)
            return {};
        TRY(judgements.save(id, *record.judgement));
        TRY(SearchIndex(archive).replace(id, QStringLiteral("log"), salientLines(record.files)));
        return campaigns.update(record.summary);
    });
    if (!done)
        return done.error();
    return outcome;
}

} // namespace slipway
