// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/issuetext.h"
#include "models/evidence/verdictclaim.h"

#include "models/evidence/excerpt.h"

#include <QCryptographicHash>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kChecks = 20;

qsizetype longestTicks(const QString &text) {
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// CommonMark 6.1: a code span ends at as many ticks as it began with.
QString code(const QString &text) {
    const QString line = text.simplified();
    if (line.isEmpty())
        return QStringLiteral("–");
    const QString ticks(longestTicks(line) + 1, QLatin1Char('`'));
    const bool touches = line.startsWith(QLatin1Char('`')) || line.endsWith(QLatin1Char('`'));
    const QString pad = touches ? QStringLiteral(" ") : QString();
    return ticks + pad + line + pad + ticks;
}

QString fence(const QString &text) {
    const QString ticks(std::max<qsizetype>(3, longestTicks(text) + 1), QLatin1Char('`'));
    return ticks + QStringLiteral("text\n") + text + QLatin1Char('\n') + ticks + QLatin1Char('\n');
}

const EvidenceFile *fileOf(const CampaignRecord &record, const QString &name) {
    const auto it = std::find_if(record.files.begin(), record.files.end(),
                                 [&](const EvidenceFile &file) { return file.name == name; });
    return it == record.files.end() ? nullptr : &*it;
}

QString checkText(const CampaignRecord &record, const Check &check, bool withBytes) {
    QString text = QStringLiteral("- %1: expected %2, measured %3")
                       .arg(code(check.id), code(check.expected), code(check.actual));
    if (check.n)
        text += QStringLiteral(", n = %1").arg(*check.n);
    const EvidenceFile *file = fileOf(record, check.source.file);
    if (!file)
        return text +
               (check.source.file.isEmpty()
                    ? QString()
                    : QStringLiteral("; %1 is not there").arg(code(check.source.file))) +
               QLatin1Char('\n');
    text += QStringLiteral("\n  %1, bytes %2 to %3, SHA-256 `%4`\n")
                .arg(code(check.source.file))
                .arg(check.source.offset)
                .arg(check.source.offset + check.source.length)
                .arg(QString::fromLatin1(
                    QCryptographicHash::hash(file->bytes, QCryptographicHash::Sha256).toHex()));
    const QStringList lines = withBytes ? excerptOf(file->bytes, check.source).lines : QStringList();
    return lines.isEmpty()
               ? text
               : text + QLatin1Char('\n') + fence(lines.join(QLatin1Char('\n'))) + QLatin1Char('\n');
}

} // namespace

QString issueText(const CampaignRecord &record, const CampaignEntry &entry) {
    const CampaignSummary &summary = entry.summary;
    const QString verdict = summary.verdict ? verdictName(*summary.verdict) : runStateName(summary.state);
    const QString claim = summary.verdict ? claimSentence(*summary.verdict, summary.claim) : QString();
    QString text = QStringLiteral("## %1: %2\n\n%3\n\n").arg(code(summary.id), verdict, code(summary.reason));
    const auto line = [&text](const QString &title, const QString &value) {
        if (!value.isEmpty())
            text += QStringLiteral("- %1: %2\n").arg(title, value);
    };
    line(QStringLiteral("ref"), summary.ref.isEmpty() ? QString() : code(summary.ref));
    line(QStringLiteral("verdict of"), claim.isEmpty() ? QString() : code(claim));
    line(QStringLiteral("its summary says"), !summary.claimedPass   ? QStringLiteral("nothing")
                                             : *summary.claimedPass ? QStringLiteral("pass")
                                                                    : QStringLiteral("fail"));
    line(QStringLiteral("red since"),
         entry.needsLook() ? QStringLiteral("%1 (%2 runs)").arg(code(entry.redSince)).arg(entry.redRuns)
                           : QString());
    line(QStringLiteral("failed the same way"),
         entry.alike > 1 ? QStringLiteral("%1 campaigns").arg(entry.alike) : QString());
    line(QStringLiteral("class"),
         summary.triage.failureClass ? failureClassName(*summary.triage.failureClass) : QString());
    line(QStringLiteral("note"), summary.triage.note.isEmpty() ? QString() : code(summary.triage.note));
    if (!record.judgement)
        return text;
    text += QStringLiteral("\nChecks that do not hold:\n\n");
    int told = 0;
    for (const Check &check : record.judgement->checks) {
        if (check.outcome == Check::Outcome::Pass)
            continue;
        if (told == kChecks) {
            text += QStringLiteral("- … and more\n");
            break;
        }
        text += checkText(record, check, check.phase == record.judgement->blamedPhase);
        ++told;
    }
    return text +
           QStringLiteral("\nJudged by Slipway's rules %1 from the evidence alone; `slipwayctl show %2` "
                          "shows every check.\n")
               .arg(record.judgement->rulesVersion)
               .arg(summary.id);
}

} // namespace slipway
