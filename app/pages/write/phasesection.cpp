// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/causepicture.h"
#include "app/pages/write/checktables.h"
#include "app/pages/write/htmlwriter.h"
#include "models/core/quantitytext.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr qsizetype kRawOfFile = 9000;  // bytes that are shown; the file itself lies next to it
constexpr qsizetype kRawOfPage = 30000; // of all reports together

struct PhaseText {
    const char *title;
    const char *proves;
};

constexpr std::array<PhaseText, 4> kPhases{{
    {"Phase 1: functional, on each node", "Each peer alone can store, recall, count, back up, run its "
                                          "curator dry and answer over MCP. Until a single node "
                                          "works, a federation of them proves nothing."},
    {"Phase 2: multi-agent federation", "Four agents write into three nodes that need two of them to agree. "
                                        "What was acknowledged must be on every peer "
                                        "after the settling time. With one peer down a write must still be "
                                        "taken, with two down it must be refused: data "
                                        "that is lost silently and quorums that are told wrongly show here."},
    {"Phase 3: migration between stores",
     "A thousand memories go from SQLite to PostgreSQL, once more, and back. No error, nothing changed by "
     "the second "
     "time, and the same count at both ends: an upgrade path loses nothing in either direction."},
    {"Phase 4: chaos", "While a burst of writes runs, a fault strikes. Of the writes that were acknowledged "
                       "every survivor must hold its "
                       "share, and the sample must be large enough to say so at 95 % confidence."},
}};

QList<EvidenceFile> reportsOf(const RunPageContent &content, int phase) {
    static const QRegularExpression report(QStringLiteral("^phase([1-4])(-.+)?\\.json$"));
    QList<EvidenceFile> reports;
    for (const EvidenceFile &file : content.run.files) {
        const int of = report.match(file.name).captured(1).toInt();
        if (of > 0 && (phase == 0 || of == phase))
            reports.append(file);
    }
    return reports;
}

void writeRaw(HtmlWriter &html, const EvidenceFile &file, qsizetype limit) {
    html.element("h3", file.name);
    html.element("pre", file.bytes.isEmpty() ? QStringLiteral("(empty)")
                                             : QString::fromUtf8(file.bytes.left(limit)));
    if (file.bytes.size() > limit)
        html.element("p", QStringLiteral("The first %1 of %2; the whole file lies beside this page.")
                              .arg(bytesText(limit), bytesText(file.bytes.size())));
}

void writeRawFiles(HtmlWriter &html, const RunPageContent &content, int phase) {
    const QList<EvidenceFile> reports = reportsOf(content, phase);
    if (reports.isEmpty())
        return;
    const qsizetype limit = std::min(kRawOfFile, kRawOfPage / reportsOf(content, 0).size());
    QStringList names;
    qint64 bytes = 0;
    for (const EvidenceFile &file : reports) {
        names << file.name;
        bytes += file.bytes.size();
    }
    html.open("details", {{"class", QStringLiteral("raw")}});
    html.element(
        "summary",
        QStringLiteral("Raw evidence: %1, %2").arg(names.join(QStringLiteral(", ")), bytesText(bytes)));
    for (const EvidenceFile &file : reports)
        writeRaw(html, file, limit);
    html.close();
}

QList<Check> checksOf(const RunPageContent &content, int phase) {
    QList<Check> checks;
    const auto &all = content.run.judgement.checks;
    std::copy_if(all.begin(), all.end(), std::back_inserter(checks),
                 [phase](const Check &check) { return check.phase == phase; });
    return checks;
}

// Of a phase that left nothing: what there should be, and no table about it.
bool writeAbsence(HtmlWriter &html, const QList<Check> &checks) {
    if (checks.isEmpty() || std::any_of(checks.begin(), checks.end(), [](const Check &check) {
            return check.flaw != Check::Flaw::Missing;
        }))
        return false;
    html.open("ul", {{"class", QStringLiteral("absent")}});
    for (const Check &check : checks)
        html.element("li", check.reason + QLatin1Char('.'), {{"id", anchorOf(check.id)}});
    html.close();
    return true;
}

// A number that is not known is left out.
QString sentenceOf(const PhaseJudgement &judgement) {
    return judgement.headline == QLatin1String("?")
               ? judgement.detail + QLatin1Char('.')
               : QStringLiteral("%1: %2.").arg(judgement.headline, judgement.detail);
}

void writeTimes(HtmlWriter &html, const RunPageContent &content, int phase) {
    for (const PhaseSpan &span : content.spans) {
        if (span.phase != phase)
            continue;
        html.open("small");
        html.text(QStringLiteral(" From "));
        for (const auto &[time, after] : {std::pair{span.startedAt, QStringLiteral(" to ")},
                                          std::pair{span.finishedAt, QStringLiteral(", ")}}) {
            const QString text = time.toUTC().toString(Qt::ISODate);
            html.element("time", text, {{"datetime", text}});
            html.text(after);
        }
        html.text(durationText(span.startedAt.msecsTo(span.finishedAt), SpanTo::Second) + QLatin1Char('.'));
        html.close();
    }
}

} // namespace

void writePhase(HtmlWriter &html, const RunPageContent &content, int phase) {
    const PhaseText &text = kPhases.at(static_cast<size_t>(phase - 1));
    const PhaseJudgement *judgement = phaseJudgementOf(content, phase);
    const QList<Check> checks = checksOf(content, phase);
    html.open("section", {{"id", QStringLiteral("phase-%1").arg(phase)}, {"class", QStringLiteral("card")}});
    html.open("div", {{"class", QStringLiteral("heading")}});
    html.element("h2", QString::fromUtf8(text.title));
    html.verdict(judgement ? judgement->verdict : Verdict::NoEvidence);
    html.close();
    html.element("p", QStringLiteral("What this phase proves: ") + QString::fromUtf8(text.proves),
                 {{"class", QStringLiteral("muted")}});
    if (!judgement)
        html.element("p", QStringLiteral("It was not part of this campaign."));
    else if (!writeAbsence(html, checks)) {
        html.open("p");
        html.text(sentenceOf(*judgement));
        writeTimes(html, content, phase);
        html.close();
        if (phase == 4)
            writeCycleStrips(html, content, QStringLiteral("strips"));
        writeChecks(html, content, checks, QStringLiteral("Checks of phase %1").arg(phase));
    }
    if (phase == 4)
        writeCycles(html, content);
    writeRawFiles(html, content, phase);
    html.close();
}

void writeAcross(HtmlWriter &html, const RunPageContent &content) {
    const QList<Check> checks = checksOf(content, 0);
    if (checks.isEmpty())
        return;
    html.open("section", {{"id", QStringLiteral("across")}, {"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("Across phases"));
    html.element(
        "p",
        QStringLiteral("What this proves: the files belong together. The summary repeats the reports "
                       "as they are, and no report is of another campaign."),
        {{"class", QStringLiteral("muted")}});
    writeChecks(html, content, checks, QStringLiteral("Checks across phases"));
    html.close();
}

} // namespace slipway
