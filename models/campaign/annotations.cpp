// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/annotations.h"

#include "models/core/plaintext.h"
#include "models/evidence/decidingcheck.h"
#include "models/evidence/excerpt.h"
#include "models/evidence/verdictclaim.h"

namespace slipway {

namespace {

constexpr qsizetype kMaxAnnotations = 10;

QString message(const QString &text) {
    return plainText(text).replace(QLatin1Char('%'), QLatin1String("%25"));
}

QString property(const QString &text) {
    return message(text)
        .replace(QLatin1Char(':'), QLatin1String("%3A"))
        .replace(QLatin1Char(','), QLatin1String("%2C"));
}

QString placeOf(const CampaignRecord &record, const SourceRange &source) {
    const EvidenceFile *file = findFile(record.files, source.file);
    if (!file)
        return {};
    return QStringLiteral("file=%1,line=%2,")
        .arg(property(QStringLiteral("runs/%1/%2").arg(record.summary.id, source.file)))
        .arg(lineNumberOf(file->bytes, source.offset));
}

QString checkLine(const CampaignRecord &record, const Check &check) {
    const bool isWarning = check.flaw == Check::Flaw::Unsupported;
    return QStringLiteral("::%1 %2title=%3::%4. Expected %5, measured %6.")
        .arg(isWarning ? QStringLiteral("warning") : QStringLiteral("error"), placeOf(record, check.source),
             property(check.id), message(check.reason), message(check.expected), message(check.actual));
}

} // namespace

QStringList githubAnnotations(const CampaignRecord &record) {
    if (!record.judgement)
        return {QStringLiteral("::error title=%1::It was not judged.").arg(property(record.summary.id))};
    const Judgement &judgement = *record.judgement;
    const QString verdict = verdictName(judgement.verdict);
    const QString level = judgement.verdict == Verdict::Proven         ? QStringLiteral("notice")
                          : judgement.verdict == Verdict::UnprovenPass ? QStringLiteral("warning")
                                                                       : QStringLiteral("error");
    QStringList lines{QStringLiteral("::%1 title=%2::%3")
                          .arg(level, property(QStringLiteral("%1: %2").arg(record.summary.id, verdict)),
                               message(withClaim(judgement.reason, judgement.verdict, judgement.claim)))};
    const Check *deciding = decidingCheck(judgement);
    if (deciding && deciding->outcome != Check::Outcome::Pass)
        lines.append(checkLine(record, *deciding));
    for (const Check &check : judgement.checks) {
        if (lines.size() == kMaxAnnotations)
            break;
        if (check.outcome != Check::Outcome::Pass && &check != deciding)
            lines.append(checkLine(record, check));
    }
    return lines;
}

} // namespace slipway
