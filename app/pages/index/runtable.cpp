// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/index/runtable.h"

#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/runpage.h"
#include "models/core/quantitytext.h"
#include "models/evidence/verdictclaim.h"

#include <QMap>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr int kPhases = 4;
constexpr qsizetype kNewest = 500; // runs that have a whole row

const PhaseJudgement *phaseOf(const RunEntry &entry, int phase) {
    const auto it = std::find_if(entry.phases.begin(), entry.phases.end(),
                                 [phase](const PhaseJudgement &p) { return p.phase == phase; });
    return it == entry.phases.end() ? nullptr : &*it;
}

QString rowClass(const RunEntry &entry) {
    return QStringLiteral("v-") + verdictClass(entry.verdict);
}

void writePhases(HtmlWriter &html, const RunEntry &entry) {
    html.open("td", {{"class", QStringLiteral("marks")}});
    for (int phase = 1; phase <= kPhases; ++phase) {
        const PhaseJudgement *judgement = phaseOf(entry, phase);
        const Verdict verdict = judgement ? judgement->verdict : Verdict::NoEvidence;
        const QString text = QStringLiteral("%1: %2").arg(phaseName(phase), verdictName(verdict));
        html.open("span", {{"title", text}});
        html.mark(verdict);
        html.element("span", text + QLatin1Char(' '), {{"class", QStringLiteral("unseen")}});
        html.close();
    }
    html.close();
}

// One line on a wide screen; what is cut off there is in the tool tip, and on the run's page.
void writeRow(HtmlWriter &html, const RunEntry &entry) {
    const QString why = withClaim(entry.reason, entry.verdict, entry.claim);
    html.open("tr", {{"id", QStringLiteral("run-") + anchorOf(entry.id)},
                     {"data-run", entry.id},
                     {"class", rowClass(entry)}});
    html.open("td");
    html.verdict(entry.verdict);
    html.close();
    html.open("th", {{"scope", QStringLiteral("row")}});
    html.element("a", entry.id, {{"href", addressOf(entry)}});
    html.close();
    html.element("td", claimedOtherwise(entry.verdict, entry.claimedPass));
    writePhases(html, entry);
    html.element("td", why, {{"class", QStringLiteral("why")}, {"title", why}});
    html.element("td", entry.bound ? boundText(*entry.bound) : QString());
    html.element("td", entry.seconds ? durationText(*entry.seconds * 1000, SpanTo::Second) : QString(),
                 {{"data-sort", entry.seconds ? QString::number(*entry.seconds) : QString()}});
    html.element("td", entry.ref, {{"title", entry.ref}});
    html.open("td");
    if (entry.completedAt.isValid())
        html.element("time", entry.completedAt.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm")),
                     {{"datetime", entry.completedAt.toUTC().toString(Qt::ISODate)}});
    html.close();
    html.close();
}

void writeTable(HtmlWriter &html, const QList<const RunEntry *> &entries) {
    html.open("div", {{"class", QStringLiteral("card list")}});
    html.open("table", {{"class", QStringLiteral("runs")}});
    html.open("thead");
    html.open("tr");
    for (const char *name : {"Verdict", "Campaign", "Its summary", "Phases", "Why", "95 % bound", "Took",
                             "Ref", "Completed, UTC"})
        html.element("th", QString::fromLatin1(name), {{"scope", QStringLiteral("col")}});
    html.close();
    html.close();
    html.open("tbody");
    for (const RunEntry *entry : entries)
        writeRow(html, *entry);
    html.close();
    html.close();
    html.close();
}

// What is not among the newest: a line with the verdict each, folded by year.
void writeOlder(HtmlWriter &html, const QList<const RunEntry *> &entries) {
    QMap<int, QList<const RunEntry *>> years;
    for (const RunEntry *entry : entries)
        years[entry->completedAt.isValid() ? -entry->completedAt.toUTC().date().year() : 0].append(entry);
    for (auto year = years.cbegin(); year != years.cend(); ++year) {
        html.open("details", {{"class", QStringLiteral("card older")}});
        html.element("summary", QStringLiteral("%1: %2 older runs")
                                    .arg(year.key() < 0 ? QString::number(-year.key())
                                                        : QStringLiteral("Without a date"))
                                    .arg(year->size()));
        html.open("ul");
        for (const RunEntry *entry : *year) {
            html.open("li", {{"id", QStringLiteral("run-") + anchorOf(entry->id)},
                             {"data-run", entry->id},
                             {"class", rowClass(*entry)}});
            html.element("a", entry->id, {{"href", addressOf(*entry)}});
            html.text(QLatin1Char(' ') + verdictName(entry->verdict));
            html.close();
        }
        html.close();
        html.close();
    }
}

// The newest ones, in the order of the list; then the others. What has no time is older than what does.
std::pair<QList<const RunEntry *>, QList<const RunEntry *>> byAge(const QList<RunEntry> &entries) {
    QList<const RunEntry *> byTime;
    for (const RunEntry &entry : entries)
        byTime.append(&entry);
    if (byTime.size() <= kNewest)
        return {byTime, {}};
    std::stable_sort(byTime.begin(), byTime.end(), [](const RunEntry *a, const RunEntry *b) {
        return a->completedAt.isValid() && (!b->completedAt.isValid() || a->completedAt > b->completedAt);
    });
    auto newest = byTime.first(kNewest);
    auto older = byTime.sliced(kNewest);
    std::sort(newest.begin(), newest.end()); // they point into one list
    return {newest, older};
}

} // namespace

void writeRunTable(HtmlWriter &html, const QList<RunEntry> &entries) {
    const auto [newest, older] = byAge(entries);
    if (!older.isEmpty())
        html.element("p",
                     QStringLiteral("The newest %1 of %2; the others are below them, by year.")
                         .arg(newest.size())
                         .arg(entries.size()),
                     {{"class", QStringLiteral("muted")}});
    writeTable(html, newest);
    writeOlder(html, older);
}

} // namespace slipway
