// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/htmlwriter.h"
#include "app/exporter/runpage.h"

namespace slipway {

namespace {

constexpr qsizetype kAudiences = 3;

void paragraph(HtmlWriter &html, const char *level, const QString &title, const QString &text) {
    if (text.trimmed().isEmpty())
        return;
    html.element(level, title);
    html.element("p", text, {{"dir", QStringLiteral("auto")}});
}

void labelled(HtmlWriter &html, const QString &label, const QString &text) {
    if (text.trimmed().isEmpty())
        return;
    html.open("p");
    html.element("strong", label + QStringLiteral(": "));
    html.element("bdi", text);
    html.close();
}

void writeBug(HtmlWriter &html, const InsightBug &bug) {
    html.open("li");
    html.element("h4", bug.title);
    labelled(html, QStringLiteral("Impact"), bug.impact);
    labelled(html, QStringLiteral("Root cause"), bug.rootCause);
    html.open("p");
    html.element("strong", QStringLiteral("Fixed in: "));
    if (bug.fixedIn.isEmpty())
        html.text(QStringLiteral("nothing is named"));
    bool first = true;
    for (const InsightLink &link : bug.fixedIn) {
        if (!first)
            html.text(QStringLiteral(", "));
        first = false;
        html.open("bdi");
        html.link(link.url, link.label.trimmed().isEmpty() ? link.url : link.label);
        html.close();
    }
    html.close();
    html.close();
}

void writeBugs(HtmlWriter &html, const QList<InsightBug> &bugs) {
    html.element("h3", QStringLiteral("Bugs surfaced, and where they were fixed"));
    if (bugs.isEmpty()) {
        html.element("p", QStringLiteral("None."));
        return;
    }
    html.open("ol");
    for (const InsightBug &bug : bugs)
        writeBug(html, bug);
    html.close();
}

} // namespace

void writeNarrative(HtmlWriter &html, const std::optional<Insight> &insight) {
    if (!insight) {
        html.open("section", {{"id", QStringLiteral("focus")}});
        html.element("h2", QStringLiteral("Run focus"));
        html.element(
            "p",
            QStringLiteral("No analysis of this run has been written. What was checked and found follows."));
        html.close();
        return;
    }
    html.open("section", {{"id", QStringLiteral("focus")}});
    html.element("h2", QStringLiteral("Run focus"));
    html.element("p", insight->headline,
                 {{"class", QStringLiteral("lead")}, {"dir", QStringLiteral("auto")}});
    paragraph(html, "h3", QStringLiteral("What this campaign set out to test"), insight->whatItTested);
    paragraph(html, "h3", QStringLiteral("What it demonstrated"), insight->whatItProved);
    html.element("p",
                 QStringLiteral("The analysis for three audiences comes next, then the results of every "
                                "phase, also of those that did not run."),
                 {{"class", QStringLiteral("muted")}});
    html.close();
    html.open("section", {{"id", QStringLiteral("analysis")}});
    html.element("h2", QStringLiteral("Analysis"));
    html.element(
        "p",
        QStringLiteral("Written by its author. The verdict at the top is computed from the evidence and "
                       "does not follow from it."),
        {{"class", QStringLiteral("muted")}});
    html.element("p", insight->verdict, {{"dir", QStringLiteral("auto")}});
    if (missingAudiences(*insight).size() < kAudiences)
        html.element("h3", QStringLiteral("For three audiences"));
    paragraph(html, "h4", QStringLiteral("Non-technical end users"), insight->forNonTechnical);
    paragraph(html, "h4", QStringLiteral("Decision makers"), insight->forCLevel);
    paragraph(html, "h4", QStringLiteral("Engineers and architects"), insight->forSme);
    writeBugs(html, insight->bugs);
    paragraph(html, "h3", QStringLiteral("What changes going into the next campaign"),
              insight->nextRunChange);
    html.close();
}

} // namespace slipway
