// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/unsearched.h"

#include "app/core/paths.h"
#include "app/pages/write/runexport.h"
#include "app/pages/write/runpage.h"
#include "app/session/campaignqueries.h"
#include "app/session/session.h"
#include "models/evidence/checksfile.h"
#include "models/evidence/manifest.h"
#include "models/evidence/publishednames.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSet>

#include <optional>

namespace slipway::cli {

namespace {

// Waits for the one answer of `ask`.
template <typename T>
Result<T> answerOf(const std::function<void(std::function<void(Result<T>)>)> &ask) {
    std::optional<Result<T>> answer;
    QEventLoop wait;
    ask([&](const Result<T> &given) {
        answer = given;
        wait.quit();
    });
    if (!answer)
        wait.exec();
    return *answer;
}

// As an export calls them.
QStringList publishedFiles(const CampaignRecord &record) {
    QStringList names;
    for (const EvidenceFile &file : record.files + record.observations) {
        if (!isMadeByExport(file.name))
            names << file.name;
    }
    QStringList published;
    for (const PublishedNames::Name &name :
         publishedNames(names, {kBadge, kPage, kChecks, kManifest, kManifestSignature}))
        published << name.name;
    return published;
}

Result<QStringList> everyCampaign(const CampaignQueries &queries) {
    const auto list = answerOf<QList<CampaignSummary>>([&](const auto &done) { queries.list(done); });
    if (!list)
        return list.error();
    QStringList ids;
    for (const CampaignSummary &campaign : *list)
        ids << campaign.id;
    return ids;
}

} // namespace

Result<void> checkUnsearched(const Context &context, const QStringList &ids, const QStringList &files) {
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return paths.error();
    const auto session = Session::openToLook(*paths);
    if (!session)
        return session.error();
    const auto campaigns = ids.isEmpty() ? everyCampaign((*session)->queries()) : Result<QStringList>(ids);
    if (!campaigns)
        return campaigns.error();
    QSet<QString> unknown(files.begin(), files.end());
    for (const QString &id : *campaigns) {
        if (unknown.isEmpty())
            return {};
        const auto record =
            answerOf<CampaignRecord>([&](const auto &done) { (*session)->queries().load(id, done); });
        if (!record)
            return record.error();
        for (const QString &name : publishedFiles(*record)) {
            unknown.remove(name);
            unknown.remove(id + QLatin1Char('/') + name);
        }
    }
    for (const QString &file : files) {
        if (unknown.contains(file))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("--publish-unsearched: no campaign that is exported has a file %1").arg(file)};
    }
    return {};
}

} // namespace slipway::cli
