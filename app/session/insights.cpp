// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/insights.h"

#include "app/archive/campaignreader.h"
#include "app/archive/insightstore.h"

namespace slipway {

void Insights::load(const QString &id, Done<QByteArray> done) {
    m_archive.ask<QByteArray>([id](Archive &archive) { return InsightStore(archive).load(id); },
                              std::move(done));
}

void Insights::save(const QString &id, const QByteArray &base, const QByteArray &entry,
                    Done<QByteArray> done) {
    m_archive.ask<QByteArray>(
        [id, base, entry](Archive &archive) { return InsightStore(archive).save(id, base, entry); },
        std::move(done));
}

void Insights::loadNumbers(const QString &id, Done<Numbers> done) {
    m_archive.ask<CampaignRecord>(
        [id](Archive &archive) { return CampaignReader(archive).load(id); },
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
