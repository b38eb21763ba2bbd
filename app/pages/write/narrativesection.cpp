// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/runpage.h"

namespace slipway {

namespace {

bool isEmpty(const QString &text) {
    return text.trimmed().isEmpty();
}

void part(HtmlWriter &html, const char *level, const QString &title, const QString &text) {
    if (isEmpty(text))
        return;
    html.open("div");
    html.element(level, title);
    html.element("p", text, {{"dir", QStringLiteral("auto")}});
    html.close();
}

void labelled(HtmlWriter &html, const QString &label, const QString &text) {
    if (isEmpty(text))
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
        html.link(link.url, isEmpty(link.label) ? link.url : link.label);
        html.close();
    }
    html.close();
    html.close();
}

void writeBugs(HtmlWriter &html, const QList<InsightBug> &bugs) {
    html.open("div");
    html.element("h3", QStringLiteral("Bugs surfaced, and where they were fixed"));
    if (bugs.isEmpty()) {
        html.element("p", QStringLiteral("None."));
    } else {
        html.open("ol");
        for (const InsightBug &bug : bugs)
            writeBug(html, bug);
        html.close();
    }
    html.close();
}

} // namespace

void writeNarrative(HtmlWriter &html, const Insight &insight) {
    html.open("section", {{"id", QStringLiteral("focus")}, {"class", QStringLiteral("card story")}});
    html.element("h2", QStringLiteral("Analysis"));
    html.element("p",
                 QStringLiteral("Written by people. The verdict at the top is computed from the evidence and "
                                "does not depend on it."),
                 {{"class", QStringLiteral("muted")}});
    html.element("p", insight.headline, {{"class", QStringLiteral("lead")}, {"dir", QStringLiteral("auto")}});
    html.open("div", {{"class", QStringLiteral("columns")}});
    part(html, "h3", QStringLiteral("What this campaign set out to test"), insight.whatItTested);
    part(html, "h3", QStringLiteral("What it demonstrated"), insight.whatItProved);
    part(html, "h3", QStringLiteral("In short"), insight.verdict);
    html.close();
    if (!isEmpty(insight.forNonTechnical + insight.forCLevel + insight.forSme)) {
        html.element("h3", QStringLiteral("For three audiences"), {{"class", QStringLiteral("audiences")}});
        html.open("div", {{"class", QStringLiteral("columns")}});
        part(html, "h4", QStringLiteral("Non-technical end users"), insight.forNonTechnical);
        part(html, "h4", QStringLiteral("Decision makers"), insight.forCLevel);
        part(html, "h4", QStringLiteral("Engineers and architects"), insight.forSme);
        html.close();
    }
    html.open("div", {{"class", QStringLiteral("columns wider")}});
    writeBugs(html, insight.bugs);
    part(html, "h3", QStringLiteral("What changes going into the next campaign"), insight.nextRunChange);
    html.close();
    html.close();
}

} // namespace slipway
