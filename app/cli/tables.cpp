// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tables.h"

#include "app/campaign/campaignnotes.h"
#include "models/core/countof.h"
#include "models/core/quantitytext.h"
#include "models/cycles/cycleline.h"
#include "models/evidence/judgementjson.h"
#include "models/evidence/verdictclaim.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace slipway::cli {

namespace {

constexpr qsizetype kShownFiles = 200; // a folder may hold anything

QString claimText(const std::optional<bool> &claimed) {
    return !claimed ? QStringLiteral("none") : *claimed ? QStringLiteral("pass") : QStringLiteral("fail");
}

QString spanText(const PhaseRun &run) {
    return run.startedAt.isValid() && run.finishedAt.isValid()
               ? durationText(run.startedAt.msecsTo(run.finishedAt))
               : QString();
}

// A phase takes from its first step's start to its last step's end.
QString phaseSpan(const CampaignRecord &record, int phase) {
    QDateTime from;
    QDateTime to;
    for (const PhaseRun &run : record.phaseRuns) {
        if (run.phase != phase || !run.startedAt.isValid())
            continue;
        from = from.isValid() ? std::min(from, run.startedAt) : run.startedAt;
        to = to.isValid() ? std::max(to, run.finishedAt) : run.finishedAt;
    }
    return from.isValid() && to.isValid() ? durationText(from.msecsTo(to)) : QString();
}

QString sha256(const QByteArray &bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

TerminalText checkTable(const QList<Check> &checks) {
    QList<QStringList> rows{{QStringLiteral("CHECK"), QStringLiteral("RESULT"), QStringLiteral("EXPECTED"),
                             QStringLiteral("ACTUAL"), QStringLiteral("N"), QStringLiteral("READ FROM")}};
    for (const Check &check : checks) {
        const QString result =
            check.outcome == Check::Outcome::Unknown ? flawName(check.flaw) : outcomeName(check.outcome);
        rows.append({check.id, result, check.expected, check.actual,
                     check.n ? QString::number(*check.n) : QString(),
                     check.source.file.isEmpty()
                         ? QString()
                         : QStringLiteral("%1:%2").arg(check.source.file).arg(check.source.offset)});
    }
    return tableText(rows);
}

// Whether losses that were made on purpose were seen; nothing where the protocol makes none.
QString canaryText(const QList<Check> &checks) {
    const auto check = std::find_if(checks.begin(), checks.end(), [](const Check &one) {
        return one.id == QLatin1String("phase4.canary");
    });
    if (check == checks.end())
        return {};
    const QString canary =
        QStringLiteral("Canary: %1. In these cycles a node was made to lose a write on purpose; they count "
                       "for no claim.")
            .arg(check->actual);
    return check->reason.isEmpty() ? canary : canary + QLatin1Char(' ') + check->reason + QLatin1Char('.');
}

// Of a campaign that was not watched, all that is known is that it is over.
QString stateText(const CampaignSummary &summary) {
    return summary.source == kImported ? QStringLiteral("ended") : runStateName(summary.state);
}

} // namespace

QString triageText(const Triage &triage) {
    QStringList parts;
    if (triage.failureClass)
        parts << failureClassName(*triage.failureClass);
    for (const QString &text : {triage.owner, triage.link, triage.note.simplified()}) {
        if (!text.isEmpty())
            parts << text;
    }
    return parts.join(QStringLiteral(" · "));
}

QString verdictText(const CampaignSummary &summary) {
    return summary.verdict ? verdictName(*summary.verdict) : stateText(summary);
}

QString verdictAndClaimText(const CampaignSummary &summary) {
    return summary.verdict ? verdictWithClaim(*summary.verdict, summary.claim) : verdictText(summary);
}

ExitCode exitCodeOf(Verdict verdict) {
    return static_cast<ExitCode>(verdictExitCode(verdict));
}

QString reasonAndClaimText(const CampaignSummary &summary) {
    return summary.verdict ? withClaim(summary.reason, *summary.verdict, summary.claim) : summary.reason;
}

TerminalText recordToText(const CampaignRecord &record, const QString &spoolDir) {
    const CampaignSummary &summary = record.summary;
    TerminalText text =
        "\n" +
        verdictLine(summary.id + QStringLiteral(": "), verdictText(summary),
                    QStringLiteral(" (its summary says: %1)").arg(claimText(summary.claimedPass))) +
        lineText(summary.reason);
    if (const QString claim =
            record.judgement ? claimSentence(record.judgement->verdict, record.judgement->claim) : QString();
        !claim.isEmpty())
        text += lineText(claim);
    text += "\n";
    if (record.judgement) {
        QList<QStringList> phases{{QStringLiteral("PHASE"), QStringLiteral("VERDICT"), QStringLiteral("TOOK"),
                                   QStringLiteral("RESULT"), QStringLiteral("DETAIL")}};
        for (const PhaseJudgement &phase : record.judgement->phases)
            phases.append({QString::number(phase.phase), verdictName(phase.verdict),
                           phaseSpan(record, phase.phase), phase.headline, phase.detail});
        text += tableText(phases) + "\n";
        if (const QString canary = canaryText(record.judgement->checks); !canary.isEmpty())
            text += lineText(canary) + "\n";
        text += checkTable(record.judgement->checks) + "\n";
    }
    QList<QStringList> runs;
    for (const PhaseRun &run : record.phaseRuns) {
        if (!run.message.isEmpty())
            runs.append({run.streamName(), runStateName(run.state), spanText(run), run.message});
    }
    if (!runs.isEmpty())
        text += tableText(runs) + "\n";
    QList<QStringList> files{{QStringLiteral("FILE"), QStringLiteral("BYTES"), QStringLiteral("SHA-256"),
                              QStringLiteral("SAME BYTES")}};
    for (const EvidenceFile &file : record.files.mid(0, kShownFiles))
        files.append(
            {file.name, QString::number(file.bytes.size()),
             file.problem.isEmpty() ? sha256(file.bytes) : QStringLiteral("not read: ") + file.problem,
             record.clones.contains(file.name)
                 ? QStringLiteral("in ") + countOf(record.clones.value(file.name), "other campaign")
                 : QString()});
    text += tableText(files);
    if (const qsizetype more = record.files.size() - kShownFiles; more > 0)
        text += lineText(QStringLiteral("… and %1; --json has them all").arg(countOf(more, "more file")));
    if (record.history.size() > 1) {
        QStringList judgements;
        for (const PastJudgement &past : record.history)
            judgements
                << QStringLiteral(" %1 by rules %2").arg(verdictName(past.verdict)).arg(past.rulesVersion);
        text += "\n" + lineText(QStringLiteral("Judged %1:").arg(countOf(record.history.size(), "time")) +
                                judgements.join(QLatin1Char(';')));
    }
    if (!summary.triage.isEmpty())
        text += "\n" + lineText(QStringLiteral("Triage: ") + triageText(summary.triage));
    if (record.insight)
        text += "\n" + lineText(QStringLiteral("Insight: ") + record.insight->headline);
    const QStringList notes = notesOf(spoolDir);
    if (!notes.isEmpty())
        text += "\n" + lineText(QStringLiteral("Notes:"));
    for (const QString &note : notes)
        text += lineText(QStringLiteral("  ") + note);
    if (!spoolDir.isEmpty() && record.summary.source != kImported)
        text += "\n" + lineText(QStringLiteral("Logs: ") + spoolDir);
    return text;
}

QJsonObject summaryToJson(const CampaignSummary &summary) {
    QJsonObject object{
        {QStringLiteral("id"), summary.id},
        {QStringLiteral("ref"), summary.ref},
        {QStringLiteral("fleet"), summary.fleet},
        {QStringLiteral("protocol"), summary.protocol},
        {QStringLiteral("source"), summary.source},
        {QStringLiteral("state"), stateText(summary)},
        {QStringLiteral("started_at"), orNull(summary.startedAt.toString(Qt::ISODateWithMs))},
        {QStringLiteral("finished_at"), orNull(summary.finishedAt.toString(Qt::ISODateWithMs))},
        {QStringLiteral("reason"), summary.reason},
        {QStringLiteral("verdict"),
         summary.verdict ? QJsonValue(verdictName(*summary.verdict)) : QJsonValue()},
        {QStringLiteral("claim"), summary.claim},
        {QStringLiteral("claimed"), summary.claimedPass ? QJsonValue(*summary.claimedPass) : QJsonValue()},
        {QStringLiteral("triage"), QJsonValue()},
    };
    if (!summary.triage.isEmpty()) {
        QJsonObject triage = QJsonDocument::fromJson(triageToJson(summary.triage)).object();
        triage.insert(QStringLiteral("at"), summary.triage.at.toString(Qt::ISODateWithMs));
        object.insert(QStringLiteral("triage"), triage);
    }
    return object;
}

QJsonObject recordToJson(const CampaignRecord &record) {
    QJsonObject object = summaryToJson(record.summary);
    QJsonObject parameters;
    for (auto it = record.parameters.constBegin(); it != record.parameters.constEnd(); ++it)
        parameters.insert(it.key(), it.value());
    object.insert(QStringLiteral("parameters"), parameters);
    QJsonArray runs;
    for (const PhaseRun &run : record.phaseRuns) {
        const QJsonObject entry{
            {QStringLiteral("phase"), run.phase},
            {QStringLiteral("step"), run.step},
            {QStringLiteral("host"), run.host},
            {QStringLiteral("state"), runStateName(run.state)},
            {QStringLiteral("started_at"), orNull(run.startedAt.toString(Qt::ISODateWithMs))},
            {QStringLiteral("finished_at"), orNull(run.finishedAt.toString(Qt::ISODateWithMs))},
            {QStringLiteral("message"), run.message},
            {QStringLiteral("exit_code"), run.exitCode ? QJsonValue(*run.exitCode) : QJsonValue()}};
        runs.append(entry);
    }
    object.insert(QStringLiteral("phase_runs"), runs);
    object.insert(QStringLiteral("judgement"), QJsonValue());
    if (record.judgement) {
        object.insert(QStringLiteral("claim"), record.judgement->claim);
        object.insert(QStringLiteral("judgement"), judgementToJson(*record.judgement));
    }
    QJsonArray cycles;
    for (const Cycle &cycle : record.cycles)
        cycles.append(QJsonDocument::fromJson(cycleToLine(cycle)).object());
    object.insert(QStringLiteral("cycles"), cycles);
    QJsonArray files;
    for (const EvidenceFile &file : record.files) {
        files.append(QJsonObject{{QStringLiteral("name"), file.name},
                                 {QStringLiteral("bytes"), file.bytes.size()},
                                 {QStringLiteral("sha256"), sha256(file.bytes)},
                                 {QStringLiteral("problem"), file.problem},
                                 {QStringLiteral("clones"), record.clones.value(file.name)}});
    }
    object.insert(QStringLiteral("files"), files);
    object.insert(QStringLiteral("insight"),
                  record.insight ? QJsonValue(record.insight->headline) : QJsonValue());
    return object;
}

TerminalText diffToText(const CampaignRecord &before, const CampaignRecord &after,
                        const QList<Difference> &differences) {
    TerminalText text;
    for (const CampaignRecord *record : {&before, &after})
        text +=
            lineText(QStringLiteral("%1: %2").arg(record->summary.id, verdictAndClaimText(record->summary)));
    if (differences.isEmpty())
        return text + "Nothing changed.\n";
    QList<QStringList> rows{{QString(), QStringLiteral("WHAT"), before.summary.id, after.summary.id}};
    for (const Difference &difference : differences)
        rows.append({difference.worse ? QStringLiteral("worse") : QString(), difference.what,
                     difference.before.isEmpty() ? QStringLiteral("-") : difference.before,
                     difference.after.isEmpty() ? QStringLiteral("-") : difference.after});
    return text + "\n" + tableText(rows);
}

QJsonObject diffToJson(const CampaignRecord &before, const CampaignRecord &after,
                       const QList<Difference> &differences) {
    QJsonArray array;
    for (const Difference &difference : differences)
        array.append(QJsonObject{{QStringLiteral("what"), difference.what},
                                 {QStringLiteral("phase"), difference.phase},
                                 {QStringLiteral("before"), difference.before},
                                 {QStringLiteral("after"), difference.after},
                                 {QStringLiteral("worse"), difference.worse}});
    return {{QStringLiteral("before"), summaryToJson(before.summary)},
            {QStringLiteral("after"), summaryToJson(after.summary)},
            {QStringLiteral("differences"), array}};
}

} // namespace slipway::cli
