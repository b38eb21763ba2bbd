// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/causepicture.h"
#include "app/pages/write/checktables.h"
#include "app/pages/write/excerptbox.h"
#include "app/pages/write/htmlwriter.h"
#include "models/cycles/cycletablemodel.h"
#include "models/evidence/decidingcheck.h"

#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kValueLength = 48;   // of what was expected and measured
constexpr qsizetype kLargeLength = 9;    // that is written large
constexpr qsizetype kProvesLength = 110; // of what the check is about
constexpr qsizetype kIdLength = 60;
constexpr qsizetype kLinks = 2; // checks or cycles that are named with the first

QString kickerOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Proven:
        return QStringLiteral("What supports it");
    case Verdict::UnprovenPass:
        return QStringLiteral("First check that is not supported");
    case Verdict::Fail:
        return QStringLiteral("First check that fails");
    case Verdict::InvalidEvidence:
        return QStringLiteral("First check whose evidence is invalid");
    case Verdict::Incomplete:
    case Verdict::NoEvidence:
        break;
    }
    return QStringLiteral("What is missing");
}

void writeValue(HtmlWriter &html, const QString &name, const QString &value, const QString &note,
                const QString &style) {
    html.open("div");
    html.element("dt", name);
    html.open("dd", {{"class", value.size() > kLargeLength ? QString() : QStringLiteral("value ") + style}});
    html.element("span", clippedText(value, kValueLength), {{"class", style}});
    if (!note.isEmpty())
        html.element("small", QLatin1Char(' ') + note);
    html.close();
    html.close();
}

// The cycles of the check's file that did not keep what they acknowledged.
QList<Cycle> lossyCyclesOf(const RunPageContent &content, const Check &check) {
    const EvidenceFile *file = findFile(content.run.files, check.source.file);
    QList<Cycle> lossy;
    if (check.outcome != Check::Outcome::Fail || !file || faultOfCycleFile(file->name).isEmpty())
        return lossy;
    forEachCycle(*file, [&](Cycle &&cycle) {
        if (outcomeOf(cycle) == CycleOutcome::Lost)
            lossy.append(std::move(cycle));
    });
    return lossy;
}

// What a cycle's line says of how many writes converged; the line where it says it in no number.
SourceRange convergedIn(const QByteArray &bytes, const SourceRange &line) {
    static const QRegularExpression member(QStringLiteral("\"converged\": ?[0-9]+"));
    const auto match = member.match(QString::fromLatin1(bytes.mid(line.offset, line.length)));
    return match.hasMatch()
               ? SourceRange{line.file, line.offset + match.capturedStart(), match.capturedLength()}
               : line;
}

// Where the bytes to show are: those of the check; of a check of many cycles, those of the first that lost
// something; of a check that found none, those of the claim.
SourceRange sourceOf(const RunPageContent &content, const Check &check) {
    const Judgement &judgement = content.run.judgement;
    if (const QList<Cycle> lossy = lossyCyclesOf(content, check); !lossy.isEmpty())
        return convergedIn(fileBytes(content.run.files, check.source.file), lossy.constFirst().source);
    if (check.flaw != Check::Flaw::Missing)
        return check.source;
    const auto claim = std::find_if(judgement.checks.begin(), judgement.checks.end(), [](const Check &one) {
        return one.id == QLatin1String("campaign.claim");
    });
    return claim == judgement.checks.end() || holds(*claim) ? check.source : claim->source;
}

struct Link {
    QString text;
    QString anchor;
};

// The first of them.
void writeLinks(HtmlWriter &html, const QString &before, const QList<Link> &links) {
    if (links.isEmpty())
        return;
    html.open("p", {{"class", QStringLiteral("from")}});
    html.text(before);
    for (qsizetype i = 0; i < std::min(links.size(), kLinks); ++i) {
        html.text(i > 0 ? QStringLiteral(", ") : QString());
        html.element("a", clippedText(links.at(i).text, kIdLength),
                     {{"href", QLatin1Char('#') + links.at(i).anchor}});
    }
    if (links.size() > kLinks)
        html.text(QStringLiteral(", …"));
    html.close();
}

void writeOthers(HtmlWriter &html, const RunPageContent &content, const Check &check) {
    QList<const Check *> others;
    for (const Check &one : content.run.judgement.checks) {
        if (&one != &check && one.phase == check.phase && one.outcome == check.outcome &&
            one.flaw == check.flaw && !holds(one))
            others.append(&one);
    }
    QList<Link> links;
    for (const Check *one : std::as_const(others))
        links.append({one->id, anchorOf(one->id)});
    writeLinks(html,
               others.size() == 1 ? QStringLiteral("One more like it: ")
                                  : QStringLiteral("%1 more like it: ").arg(others.size()),
               links);
}

void writeLossyCycles(HtmlWriter &html, const RunPageContent &content, const Check &check) {
    const QList<Cycle> lossy = lossyCyclesOf(content, check);
    QList<Link> links;
    for (const Cycle &cycle : lossy)
        links.append({QStringLiteral("cycle %1").arg(cycle.number), cycleAnchor(cycle)});
    writeLinks(html,
               lossy.size() == 1 ? QStringLiteral("Lost writes in ")
                                 : QStringLiteral("%1 cycles lost writes: ").arg(lossy.size()),
               links);
}

void writeKicker(HtmlWriter &html, const RunPageContent &content, const Check *check) {
    html.open("p", {{"class", QStringLiteral("kicker")}});
    html.text(kickerOf(content.run.judgement.verdict));
    if (check) {
        html.text(QStringLiteral(" · "));
        html.open("a", {{"href", QLatin1Char('#') + anchorOf(check->id)}});
        html.element("code", clippedText(check->id, kIdLength));
        html.close();
    }
    html.close();
}

void writeCheck(HtmlWriter &html, const RunPageContent &content, const Check &check) {
    const QString style = verdictClass(content.run.judgement.verdict);
    QString proves = check.proves;
    if (!check.host.isEmpty() && proves.endsWith(QLatin1Char('.')))
        proves.chop(1);
    html.element("h2",
                 clippedText(check.host.isEmpty() ? proves : QStringLiteral("%1: %2").arg(proves, check.host),
                             kProvesLength));
    html.open("dl", {{"class", QStringLiteral("values")}});
    writeValue(html, QStringLiteral("Expected"), check.expected, QString(), QString());
    writeValue(html, QStringLiteral("Measured"), check.actual,
               check.n && !check.actual.contains(QLatin1String(" of "))
                   ? QStringLiteral("n = %1").arg(numberText(*check.n))
                   : QString(),
               style);
    html.close();
    // The sentence on top is about it, but for a folder without any report.
    if (!check.reason.isEmpty() && !content.run.judgement.reason.contains(check.reason, Qt::CaseInsensitive))
        html.element("p", clippedText(check.reason, kProvesLength) + QLatin1Char('.'));
    writeExcerptBox(html, content, sourceOf(content, check), style);
    writeLossyCycles(html, content, check);
    writeOthers(html, content, check);
}

// Of a campaign that left nothing to judge: no single check, but all that there should be.
void writeAbsence(HtmlWriter &html, const RunPageContent &content, const Check &check) {
    const Judgement &judgement = content.run.judgement;
    const auto missing =
        std::count_if(judgement.checks.begin(), judgement.checks.end(),
                      [](const Check &one) { return one.phase > 0 && one.flaw == Check::Flaw::Missing; });
    html.element("h2", QStringLiteral("No phase left a report"));
    html.open("dl", {{"class", QStringLiteral("values")}});
    writeValue(html, QStringLiteral("Expected"), QString::number(missing), QStringLiteral("reports"),
               QString());
    writeValue(html, QStringLiteral("Found"), QStringLiteral("0"), QStringLiteral("reports"),
               verdictClass(judgement.verdict));
    html.close();
    if (const SourceRange source = sourceOf(content, check); source != check.source)
        writeExcerptBox(html, content, source, verdictClass(judgement.verdict));
}

// What is claimed, and the least that supports it.
void writeSupport(HtmlWriter &html, const RunPageContent &content) {
    const Judgement &judgement = content.run.judgement;
    const Check *weakest = nullptr;
    qint64 acked = 0;
    qint64 lost = 0;
    qint64 cycles = 0;
    qsizetype classes = 0;
    for (const CycleFile &file : content.cycles) {
        cycles += file.cycles.size();
        classes += file.cycles.isEmpty() ? 0 : 1;
        for (const Cycle &cycle : file.cycles) {
            acked += cycle.ok.value_or(0);
            lost += cycle.ok.value_or(0) - cycle.converged.value_or(cycle.ok.value_or(0));
        }
    }
    for (const Check &check : judgement.checks) {
        if (check.bound && (!weakest || *check.bound < *weakest->bound))
            weakest = &check;
    }
    html.element("h2", weakest ? QStringLiteral("The lower bound reaches what is claimed")
                               : QStringLiteral("Every check holds"));
    html.open("dl", {{"class", QStringLiteral("values")}});
    if (weakest) {
        writeValue(html, QStringLiteral("Claimed"), weakest->expected, QString(), QString());
        writeValue(html, QStringLiteral("Shown at 95 %"), boundText(*weakest->bound),
                   classes > 1 ? QStringLiteral("by the weakest class") : QString(),
                   QStringLiteral("proven"));
        writeValue(html, QStringLiteral("Writes lost"), numberText(lost),
                   QStringLiteral("of %1 acknowledged").arg(numberText(acked)), QString());
        writeValue(html, QStringLiteral("Cycles"), numberText(cycles),
                   classes == 1 ? QStringLiteral("of 1 fault class")
                                : QStringLiteral("of %1 fault classes").arg(classes),
                   QString());
    }
    writeValue(html, QStringLiteral("Checks that hold"),
               numberText(std::count_if(judgement.checks.begin(), judgement.checks.end(), holds)),
               QStringLiteral("of %1").arg(numberText(judgement.checks.size())), QString());
    html.close();
    if (weakest) {
        html.open("p", {{"class", QStringLiteral("from")}});
        html.text(QStringLiteral("Read from "));
        writeSource(html, content, weakest->source);
        html.close();
    }
}

} // namespace

void writeCause(HtmlWriter &html, const RunPageContent &content) {
    const Judgement &judgement = content.run.judgement;
    const Check *check = judgement.verdict == Verdict::Proven ? nullptr : decidingCheck(judgement);
    html.open("section", {{"id", QStringLiteral("cause")},
                          {"class", QStringLiteral("card ") + verdictClass(judgement.verdict) +
                                        QStringLiteral("-edge")}});
    html.open("div");
    writeKicker(html, content, judgement.verdict == Verdict::NoEvidence ? nullptr : check);
    if (check && judgement.verdict == Verdict::NoEvidence)
        writeAbsence(html, content, *check);
    else if (check)
        writeCheck(html, content, *check);
    else
        writeSupport(html, content);
    html.close();
    writeCausePicture(html, content, check);
    html.close();
}

} // namespace slipway
