// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/publishedfiles.h"

#include "app/pages/write/filemask.h"
#include "app/pages/write/runplace.h"
#include "app/pages/write/treefile.h"
#include "models/evidence/checksfile.h"
#include "models/evidence/filename.h"
#include "models/evidence/publishednames.h"
#include "models/evidence/recordedplan.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

// Why a file cannot be published under its name; empty when it can. A name is published as it is, so a secret
// in it cannot be masked.
Result<QString> problemOfName(const QString &name, const ExportOptions &options) {
    const auto masked = maskedText(name, options.redaction);
    if (!masked)
        return masked.error();
    if (*masked != name)
        return QStringLiteral("its name holds what is masked in texts");
    const auto bytes = nameBytes(name);
    return bytes && isPublishable(*bytes) ? QString()
                                          : QStringLiteral("that is not a valid file name in a repository");
}

// Every "token" of a plan is the launch token of a run.
void addTokens(const QJsonValue &value, QSet<QByteArray> &tokens) {
    for (const QJsonValue one : value.toArray())
        addTokens(one, tokens);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QLatin1String("token"))
            tokens.insert(it->toString().toUtf8());
        addTokens(*it, tokens);
    }
}

} // namespace

void sortByName(QList<EvidenceFile> &files) {
    std::sort(files.begin(), files.end(),
              [](const EvidenceFile &a, const EvidenceFile &b) { return a.name < b.name; });
}

QSet<QByteArray> launchTokens(const CampaignRecord &record) {
    QSet<QByteArray> tokens;
    for (const PhaseRun &run : record.phaseRuns)
        tokens.insert(run.jobId.toUtf8());
    for (const EvidenceFile &file : record.files) {
        if (file.name == kPlanFile)
            addTokens(QJsonDocument::fromJson(file.bytes).object(), tokens);
    }
    return tokens;
}

// Whether it is published: nothing speaks against it, or a person said yes to it by name.
bool PublishedFiles::takeHeldBack(const QString &name, const QString &why, const QString &campaign,
                                  const ExportOptions &options) {
    if (why.isEmpty())
        return true;
    if (options.publishUnsearched.contains(name) ||
        options.publishUnsearched.contains(campaign + QLatin1Char('/') + name)) {
        warnings << QStringLiteral("%1 is published since you said so, though %2.").arg(name, why);
        return true;
    }
    absent.append({name, {}, QStringLiteral("held back: ") + why});
    heldBack << name;
    warnings << QStringLiteral("%1 is held back: %2. Look into it; --publish-unsearched %1, or a tick in the "
                               "window, publishes it as it is.")
                    .arg(name, why);
    return false;
}

void PublishedFiles::leaveOut(const QString &shown, const QString &problem) {
    absent.append({shown, {}, problem});
    warnings << QStringLiteral("%1 is left out: %2").arg(shown, problem);
}

// `why`: it has another name than in the archive.
Result<void> PublishedFiles::take(const EvidenceFile &file, const QString &name, const QString &why,
                                  const QString &campaign, const ExportOptions &options) {
    const auto found = maskFile({name, file.bytes}, options.redaction);
    if (!found)
        return found.error();
    if (!takeHeldBack(name, found->heldBack, campaign, options))
        return {};
    if (!why.isEmpty()) {
        renamed.insert(name, file.name);
        warnings << QStringLiteral("\"%1\" is published as %2: the name %3.").arg(file.name, name, why);
    }
    masked += found->masked;
    files.append(found->file);
    return {};
}

Result<PublishedFiles> PublishedFiles::of(const CampaignRecord &record, const ExportOptions &options) {
    QList<EvidenceFile> evidence = record.files + record.observations;
    evidence.removeIf([](const EvidenceFile &file) { return isMadeByExport(file.name); });
    QStringList names;
    for (const EvidenceFile &file : std::as_const(evidence))
        names << file.name;
    const auto published = publishedNames(names, {kBadge, kPage, kChecks, kManifest, kManifestSignature});
    PublishedFiles all;
    for (const EvidenceFile &file : std::as_const(evidence)) {
        const auto unnamed = problemOfName(file.name, options);
        if (!unnamed)
            return unnamed.error();
        if (const QString problem = file.problem.isEmpty() ? *unnamed : file.problem; !problem.isEmpty()) {
            const auto shown = maskedText(file.name, options.redaction);
            if (!shown)
                return shown.error();
            all.leaveOut(*shown, problem);
            continue;
        }
        const PublishedNames::Name name = published.value(file.name);
        TRY(all.take(file, name.name, name.why, record.summary.id, options));
    }
    sortByName(all.files); // the page is then the same, wherever they came from
    return all;
}

Result<void> PublishedFiles::add(const QString &name, QByteArray bytes, const ExportOptions &options) {
    const auto found = mask(name, bytes, options.redaction);
    if (!found)
        return found.error();
    masked += *found;
    files.append({name, bytes});
    return {};
}

} // namespace slipway
