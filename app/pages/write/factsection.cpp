// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/runbadge.h"
#include "app/pages/write/runpage.h"
#include "models/campaign/publishedsummary.h"
#include "models/core/quantitytext.h"

#include <QLocale>

namespace slipway {

namespace {

constexpr qsizetype kHashShown = 12; // the manifest has all of it

void term(HtmlWriter &html, const QString &name, const QString &value) {
    html.element("dt", name);
    html.element("dd", value);
}

// "20 April 2026, 11:29:27 UTC"
void writeTime(HtmlWriter &html, const QString &name, const QDateTime &time, const QString &note = {}) {
    html.element("dt", name);
    html.open("dd");
    html.element("time", QLocale::c().toString(time.toUTC(), QStringLiteral("d MMMM yyyy, HH:mm:ss 'UTC'")),
                 {{"datetime", time.toUTC().toString(Qt::ISODate)}});
    html.text(note);
    html.close();
}

// Where a campaign of ours was smaller than the field's; a reader should know before believing a tick.
QString smallerThanTheField(const Expectation &own) {
    const Expectation field = Expectation::published();
    QStringList parts;
    const auto compare = [&](const char *what, qint64 value, qint64 ofField) {
        if (value < ofField)
            parts << QStringLiteral("%1 %2 (the field: %3)").arg(value).arg(QLatin1String(what)).arg(ofField);
    };
    compare("cycles for each fault class", own.cycles, field.cycles);
    compare("writes in a cycle", own.writesPerCycle, field.writesPerCycle);
    compare("writes in phase 2", own.federationWrites, field.federationWrites);
    compare("memories in phase 3", own.memories, field.memories);
    return parts.join(QStringLiteral(", "));
}

QString counted(qsizetype count, const char *one, const char *more) {
    return QStringLiteral("%1 %2").arg(count).arg(QLatin1String(count == 1 ? one : more));
}

QString planText(const std::optional<PublishedPlan> &plan) {
    const Expectation asked = expectationOf(plan);
    QString text = QStringLiteral("%1, %2, %3 of %4")
                       .arg(counted(asked.requiredPhases.size(), "phase", "phases"),
                            counted(asked.peers.size(), "peer", "peers"),
                            counted(asked.faults.size(), "fault class", "fault classes"),
                            counted(asked.cycles, "cycle", "cycles"));
    return plan && !plan->protocol.isEmpty() ? plan->protocol + QStringLiteral(": ") + text : text;
}

// Each version once, with the hosts that run it.
void writeServers(HtmlWriter &html, const QList<MeasuredServer> &servers, QStringList &unrecorded) {
    QStringList shown;
    QStringList hosts;
    for (const MeasuredServer &server : servers) {
        hosts << server.host;
        const QString text =
            server.sha256.isEmpty()
                ? server.version
                : QStringLiteral("%1, SHA-256 %2…").arg(server.version, server.sha256.left(kHashShown));
        if (!text.isEmpty() && !shown.contains(text))
            shown << text;
        if (server.sha256.isEmpty() && !unrecorded.contains(QStringLiteral("server hash")))
            unrecorded << QStringLiteral("server hash");
    }
    if (servers.isEmpty())
        unrecorded << QStringLiteral("server") << QStringLiteral("hosts");
    if (!shown.isEmpty())
        term(html, QStringLiteral("Server"), clippedText(shown.join(QStringLiteral("; ")), 160));
    if (!hosts.isEmpty())
        term(html, QStringLiteral("Hosts"), clippedText(hosts.join(QStringLiteral(", ")), 160));
}

void writeTimes(HtmlWriter &html, const RunPageContent &content, const PublishedSummary &summary,
                QStringList &unrecorded) {
    QDateTime started;
    qint64 seconds = 0;
    for (const PhaseSpan &span : content.spans) {
        seconds += span.startedAt.secsTo(span.finishedAt);
        if (!started.isValid() || span.startedAt < started)
            started = span.startedAt;
    }
    const QDateTime completed =
        summary.completedAt.isValid() ? summary.completedAt : content.record.summary.finishedAt;
    if (started.isValid())
        writeTime(html, QStringLiteral("Started at"), started);
    if (completed.isValid())
        writeTime(html, QStringLiteral("Completed at"), completed,
                  summary.completedAt.isValid() && summary.isUtcAssumed
                      ? QStringLiteral(" (it tells no time zone, so UTC is assumed)")
                      : QString());
    if (seconds > 0)
        term(html, QStringLiteral("Phases took"), durationText(seconds * 1000, SpanTo::Second));
    else
        unrecorded << QStringLiteral("how long it took");
}

void writeHash(HtmlWriter &html, const QString &name, const QString &hash) {
    html.element("dt", name);
    html.open("dd");
    html.element("code", hash.left(kHashShown * 2) + QChar(0x2026), {{"title", hash}});
    html.close();
}

// The script shows it and fills it. What it cannot know is said by it, too.
void writeSelfCheck(HtmlWriter &html, const RunPageContent &content) {
    html.open("div", {{"id", QStringLiteral("self-check")},
                      {"hidden", QStringLiteral("hidden")},
                      {"data-evidence", content.manifest.evidenceSha256},
                      {"data-made", kPage + QLatin1Char(' ') + kBadge}});
    html.element("p", QString(), {{"role", QStringLiteral("status")}});
    html.element("ul", QString());
    html.element(
        "p",
        QStringLiteral("Who signed them, and that the verdict follows from them, a browser cannot check; the "
                       "command above does."),
        {{"class", QStringLiteral("muted")}});
    html.close();
}

} // namespace

void writeFacts(HtmlWriter &html, const RunPageContent &content) {
    const PublishedSummary summary = readPublishedSummary(content.run.files);
    const QString ref = summary.ref.isEmpty() ? content.record.summary.ref : summary.ref;
    QStringList unrecorded;
    html.open("section", {{"id", QStringLiteral("facts")}, {"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("Facts"));
    html.open("dl");
    if (!ref.isEmpty())
        term(html, QStringLiteral("ai-memory ref"), clippedText(ref, 80));
    writeServers(html, content.manifest.servers, unrecorded);
    term(html, QStringLiteral("Plan"), planText(content.plan));
    if (content.plan) {
        if (const QString smaller = smallerThanTheField(expectationOf(content.plan)); !smaller.isEmpty())
            term(html, QStringLiteral("Smaller plan"), smaller);
    }
    writeTimes(html, content, summary, unrecorded);
    term(html, QStringLiteral("Judged"),
         QStringLiteral("from these files, by rules version %1").arg(content.run.judgement.rulesVersion));
    if (content.manifest.previous)
        term(html, QStringLiteral("Run before"), content.manifest.previous->campaign);
    writeHash(html, QStringLiteral("Evidence hash"), content.manifest.evidenceSha256);
    if (!unrecorded.isEmpty())
        term(html, QStringLiteral("Not recorded"), unrecorded.join(QStringLiteral(", ")));
    html.close();
    html.element("p", QStringLiteral("Check it yourself:"), {{"class", QStringLiteral("command")}});
    html.element("pre", QStringLiteral("slipwayctl verify ./%1").arg(content.run.id),
                 {{"tabindex", QStringLiteral("0")}});
    writeSelfCheck(html, content);
    html.open("details", {{"class", QStringLiteral("badge")}});
    html.element("summary", QStringLiteral("Badge for a README, from the root of this site"));
    html.element("pre", badgeMarkdown(content.run.id, content.run.judgement),
                 {{"tabindex", QStringLiteral("0")}});
    html.close();
    html.close();
}

} // namespace slipway
