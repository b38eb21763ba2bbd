// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/insights.h"

namespace slipway {

void Insights::load(const QString &id, Done<QByteArray> done) {
    m_archive.ask<QByteArray>([id](CampaignStore &store) { return store.loadInsightEntry(id); },
                              std::move(done));
}

void Insights::save(const QString &id, const QByteArray &base, const QByteArray &entry,
                    Done<QByteArray> done) {
    m_archive.ask<QByteArray>(
        [id, base, entry](CampaignStore &store) { return store.saveInsight(id, base, entry); },
        std::move(done));
}

void Insights::loadNumbers(const QString &id, Done<Numbers> done) {
    m_archive.ask<CampaignRecord>(
        [id](CampaignStore &store) { return store.loadCampaign(id); },
        [&background = m_background, done = std::move(done)](const Result<CampaignRecord> &record) {
            if (!record) {
                done(record.error());
                return;
            }
            background.ask<Numbers>(
                [record = *record] {
                    return std::make_shared<EvidenceNumbers>(record.files, record.judgement);
                },
                [done](const Numbers &numbers) { done(numbers); });
        });
}

void Insights::lint(const Insight &insight, const Numbers &numbers, bool isOver,
                    std::function<void(const QList<InsightFinding> &)> done) {
    m_background.ask<QList<InsightFinding>>(
        [insight, numbers, isOver] { return insightFindings(insight, *numbers, isOver); }, std::move(done));
}

} // namespace slipway
