// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/releaserequest.h"

#include "models/evidence/derivation.h"

#include <QRegularExpression>

namespace slipway {

namespace {

constexpr qsizetype kMaxVersion = 64;

// "v0.6.3" of "v0.6.3", "release/v0.6.3" and "refs/tags/v0.6.3".
bool isRefOf(const QString &ref, const QString &version) {
    return ref.section(QLatin1Char('/'), -1) == version;
}

// "ai-memory 0.6.3" of "v0.6.3": the number as a word of its own.
bool isServerOf(const QString &server, const QString &version) {
    const QRegularExpression number(QStringLiteral("(^|[^0-9A-Za-z.])v?%1($|[^0-9A-Za-z.-])")
                                        .arg(QRegularExpression::escape(version.mid(1))));
    return number.match(server).hasMatch();
}

// A release is a statement about bytes: about those that the campaign measured.
Result<void> allowIdentity(const CampaignRecord &record, const ReleaseRequest &request) {
    const QString &ref = record.summary.ref;
    if (ref.isEmpty() && !isRefOf(request.acceptedRef, request.version))
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 was run without --ref, so nothing says what it is a campaign of. If that is "
                           "%2, say --ref %2.")
                .arg(record.summary.id, request.version)};
    if (!ref.isEmpty() && !isRefOf(ref, request.version) && ref != request.acceptedRef)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is a campaign of ref \"%2\", not of %3. If that is what %3 is made of, say "
                           "--ref %2.")
                .arg(record.summary.id, ref, request.version)};
    const QList<MeasuredServer> servers = serversOf(record.files);
    if (servers.isEmpty())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 does not say which server it measured.").arg(record.summary.id)};
    for (const MeasuredServer &server : servers) {
        if (!isServerOf(server.version, request.version) && server.version != request.acceptedServer)
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("%1 measured \"%2\" on %3, whose version is not %4. If that is what %4 is, "
                               "say --server \"%2\".")
                    .arg(record.summary.id, server.version, server.host, request.version)};
    }
    return {};
}

// The claim is the protocol's; what asks for less releases nothing, whoever says yes.
Result<void> allowClaim(const CampaignRecord &record) {
    for (const Check &check : record.judgement->checks) {
        if (check.id == QLatin1String("campaign.plan_claim") && check.outcome != Check::Outcome::Pass)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1 cannot be released: %2. Run a campaign that "
                                        "asks for all of the claim.")
                             .arg(record.summary.id, check.reason)};
    }
    return {};
}

} // namespace

Result<void> checkRelease(const CampaignRecord &record, const ReleaseRequest &request) {
    static const QRegularExpression version(
        QStringLiteral("^v\\d+\\.\\d+\\.\\d+(?:\\.\\d+)?(?:-[A-Za-z0-9.-]+)?\\z"));
    if (request.version.size() > kMaxVersion || !version.match(request.version).hasMatch())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" is not a version; v0.6.3 or v0.6.3.1-rc1 is one.").arg(request.version)};
    const Verdict verdict = record.judgement ? record.judgement->verdict : Verdict::NoEvidence;
    const QString reason = record.judgement ? record.judgement->reason : QString();
    if (verdict == Verdict::Proven || (verdict == Verdict::UnprovenPass && request.acceptUnproven)) {
        TRY(allowClaim(record));
        return allowIdentity(record, request);
    }
    if (verdict == Verdict::UnprovenPass)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is an UNPROVEN PASS: %2. --accept-unproven releases it all the same, and says "
                           "so in its notes.")
                .arg(record.summary.id, reason)};
    return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is not released: its verdict is %2. %3")
                                              .arg(record.summary.id, verdictName(verdict), reason)};
}

} // namespace slipway
