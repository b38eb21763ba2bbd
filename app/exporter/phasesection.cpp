// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/htmlwriter.h"
#include "app/exporter/runpage.h"
#include "models/cycles/cycleline.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

// A number that nothing tells is left out.
QString sentenceOf(const PhaseJudgement &judgement) {
    return judgement.headline == QLatin1String("?")
               ? judgement.detail + QLatin1Char('.')
               : QStringLiteral("%1: %2.").arg(judgement.headline, judgement.detail);
}

constexpr qsizetype kRawLimit = qsizetype(2) * 1024 * 1024; // of one file; the file itself lies beside

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

struct Column {
    const char *name;
    QLatin1String style; ///< class of page.css
};

constexpr std::array<Column, 7> kColumns{{{"Result", QLatin1String("c-result")},
                                          {"Check", QLatin1String("c-check")},
                                          {"Expected", QLatin1String("c-expected")},
                                          {"Actual", QLatin1String("c-actual")},
                                          {"n", QLatin1String("c-n number")},
                                          {"95 % bound", QLatin1String("c-bound number")},
                                          {"Read from", QLatin1String("c-source")}}};

bool isOf(const QString &name, int phase) {
    static const QRegularExpression report(QStringLiteral("^phase([1-4])(-.+)?\\.json$"));
    return report.match(name).captured(1).toInt() == phase;
}

void writeRaw(HtmlWriter &html, const EvidenceFile &file) {
    html.open("details");
    html.element("summary", QStringLiteral("%1, %2").arg(file.name, bytesText(file.bytes.size())));
    html.element("pre", file.bytes.isEmpty() ? QStringLiteral("(empty)")
                                             : QString::fromUtf8(file.bytes.left(kRawLimit)));
    if (file.bytes.size() > kRawLimit)
        html.element(
            "p",
            QStringLiteral("The first %1; the whole file lies beside this page.").arg(bytesText(kRawLimit)));
    html.close();
}

void writeRawFiles(HtmlWriter &html, const RunPageContent &content, int phase) {
    const auto &files = content.run.files;
    if (std::none_of(files.begin(), files.end(),
                     [phase](const EvidenceFile &f) { return isOf(f.name, phase); }))
        return;
    html.element("h3", QStringLiteral("Raw evidence"));
    for (const EvidenceFile &file : files) {
        if (isOf(file.name, phase))
            writeRaw(html, file);
    }
}

const PhaseJudgement *judgementOf(const Judgement &judgement, int phase) {
    const auto it = std::find_if(judgement.phases.begin(), judgement.phases.end(),
                                 [phase](const PhaseJudgement &p) { return p.phase == phase; });
    return it == judgement.phases.end() ? nullptr : &*it;
}

// A table a host; what is of no host first.
void writeChecksByHost(HtmlWriter &html, const QList<Check> &all, int phase) {
    QStringList hosts;
    for (const Check &check : all) {
        if (check.phase == phase && !hosts.contains(check.host))
            hosts << check.host;
    }
    std::stable_partition(hosts.begin(), hosts.end(), [](const QString &host) { return host.isEmpty(); });
    for (const QString &host : hosts) {
        QList<Check> checks;
        std::copy_if(all.begin(), all.end(), std::back_inserter(checks),
                     [&](const Check &check) { return check.phase == phase && check.host == host; });
        writeChecks(html, checks,
                    host.isEmpty() ? QStringLiteral("Checks of phase %1").arg(phase)
                                   : QStringLiteral("Checks of phase %1 on %2").arg(phase).arg(host));
    }
}

QString resultText(const Check &check) {
    switch (check.outcome) {
    case Check::Outcome::Pass:
        return QStringLiteral("✓ holds");
    case Check::Outcome::Fail:
        return QStringLiteral("✗ violated");
    case Check::Outcome::Unknown:
        break;
    }
    switch (check.flaw) {
    case Check::Flaw::Missing:
        return QStringLiteral("– missing");
    case Check::Flaw::Unsupported:
        return QStringLiteral("○ not supported");
    case Check::Flaw::Invalid:
    case Check::Flaw::None:
        break;
    }
    return QStringLiteral("⊘ invalid");
}

QString resultClass(const Check &check) {
    if (check.outcome == Check::Outcome::Pass)
        return QStringLiteral("result proven");
    if (check.outcome == Check::Outcome::Fail)
        return QStringLiteral("result fail");
    return check.flaw == Check::Flaw::Missing       ? QStringLiteral("result incomplete")
           : check.flaw == Check::Flaw::Unsupported ? QStringLiteral("result unproven")
                                                    : QStringLiteral("result invalid");
}

void writeCheck(HtmlWriter &html, const Check &check, bool withBound) {
    html.open("tr");
    html.element("td", resultText(check), {{"class", resultClass(check)}});
    html.open("td");
    html.element("p", check.proves);
    html.element("code", check.id);
    if (check.outcome != Check::Outcome::Pass && !check.reason.isEmpty())
        html.element("p", check.reason);
    html.close();
    html.element("td", check.expected);
    html.element("td", check.actual);
    html.element("td", check.n ? numberText(*check.n) : QString(), {{"class", QStringLiteral("number")}});
    if (withBound)
        html.element("td", check.bound ? boundText(*check.bound) : QString(),
                     {{"class", QStringLiteral("number")}});
    html.open("td");
    if (!check.source.file.isEmpty())
        html.element("code", QStringLiteral("%1:%2").arg(check.source.file).arg(check.source.offset));
    html.close();
    html.close();
}

} // namespace

void writeChecks(HtmlWriter &html, const QList<Check> &checks, const QString &caption) {
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", caption}});
    html.open("table", {{"class", QStringLiteral("checks")}});
    html.element("caption", caption);
    const bool withBound =
        std::any_of(checks.begin(), checks.end(), [](const Check &check) { return check.bound.has_value(); });
    html.open("thead");
    html.open("tr");
    for (const Column &column : kColumns) {
        if (withBound || column.style != QLatin1String("c-bound number"))
            html.element("th", QString::fromLatin1(column.name),
                         {{"scope", QStringLiteral("col")}, {"class", column.style}});
    }
    html.close();
    html.close();
    html.open("tbody");
    for (const Check &check : checks)
        writeCheck(html, check, withBound);
    html.close();
    html.close();
    html.close();
}

void writePhase(HtmlWriter &html, const RunPageContent &content, int phase) {
    const PhaseText &text = kPhases.at(static_cast<size_t>(phase - 1));
    const PhaseJudgement *judgement = judgementOf(content.run.judgement, phase);
    html.open("section", {{"id", QStringLiteral("phase-%1").arg(phase)}});
    html.open("div", {{"class", QStringLiteral("heading")}});
    html.element("h2", QString::fromUtf8(text.title));
    html.verdict(judgement ? judgement->verdict : Verdict::NoEvidence);
    html.close();
    html.element("p", QStringLiteral("What this phase proves: ") + QString::fromUtf8(text.proves));
    if (judgement)
        html.element("p", sentenceOf(*judgement));
    else
        html.element("p", QStringLiteral("It was not part of this campaign."));
    for (const PhaseSpan &span : content.spans) {
        if (span.phase == phase)
            html.element("p",
                         QStringLiteral("From %1 to %2, %3.")
                             .arg(span.startedAt.toString(Qt::ISODate), span.finishedAt.toString(Qt::ISODate),
                                  secondsText(span.startedAt.secsTo(span.finishedAt))),
                         {{"class", QStringLiteral("muted")}});
    }
    html.element("h3", QStringLiteral("Test results"));
    writeChecksByHost(html, content.run.judgement.checks, phase);
    if (phase == 4) {
        for (const EvidenceFile &file : content.run.files) {
            if (const QString fault = faultOfCycleFile(file.name); !fault.isEmpty())
                writeCycles(html, content, fault);
        }
    }
    writeRawFiles(html, content, phase);
    html.close();
}

} // namespace slipway
