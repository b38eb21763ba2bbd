// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/campaignentry.h"

#include "models/campaign/versionorder.h"
#include "models/evidence/signature.h"

#include <QHash>

#include <algorithm>

namespace slipway {

namespace {

// What of a series has been seen, from its oldest campaign on.
struct Run {
    QString redSince;
    int redRuns = 0;
    qsizetype last = -1; ///< the entry before
};

QString signatureOf(const CampaignSummary &summary) {
    if (isUnderway(summary) || isGreen(summary))
        return {};
    return slipway::signatureOf(summary.verdict.value_or(Verdict::NoEvidence), summary.reason);
}

} // namespace

bool isGreen(const CampaignSummary &summary) {
    return summary.verdict == Verdict::Proven || summary.verdict == Verdict::UnprovenPass;
}

bool isUnderway(const CampaignSummary &summary) {
    return summary.state == RunState::Running || summary.state == RunState::Waiting;
}

int slotOf(const QString &id) {
    bool isNumber = false;
    const int slot = id.mid(seriesOf(id).size() + 2).toInt(&isNumber); // after "-r"
    return isNumber ? slot : -1;
}

QList<CampaignEntry> entriesOf(const QList<CampaignSummary> &newestFirst) {
    QList<CampaignEntry> entries(newestFirst.size());
    QHash<QString, Run> series;
    QHash<QString, int> alike;
    for (qsizetype i = newestFirst.size() - 1; i >= 0; --i) {
        CampaignEntry &entry = entries[i];
        entry.summary = newestFirst.at(i);
        entry.series = seriesOf(entry.summary.id);
        entry.slot = slotOf(entry.summary.id);
        entry.signature = signatureOf(entry.summary);
        if (isUnderway(entry.summary))
            continue; // not yet part of the row
        Run &run = series[entry.series];
        if (entry.needsLook()) {
            if (run.redRuns++ == 0)
                run.redSince = entry.summary.id;
            entry.redSince = run.redSince;
            entry.redRuns = run.redRuns;
            ++alike[entry.signature];
            if (run.last >= 0 && entries.at(run.last).signature == entry.signature) {
                entry.streak = entries.at(run.last).streak + 1;
                entries[run.last].folded = true;
            }
        } else {
            run.redRuns = 0;
        }
        run.last = i;
    }
    for (CampaignEntry &entry : entries) {
        if (entry.needsLook())
            entry.alike = alike.value(entry.signature);
    }
    return entries;
}

QStringList alikeIds(const QList<CampaignEntry> &entries, const QString &id) {
    const auto self = std::find_if(entries.begin(), entries.end(),
                                   [&](const CampaignEntry &entry) { return entry.summary.id == id; });
    QStringList ids{id};
    if (self == entries.end() || !self->needsLook())
        return ids;
    for (const CampaignEntry &entry : entries) {
        if (entry.signature == self->signature && entry.summary.id != id)
            ids << entry.summary.id;
    }
    return ids;
}

QString lastGreen(const QList<CampaignEntry> &entries, const QString &id) {
    const QString series = seriesOf(id);
    QString before;
    QString any;
    bool older = false;
    for (const CampaignEntry &entry : entries) {
        if (entry.summary.id == id) {
            older = true;
            continue;
        }
        if (!isGreen(entry.summary) || isUnderway(entry.summary))
            continue;
        if (older && entry.series == series)
            return entry.summary.id;
        if (older && before.isEmpty())
            before = entry.summary.id;
        if (any.isEmpty())
            any = entry.summary.id;
    }
    return before.isEmpty() ? any : before;
}

} // namespace slipway
