// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/judgementstore.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "app/archive/rowtext.h"
#include "app/archive/searchindex.h"
#include "models/evidence/judgementjson.h"

#include <QJsonDocument>

namespace slipway {

namespace {

// What can be searched of a judgement: why it is not a plain pass.
QList<SalientLine> reasonsOf(const Judgement &judgement) {
    QList<SalientLine> lines{{QStringLiteral("verdict"), judgement.reason}};
    for (const Check &check : judgement.checks) {
        if (!check.reason.isEmpty())
            lines.append({check.id, check.reason});
    }
    return lines;
}

} // namespace

JudgementStore::JudgementStore(Archive &archive) : m_archive(archive), m_database(archive.database()) {}

Result<void> JudgementStore::save(const QString &campaign, const Judgement &judgement) {
    return m_database.transaction([&]() -> Result<void> {
        auto insert =
            m_database.prepare("INSERT INTO judgement(campaign, judged_at, rules_version, verdict, content) "
                               "VALUES (?,?,?,?,?)");
        if (!insert)
            return insert.error();
        const QByteArray content = QJsonDocument(judgementToJson(judgement)).toJson(QJsonDocument::Compact);
        insert->bind(1, campaign)
            .bind(2, QDateTime::currentMSecsSinceEpoch())
            .bind(3, qint64(judgement.rulesVersion));
        insert->bind(4, verdictName(judgement.verdict)).bind(5, QString::fromUtf8(content));
        if (auto saved = m_database.run(*insert, QStringLiteral("saving the judgement of %1").arg(campaign));
            !saved)
            return saved;
        return SearchIndex(m_archive).replace(campaign, QStringLiteral("reason"), reasonsOf(judgement));
    });
}

Result<void> JudgementStore::addTo(CampaignRecord &record) {
    auto history = m_database.prepare(
        "SELECT judged_at, rules_version, verdict FROM judgement WHERE campaign=? ORDER BY id");
    auto select =
        m_database.prepare("SELECT content FROM judgement WHERE campaign=? ORDER BY id DESC LIMIT 1");
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

Result<int> JudgementStore::lastRules(const QString &campaign) {
    auto select =
        m_database.prepare("SELECT rules_version FROM judgement WHERE campaign=? ORDER BY id DESC LIMIT 1");
    if (!select)
        return select.error();
    select->bind(1, campaign);
    return select->next() ? static_cast<int>(select->integer(0)) : 0;
}

} // namespace slipway
